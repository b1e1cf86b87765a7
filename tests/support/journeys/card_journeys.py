"""The ways of C1 and C2: cards linked at the checkout and in the vault."""

from __future__ import annotations

from tests.support.journeys.journey import DAY, Journey
from tests.support.journeys.wallet_journeys import ADDRESS, ARABIC, WALLET, begin
from tests.support.visitor import Visitor

VISA, MASTER, SECOND_MASTER = "4111111111111111", "5555555555554444", "5105105105105100"
AMEX, DECLINED = "378282246310005", "4000000000000002"
BY_CARD = {"payment": "card", "card": "new"}
GOODS = ("teapot", "honey", "lamp", "puzzle", "chess", "blanket", "slippers")
BILLING = {"country": "RU", "postal_code": "300000", "address": "Lenina 1, Tula"}
SOON = "11/27"


def card_form(number: str, holder: str = "Anna Petrova", expiry: str = "11/33") -> dict[str, str]:
    """The four values of a card."""
    code = "1234" if number.startswith("37") else "123"
    return {
        "card_number": number,
        "card_holder": holder,
        "expiry": expiry,
        "security_code": code,
    }


def at_checkout(way: Journey, shopper: Visitor, checkout: str, number: str, **more: str) -> str:
    """Fill in the card form of a checkout, and press Confirm."""
    form = {**ADDRESS, **BY_CARD, **card_form(number), "press": "confirm-card", **more}
    return way.send(shopper, checkout, **form)


def in_vault(way: Journey, number: str, **more: str) -> str:
    """Add a card in the vault."""
    return way.send(way.visitor("vault"), "/cards/new", **{**card_form(number), **BILLING, **more})


def tokens(way: Journey) -> list[str]:
    """The tokens of the cards that the vault shows, from above."""
    html = way.see(way.visitor("vault"), "/cards")
    return [part.partition('"')[0] for part in html.split('name="card" value="')[1:]]


def cart(way: Journey) -> None:
    """C1.1, C1.2, C1.7: what lies in the cart, what is bought of it, what is taken out."""
    early, elsewhere = way.stack.visitor("shop"), way.visitor("shop", 0, "elsewhere")
    way.note(early.send("/products/honey", quantity="2"))
    way.sign_in(early)
    way.see(early, "/cart")
    shopper = way.visitor("shop")
    for slug in (*GOODS, "honey"):
        way.send(shopper, f"/products/{slug}", quantity=3)
    way.send(way.visitor("shop", 1), "/products/samovar", quantity=1)
    way.see(shopper, "/cart", "/cart?language=ru", "/cart?language=en")
    way.see(elsewhere, "/cart")
    open_one = way.send(shopper, "/cart", ticked=["chess"])
    way.send(shopper, "/cart")
    for ticked in (["honey", "teapot"], ["lamp"]):
        way.send(shopper, "/cart", ticked=ticked)
    done = way.send(shopper, way.send(shopper, "/cart", ticked=["lamp"]), **ADDRESS, **WALLET)
    way.see(shopper, done, "/cart")
    left = way.send(shopper, "/cart", ticked=["blanket"])
    for slug in ("blanket", "teapot"):
        way.send(shopper, f"/cart/{slug}/remove", page="/cart")
        way.see(shopper, "/cart", "/")
    way.see(shopper, way.send(shopper, left, **ADDRESS, **WALLET), "/orders", "/cart")
    way.send(shopper, "/products/samovar", quantity=1)
    way.see(shopper, "/cart", open_one)
    way.send(elsewhere, "/sign-out", page="/cart")
    way.sign_in(elsewhere)
    way.see(elsewhere, "/cart")


def block(way: Journey) -> None:
    """C1.3, C1.4, C1.6: the block without a card, with one, with two, and without again."""
    shopper = way.visitor("shop")
    checkout = begin(way, shopper, {"teapot": 1, "honey": 2})
    for language in ("ru", "ar", "en"):
        way.see(shopper, f"{checkout}?language={language}")
    at_checkout(way, shopper, checkout, "4111111111111112", save_card="y")
    way.send(shopper, checkout, **{**ADDRESS, **WALLET})
    checkout = begin(way, shopper, {"lamp": 1})
    way.see(shopper, checkout)
    at_checkout(way, shopper, checkout, VISA, save_card="y")
    for language in ("ru", "ar", "en"):
        way.see(shopper, f"{checkout}?language={language}")
    checkout = begin(way, shopper, {"teapot": 1, "honey": 2})
    for _ in range(2):
        way.see(shopper, checkout)
        way.send(shopper, checkout, press="add-card", **ADDRESS, payment="card")
    at_checkout(way, shopper, checkout, MASTER, save_card="y")
    way.see(shopper, begin(way, shopper, {"lamp": 1}))
    way.wait(DAY + 60)
    way.see(shopper, begin(way, shopper, {"lamp": 1}))
    way.send(way.visitor("vault"), "/cards/delete", page="/cards", card=tokens(way))
    way.see(shopper, begin(way, shopper, {"lamp": 1}), "/profile")


