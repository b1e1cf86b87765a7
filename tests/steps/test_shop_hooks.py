"""The flows of the shop's page objects where a shop is built like many real ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target
from steps.pages.shop import Shop
from steps.shop import phone_is_filled_in
from tests.support.stub_site import StubSite, stub_site

ANN = Buyer("Ann Lee", "+79161234567", "pw-hooks-1")
CART = """<main><h1>Cart</h1><form action="/address"><button>Buy</button></form></main>"""
ADDRESS = """<main><form action="/payment" method="post">
<label>City <input name="city"></label> <label>Street, house, flat <input name="street"></label>
<label>Postal code <input name="code"></label>
<label>Phone number <input name="phone" value="{phone}"></label>
<button>Go on</button></form></main>"""
PAYMENT = """<main><form action="{next}" method="post">
<fieldset><legend>How would you like to pay?</legend>
<label><input type="radio" name="how" value="online"> Online</label>
<label><input type="radio" name="how" value="qiwi"> QIWI Wallet</label></fieldset>
<button>Go on</button></form></main>"""
LAST_LOOK = """<main><form action="{wallet}/bill" method="post"><button>Confirm order</button>
</form></main>"""
HOME = """<nav><a href="/orders">My orders</a></nav><main></main>"""
ORDERS = """<main><h1>My orders</h1><ul><li><a href="/orders/7/">7</a> 10.00 RUB</li></ul></main>"""
ORDER = """<main><h1>Order 7</h1><section aria-label="Order status">Awaiting payment</section>
</main>"""


@pytest.fixture
def wallet() -> Iterator[StubSite]:
    with stub_site({"/bill": "<main><h1>Invoice</h1></main>"}) as site:
        yield site


@pytest.fixture
def site(wallet: StubSite) -> Iterator[StubSite]:
    pages = {
        "/": HOME,
        "/cart": CART,
        "/address": ADDRESS.format(phone=""),
        "/payment": PAYMENT.format(next="/last"),
        "/last": LAST_LOOK.format(wallet=wallet.url),
        "/orders": ORDERS,
        "/orders/7/": ORDER,
    }
    with stub_site(pages) as site:
        yield site


@pytest.fixture
def shop(site: StubSite, wallet: StubSite) -> Shop:
    """The shop's page objects over HTTP, for a buyer, at the cart."""
    target = Target("stub", "en", urls={"shop": site.url, "wallet": wallet.url})
    page: Any = HttpContext(locale="en", user_agent="test").new_page()
    shop = Shop(page, target)
    shop.buyer = ANN
    shop.open("/cart")
    return shop


def test_the_address_is_given_on_a_page_before_the_payment(shop: Shop) -> None:
    shop.press("Buy")
    assert shop.page.url.endswith("/payment")
    assert shop.gave_address_first


def test_an_empty_field_for_the_phone_is_filled_in_and_told(shop: Shop) -> None:
    shop.press("Buy")
    assert shop.phone_at_first == ""
    with pytest.raises(AssertionError, match="the shop fills in the phone"):
        phone_is_filled_in(shop, ANN)


def test_a_phone_that_the_shop_knows_stays(shop: Shop, site: StubSite) -> None:
    site.pages["/address"] = ADDRESS.format(phone=ANN.phone)
    shop.press("Buy")
    assert shop.phone_at_first == ANN.phone
    phone_is_filled_in(shop, ANN)


def test_the_payment_has_a_page_of_its_own_before_the_last_look(shop: Shop, site: StubSite) -> None:
    shop.press("Buy")
    shop.choose("Online")
    shop.press("Confirm order")
    assert "POST /last" in site.log


def test_a_shop_that_asks_how_to_pay_is_not_pressed_further(shop: Shop, site: StubSite) -> None:
    site.pages["/payment"] = PAYMENT.format(next="/payment")
    shop.press("Buy")
    shop.press("Confirm order")
    assert shop.page.url.endswith("/payment")


def test_the_order_is_shown_if_confirming_leads_to_the_wallet(shop: Shop, wallet: StubSite) -> None:
    shop.press("Buy")
    shop.press("Confirm order")
    assert shop.page.url == f"{wallet.url}/bill"
    shop.wait_for_order()
    assert shop.page.url.endswith("/orders/7/")
    assert shop.order_on_page() == "7"


def test_another_tab_knows_the_buyer_and_the_address(shop: Shop) -> None:
    shop.press("Buy")
    tab = shop.copy_tab()
    assert (tab.buyer, tab.gave_address_first) == (ANN, True)
    tab.give_address()
