"""The ways of C3: a cart, a window and cards on a phone."""

from __future__ import annotations

from tests.support.journeys.card_journeys import (
    AMEX,
    GOODS,
    MASTER,
    SOON,
    VISA,
    card_form,
    mobile_payment,
    tokens,
)
from tests.support.journeys.journey import Journey
from tests.support.journeys.wallet_journeys import ADDRESS, token_of
from tests.support.visitor import Visitor


def phone_cart(way: Journey) -> None:
    """C3.1 to C3.3: the cart on a phone, the window, the addresses; an empty cart."""
    desktop, phone = way.visitor("shop"), way.visitor("shop", 0, "phone")
    way.send(way.visitor("shop", 1), "/products/samovar", quantity=1)
    way.send(desktop, "/products/chess", quantity=2)
    way.see(phone, "/cart", "/cart?language=ru", "/cart?language=en")
    for slug in GOODS[:4]:
        way.send(phone, f"/products/{slug}", quantity=3)
    way.see(phone, "/cart")
    way.send(phone, "/cart/teapot", page="/cart", **{"teapot-quantity": "5"})
    way.send(phone, "/cart")
    begun = way.send(phone, "/cart", ticked=["teapot", "honey"])
    again = way.send(phone, "/cart", ticked=["lamp"])
    way.see(phone, begun, again)
    other_buyer = way.visitor("shop", 1, "phone")
    way.send(other_buyer, mobile_sheet(way, other_buyer) + "?address=new", **ADDRESS)
    for n in range(1, 4):
        way.wait(1)
        form = {**ADDRESS, "street": f"Lenina {n}", "recipient": f"Anna {'Abc'[n - 1]}"}
        way.send(phone, f"{begun}?address=new", **form)
    html = way.see(phone, f"{begun}?address=kept")
    kept = [part.partition('"')[0] for part in html.split('name="address" value="')[1:]]
    way.send(phone, begun, page=f"{begun}?address=kept", address=kept[-1] if kept else "new")
    way.see(phone, begun)
    way.see(phone, way.send(phone, f"{begun}/payment", means="QIWI_WALLET"), "/cart", "/orders")
    sheet = way.send(phone, "/cart", ticked=["lamp"])
    way.see(phone, sheet)
    token = {"csrf_token": token_of(phone, "/profile")}
    for slug in GOODS:
        way.note(phone.post(f"/cart/{slug}/remove", token))
    way.see(phone, sheet, f"{sheet}/card", "/cart")
    form = {**token, **card_form(VISA), "save_card": "y"}
    way.note(phone.post(f"{again}/card", form))
    way.note(phone.post("/cart/chess/remove", token))
    way.see(phone, sheet, f"{sheet}/card")
    way.note(phone.post(f"{again}/card", form))
    way.see(phone, "/profile")


def mobile_sheet(way: Journey, phone: Visitor) -> str:
    """The window of a purchase on a phone."""
    way.send(phone, "/products/samovar", quantity=1)
    return way.send(phone, "/cart", ticked=["samovar"])


def on_phone(way: Journey, phone: Visitor, page: str, number: str, **more: str) -> str:
    """Fill in the card form of a phone, and press Done."""
    address = page.replace("/payment", "/card")
    return way.send(phone, address, **{**card_form(number), **more})


def phone_cards(way: Journey) -> None:
    """C3.4 to C3.6: the cards on a phone, the form, buying and deleting."""
    phone = way.visitor("shop", 0, "phone")
    page = mobile_payment(way, phone, "lamp", "teapot")
    way.see(phone, f"{page}?language=ar", f"{page}?language=en", page.replace("payment", "card"))
    on_phone(way, phone, page, "4111111111111112", save_card="y")
    on_phone(way, phone, page, VISA, save_card="y", security_code="")
    on_phone(way, phone, page, VISA, save_card="y", card_holder="Boris Orlov", expiry="١١/٣٣")
    on_phone(way, phone, page, VISA, save_card="y", card_holder="Boris Orlov", expiry=SOON)
    way.see(phone, page, "/profile")
    for number in (MASTER, AMEX):
        page = mobile_payment(way, phone, "lamp", "teapot")
        on_phone(way, phone, page, number, save_card="y")
        way.see(phone, page, "/profile", "/orders")
    way.send(phone, "/cart/lamp", page="/cart", **{"lamp-quantity": "3"})
    way.send(phone, "/products/chess", quantity=1)
    page = way.send(phone, "/cart", ticked=["lamp", "teapot"]) + "/payment"
    way.see(phone, page)
    way.send(phone, page.replace("/payment", "/leave"), page="/profile")
    way.see(phone, "/cart", "/profile", "/orders")
    way.send(phone, "/sign-out", page="/profile")
    way.sign_in(phone)
    way.see(phone, "/cart")
    page = mobile_payment(way, phone, "lamp")
    newest = tokens(way)[0]
    way.see(phone, way.send(phone, page, means=newest), "/profile")
    page = mobile_payment(way, phone, "honey")
    on_phone(way, phone, page, "2200770239097761")
    way.see(phone, "/profile", "/orders")