def link(way: Journey) -> None:
    """C1.5, C1.6, C1.7: cards linked, refused, not saved, paid with; the vault silent."""
    shopper, elsewhere = way.visitor("shop"), way.visitor("shop", 0, "elsewhere")
    checkout = begin(way, shopper, {"teapot": 1})
    at_checkout(way, shopper, checkout, VISA, save_card="y", expiry=SOON)
    way.see(elsewhere, "/profile")
    way.see(shopper, "/profile", "/orders", "/cart")
    for number in ("5555 5555 5555 4444", SECOND_MASTER):
        checkout = begin(way, shopper, {"honey": 1})
        at_checkout(way, shopper, checkout, number, save_card="y")
    way.see(shopper, "/profile")
    way.stack.control("shop", "PATCH", "/products/honey", {"price_minor": 40203})
    way.stack.control("shop", "PATCH", "/products/lamp", {"price_minor": 10000})
    way.send(shopper, "/cart/honey/remove", page="/cart")
    checkout = begin(way, shopper, {"honey": 1})
    at_checkout(way, shopper, checkout, AMEX)
    way.see(shopper, "/profile", "/cart")
    checkout = begin(way, shopper, {"lamp": 1})
    for _ in range(2):
        at_checkout(way, shopper, checkout, DECLINED, save_card="y")
    way.see(shopper, "/profile", "/cart")
    checkout = begin(way, shopper, {"lamp": 1})
    card = tokens(way)[0]
    way.send(shopper, checkout, **ADDRESS, payment="card", card=card)
    way.see(shopper, "/profile", "/orders", "/cart")
    path = "/ams/api/v1/vaults/vaultPaymentMethod"
    fault = {"place": "request", "kind": "broken", "path": path, "times": 1}
    way.stack.control("vault", "POST", "/faults", fault)
    at_checkout(way, shopper, begin(way, shopper, {"lamp": 1}), "2200770239097761", save_card="y")
    for slug in GOODS:
        way.send(shopper, f"/cart/{slug}/remove", page="/cart")
    way.see(shopper, "/profile", "/orders")
    way.books()


def vault(way: Journey) -> None:
    """C2.1, C2.2, C2.4, C2.5: the way to the vault, its languages, its form, its cent."""
    shopper, phone = way.visitor("shop"), way.visitor("shop", 0, "phone")
    for visitor in (shopper, phone):
        way.see(visitor, "/profile", "/profile/alipay", "/profile/alipay")
    way.see(shopper, "/profile/alipay?language=ar", "/profile?language=en")
    early = way.stack.visitor("vault")
    demo = way.stack.stack.keys.people[0]
    way.note(early.send("/sign-in?language=ru", phone=demo.phone, password=demo.password))
    way.note(early.send("/sign-in", phone=demo.phone.translate(ARABIC), password=demo.password))
    holder = way.visitor("vault")
    way.see(holder, "/", "/cards", "/?language=ru")
    home = {"Referer": "http://localhost/"}
    way.note(holder.client.get("/cards", headers=home, follow_redirects=True))
    for missing in ("postal_code", "address", "country", "security_code"):
        in_vault(way, VISA, **{missing: ""})
        for card in tokens(way):
            way.send(holder, "/cards/delete", page="/cards/new", card=card)
    in_vault(way, MASTER, security_code="12")
    in_vault(way, AMEX, card_holder="   ")
    in_vault(way, VISA.translate(ARABIC))
    way.see(holder, "/", "/cards?language=en", "/cards?language=ar", "/cards?language=en")
    in_vault(way, SECOND_MASTER, address="Nevsky 5", postal_code="190000")
    way.see(holder, *(f"/cards/{card}/edit" for card in tokens(way)), "/cards")
    way.see(shopper, "/profile", "/profile/alipay", "/profile/alipay")
    way.books()
    in_vault(way, AMEX, expiry=SOON)
    way.wait(400 * DAY)
    way.see(shopper, "/profile")


def edit(way: Journey, card: str, **changes: str) -> str:
    """Edit a card in the vault."""
    form = {"card_holder": "Anna Ivanova", "expiry": "10/34", **BILLING, **changes}
    return way.send(way.visitor("vault"), f"/cards/{card}/edit", **form)


def manage(way: Journey) -> None:
    """C2.3, C2.5, C2.6: main, edited and deleted cards; the cent; what the shop sees."""
    shopper, phone = way.visitor("shop"), way.visitor("shop", 0, "phone")
    checkout = begin(way, shopper, {"teapot": 1})
    in_vault(way, MASTER)
    way.see(shopper, checkout, "/profile", checkout)
    in_vault(way, SECOND_MASTER)
    in_vault(way, VISA)
    for visitor in (shopper, phone):
        way.see(visitor, checkout)
    page = mobile_payment(way, phone, "lamp")
    way.see(phone, page, "/profile")
    way.see(way.visitor("shop", 1), "/profile")
    newest, middle, oldest = (tokens(way) + [""] * 3)[:3]
    holder = way.visitor("vault")
    for card in (middle, newest, middle):
        way.send(holder, f"/cards/{card}/main", page="/cards/new")
        way.see(shopper, "/profile", checkout)
        way.see(phone, page)
    edit(way, oldest)
    way.see(shopper, "/profile")
    way.see(holder, "/cards")
    way.books()
    way.wait(DAY + 60)
    way.see(holder, "/cards")
    way.see(shopper, "/profile")
    way.books()
    in_vault(way, AMEX)
    way.send(holder, "/cards/delete", page="/cards/new", card=[middle])
    way.see(holder, "/cards")
    way.see(shopper, "/profile")
    amex = tokens(way)[0]
    way.send(holder, "/cards/delete", page="/cards/new", card=[amex, newest])
    way.see(holder, "/cards")
    way.see(shopper, "/profile")
    way.wait(DAY + 60)
    way.books()


def mobile_payment(way: Journey, phone: Visitor, *slugs: str) -> str:
    """Go on a phone from the cart to the ways to pay; their page."""
    for slug in slugs:
        way.send(phone, f"/products/{slug}", quantity=1)
    sheet = way.send(phone, "/cart", ticked=list(slugs))
    if not sheet.startswith("/mobile/"):
        return "/cart"
    return way.send(phone, f"{sheet}?address=new", **ADDRESS)
