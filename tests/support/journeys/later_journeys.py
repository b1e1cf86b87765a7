"""Short ways to where a later unseen deviant goes wrong that no long way passes by."""

from __future__ import annotations

from tests.support.journeys.card_journeys import (
    MASTER,
    VISA,
    at_checkout,
    in_vault,
    mobile_payment,
    tokens,
)
from tests.support.journeys.journey import Journey
from tests.support.journeys.phone_journeys import on_phone
from tests.support.journeys.wallet_journeys import (
    ADDRESS,
    begin,
    confirm,
    issue,
    links,
    other,
)


def signed_out(way: Journey) -> None:
    """C1.1: a product wanted before signing in, beside one that lies in the cart."""
    way.send(way.visitor("shop"), "/products/lamp", quantity=1)
    stranger = way.stack.visitor("shop")
    way.note(stranger.send("/products/honey", quantity="2"))
    way.sign_in(stranger)
    way.see(stranger, "/cart")


def in_arabic(way: Journey) -> None:
    """C1.1: the menu in Arabic."""
    way.see(way.visitor("shop"), "/?language=ar")


def wrong_address(way: Journey) -> None:
    """C1.3: a linked card, and an address that is refused."""
    shopper = way.visitor("shop")
    at_checkout(way, shopper, begin(way, shopper, {"lamp": 1}), VISA, save_card="y")
    checkout = begin(way, shopper, {"honey": 1})
    way.send(shopper, checkout, **ADDRESS | {"city": ""}, payment="card", card=tokens(way)[0])


def other_method(way: Journey) -> None:
    """C1.6: Online first, then the page that asks which option."""
    shopper = way.visitor("shop")
    way.send(shopper, begin(way, shopper, {"lamp": 1}), **ADDRESS, payment="online")


def given_up(way: Journey) -> None:
    """C1.7: a card is linked, and what was to be bought is removed."""
    shopper = way.visitor("shop")
    at_checkout(way, shopper, begin(way, shopper, {"lamp": 1}), VISA, save_card="y")
    way.send(shopper, "/cart/lamp/remove", page="/cart")
    way.see(shopper, "/orders")


def second_card(way: Journey) -> None:
    """C2.6: the shop has seen a first card, and a second one is linked in the vault."""
    for number in (VISA, MASTER):
        in_vault(way, number)
        way.see(way.visitor("shop"), "/profile")


def first_item(way: Journey) -> None:
    """C3.1: the first product of a cart on the phone."""
    phone = way.visitor("shop", 0, "phone")
    way.send(phone, "/products/lamp", quantity=1)
    way.see(phone, "/cart")


def many_items(way: Journey) -> None:
    """C3.3: the window with four products."""
    phone, slugs = way.visitor("shop", 0, "phone"), ["lamp", "honey", "chess", "puzzle"]
    for slug in slugs:
        way.send(phone, f"/products/{slug}", quantity=1)
    way.send(phone, "/cart", ticked=slugs)


def refused(way: Journey) -> None:
    """C3.6: a card is linked on the phone, its purchase is refused; then a computer."""
    phone = way.visitor("shop", 0, "phone")
    page = mobile_payment(way, phone, "lamp")
    on_phone(way, phone, page, VISA, save_card="y")
    way.send(phone, page.replace("payment", "leave"), page=page)
    way.see(way.visitor("shop"), "/profile")


def small_sums(way: Journey) -> None:
    """W1.1, W1.6: a payment of fifty roubles, and its receipt."""
    buyer = way.visitor("wallet")
    check = way.send(buyer, "/pay/to/steam", account="Anna_0", amount="50")
    way.see(buyer, confirm(way, buyer, check))


def wrong_codes(way: Journey) -> None:
    """W2.6: three wrong codes for one invoice."""
    buyer = way.visitor("wallet")
    issue(way, "one", way.phone_of(), "120.50")
    page = way.send(buyer, f"{links(way, buyer)[0]}/pay?means=qw")
    code = way.code()
    for place in (1, 2, 3):
        way.send(buyer, page, code=other(code, place))
