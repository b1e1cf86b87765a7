"""Short ways through shop and vault to where an unseen deviant goes wrong (C1 to C3)."""

from __future__ import annotations

from tests.support.journeys.card_journeys import (
    MASTER,
    VISA,
    at_checkout,
    card_form,
    in_vault,
    mobile_payment,
    tokens,
)
from tests.support.journeys.journey import DAY, Journey
from tests.support.journeys.phone_journeys import on_phone
from tests.support.journeys.wallet_journeys import (
    ADDRESS,
    begin,
    token_of,
)

CASH = {"payment": "cash"}
MIR = "2200770239097761"


def baskets(way: Journey) -> None:
    """C1.1, C1.2: before signing in, beside others; another quantity; withdrawn; a day later."""
    shopper = way.visitor("shop")
    way.send(shopper, "/products/lamp", quantity=1)
    early = way.stack.visitor("shop")
    way.note(early.send("/products/honey", quantity="2"))
    way.sign_in(early)
    way.see(early, "/cart")
    way.see(shopper, way.send(shopper, "/cart", ticked=["lamp"]), "/cart")
    way.send(shopper, "/cart/lamp", page="/cart", **{"lamp-quantity": "4"})
    way.see(shopper, way.send(shopper, "/cart", ticked=["lamp"]))
    way.wait(DAY + 60)
    way.see(shopper, "/cart")
    way.send(shopper, "/products/teapot", quantity=1)
    way.stack.control("shop", "PATCH", "/products/lamp", {"on_sale": False})
    way.see(shopper, way.send(shopper, "/cart", ticked=["teapot"]))


def withdrawn(way: Journey) -> None:
    """C1.2: Buy beside a product that is no longer sold."""
    shopper = way.visitor("shop")
    for slug in ("lamp", "teapot"):
        way.send(shopper, f"/products/{slug}", quantity=1)
    way.stack.control("shop", "PATCH", "/products/lamp", {"on_sale": False})
    way.see(shopper, way.send(shopper, "/cart", ticked=["teapot"]))


def same_again(way: Journey) -> None:
    """C1.2: Buy again, after the quantity was changed."""
    shopper = way.visitor("shop")
    begin(way, shopper, {"lamp": 1})
    way.send(shopper, "/cart/lamp", page="/cart", **{"lamp-quantity": "4"})
    way.see(shopper, way.send(shopper, "/cart", ticked=["lamp"]))


def next_day(way: Journey) -> None:
    """C1.1: the cart a day later."""
    shopper = way.visitor("shop")
    way.send(shopper, "/products/lamp", quantity=1)
    way.see(shopper, "/cart")
    way.wait(DAY + 60)
    way.see(shopper, "/cart")


def methods(way: Journey) -> None:
    """C1.4, C1.6: after an order in cash; Online chosen, and not sent."""
    shopper = way.visitor("shop")
    checkout = begin(way, shopper, {"lamp": 1})
    way.send(shopper, checkout, **{**ADDRESS, "payment": "online", "city": ""})
    way.see(shopper, checkout)
    way.send(shopper, checkout, **ADDRESS, **CASH)
    way.see(shopper, begin(way, shopper, {"honey": 1}))


def cash_first(way: Journey) -> None:
    """C1.4: after an order in cash."""
    shopper = way.visitor("shop")
    way.send(shopper, begin(way, shopper, {"lamp": 1}), **ADDRESS, **CASH)
    way.see(shopper, begin(way, shopper, {"honey": 1}))


def cards_at_shop(way: Journey) -> None:
    """C1.5 to C1.7: a card of this month, a first card that pays, one beside no order."""
    shopper = way.visitor("shop")
    now = way.stack.clock.now()
    checkout = begin(way, shopper, {"lamp": 1})
    at_checkout(way, shopper, checkout, VISA, save_card="y", expiry=f"{now.month:02}/{now:%y}")
    way.see(shopper, checkout)


def signed_out(way: Journey) -> None:
    """C1.7: a card, no order, and another sign-in."""
    shopper = way.visitor("shop")
    checkout = begin(way, shopper, {"lamp": 1})
    at_checkout(way, shopper, checkout, VISA, save_card="y")
    way.send(shopper, "/sign-out", page="/cart")
    way.sign_in(shopper)
    way.see(shopper, "/profile")


def pays_once(way: Journey) -> None:
    """C1.6: a first card pays, and is looked for at the next purchase."""
    shopper = way.visitor("shop")
    checkout = begin(way, shopper, {"lamp": 1})
    at_checkout(way, shopper, checkout, VISA, save_card="y")
    way.send(shopper, checkout, **ADDRESS, payment="card", card=tokens(way)[0])
    way.see(shopper, begin(way, shopper, {"honey": 1}))


def old_card(way: Journey) -> None:
    """C1.4, C3.4: one of two cards has expired."""
    in_vault(way, VISA, expiry="11/27")
    in_vault(way, MASTER, expiry="11/40")
    way.wait(2 * 366 * DAY)
    shopper, phone = way.visitor("shop"), way.visitor("shop", 0, "phone")
    way.see(shopper, begin(way, shopper, {"lamp": 1}))
    way.see(phone, mobile_payment(way, phone, "honey"))


def vault_pages(way: Journey) -> None:
    """C2.2, C2.4, C2.5: an Arabic browser, letters in a code, a card added again."""
    arabic = way.stack.visitor("vault")
    arabic.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ar"
    way.sign_in(arabic)
    way.see(arabic, "/")
    in_vault(way, VISA, country="GB", postal_code="SW1A 1AA")
    way.see(way.visitor("vault"), "/cards")


def added_again(way: Journey) -> None:
    """C2.5: a card deleted and added again, two days later."""
    in_vault(way, VISA)
    way.send(way.visitor("vault"), "/cards/delete", page="/cards", card=tokens(way))
    in_vault(way, VISA)
    way.wait(2 * DAY)
    way.see(way.visitor("vault"), "/cards")


def without_code(way: Journey) -> None:
    """C2.4: a card deleted and added again without its code."""
    in_vault(way, VISA)
    way.send(way.visitor("vault"), "/cards/delete", page="/cards", card=tokens(way))
    in_vault(way, VISA, security_code="")
    way.see(way.visitor("vault"), "/cards")


def mir(way: Journey) -> None:
    """C2.6: a Mir card."""
    in_vault(way, MIR)
    way.see(way.visitor("shop"), "/profile")


def last_used(way: Journey) -> None:
    """C2.3: the main card and another one that paid."""
    in_vault(way, VISA)
    in_vault(way, MASTER)
    shopper = way.visitor("shop")
    checkout = begin(way, shopper, {"lamp": 1})
    way.send(shopper, checkout, **ADDRESS, payment="card", card=tokens(way)[0])
    way.see(shopper, begin(way, shopper, {"honey": 1}))


def emptied(way: Journey) -> None:
    """C3.1: a card form whose cart was emptied by Remove from the cart."""
    phone = way.visitor("shop", 0, "phone")
    page = mobile_payment(way, phone, "lamp")
    way.send(phone, page.replace("/payment", "/leave"), page=page)
    form = {**card_form(VISA), "save_card": "y", "csrf_token": token_of(phone, "/profile")}
    way.note(phone.post(page.replace("/payment", "/card"), form))
    way.see(phone, "/profile")


def second_with_empty_cart(way: Journey) -> None:
    """C3.1: a second card with an empty cart."""
    phone = way.visitor("shop", 0, "phone")
    in_vault(way, MASTER)
    page = mobile_payment(way, phone, "lamp")
    way.see(phone, page)
    key = {"csrf_token": token_of(phone, "/profile")}
    way.note(phone.post("/cart/lamp/remove", key))
    way.see(phone, page)
    way.note(phone.post(page.replace("/payment", "/card"), {**card_form(VISA), **key}))


def ticks(way: Journey) -> None:
    """C3.2: four items; nothing ticked the second time."""
    phone = way.visitor("shop", 0, "phone")
    slugs = ["lamp", "honey", "teapot", "chess"]
    for slug in slugs:
        way.send(phone, f"/products/{slug}", quantity=1)
    way.see(phone, way.send(phone, "/cart", ticked=slugs))
    way.send(phone, "/cart", ticked=["lamp"])
    way.see(phone, way.send(phone, "/cart"))


def windows(way: Journey) -> None:
    """C3.3: an address is edited; two windows, each with its own."""
    phone = way.visitor("shop", 0, "phone")
    way.send(phone, "/products/lamp", quantity=1)
    way.send(phone, "/products/honey", quantity=1)
    first = way.send(phone, "/cart", ticked=["lamp"])
    second = way.send(phone, "/cart", ticked=["honey"])
    way.send(phone, f"{first}?address=new", **ADDRESS)
    way.wait(1)
    way.send(phone, f"{second}?address=new", **{**ADDRESS, "street": "Mira 7"})
    way.see(phone, first)
    html = way.see(phone, f"{second}?address=kept")
    kept = html.split('name="address" value="')[1].partition('"')[0]
    form = {**ADDRESS, "street": "Mira 9"}
    way.see(phone, way.send(phone, f"{second}?address={kept}", **form), second)


def edited(way: Journey) -> None:
    """C3.3: an address is edited."""
    phone = way.visitor("shop", 0, "phone")
    sheet = mobile_payment(way, phone, "lamp").removesuffix("/payment")
    html = way.see(phone, f"{sheet}?address=kept")
    kept = html.split('name="address" value="')[1].partition('"')[0]
    way.send(phone, f"{sheet}?address={kept}", **{**ADDRESS, "street": "Mira 9"})
    way.see(phone, sheet)


def wallet_before(way: Journey) -> None:
    """C3.4: no card, and an order with the wallet."""
    phone = way.visitor("shop", 0, "phone")
    way.send(phone, mobile_payment(way, phone, "lamp"), means="QIWI_WALLET")
    way.see(phone, mobile_payment(way, phone, "honey"))


def groups(way: Journey) -> None:
    """C3.5: a number in groups."""
    phone = way.visitor("shop", 0, "phone")
    page = mobile_payment(way, phone, "lamp")
    on_phone(way, phone, page, "4111 1111 1111 1111", save_card="y")
    way.see(phone, page)


def otherwise(way: Journey) -> None:
    """C3.6: a card is linked, and the purchase paid in cash."""
    phone = way.visitor("shop", 0, "phone")
    page = mobile_payment(way, phone, "lamp")
    on_phone(way, phone, page, VISA, save_card="y")
    way.send(phone, page, means="CASH_ON_DELIVERY")
    way.see(phone, "/profile")
