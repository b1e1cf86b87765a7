"""The difference of every later twin of the shop is there, and the buyer can still buy."""

from __future__ import annotations

import re

from tests.support.shop_fixture import (
    ADDRESS,
    BY_WALLET,
    IPHONE,
    SAVED,
    Customer,
    ShopFixture,
)
from tests.support.walk import Walk


def checkout(customer: Customer) -> Walk:
    """The checkout of the teapot in the cart, by the menu."""
    return Walk(customer.client).open("/").use("Cart").use("Buy", ticked=["teapot"])


def orders(walk: Walk) -> bool:
    """W2.1 and W2.2, from the checkout."""
    walk.use("Confirm order", **ADDRESS, **BY_WALLET)
    return "Awaiting payment" in walk.text


def links(shop: ShopFixture, walk: Walk) -> bool:
    """C1.5, from the form of a card."""
    walk.use("Confirm", **SAVED)
    return bool(shop.vault.cards[shop.phone()]) and "The card is linked." in walk.text


def sheet(customer: Customer) -> Walk:
    """C3.1 and C3.2."""
    return Walk(customer.client).open("/").use("Cart").use("Pay", ticked=["teapot"])


def links_on_phone(shop: ShopFixture, walk: Walk) -> bool:
    """C3.3 to C3.5, from the sheet."""
    walk.use("Pay", **ADDRESS).use("Add new card").use("Done", **SAVED)
    return bool(shop.vault.cards[shop.phone()]) and "Visa •••• 1111" in walk.text


def test_block_opens_on_the_server(shop: ShopFixture, customer: Customer) -> None:
    shop.vault.link(shop.phone(), "5555555555554444")
    walk = checkout(customer)
    assert "<details" not in walk.html
    assert 'aria-expanded="false">Payment methods' in walk.html
    assert "Add card" not in walk.text
    walk.use("Payment methods ▾", **ADDRESS | {"street": "Kept street"})
    assert "Add card" in walk.text
    assert 'value="Kept street"' in walk.html
    assert 'name="payment" value="card" checked' in walk.html
    walk.use("Payment methods ▴").use("Payment methods ▾").use("Add card")
    assert links(shop, walk)
    assert "Visa •••• 1111" in walk.text
    assert "Paid" in walk.use("Confirm order", **ADDRESS).text
    # Without a card the block is open, with no arrow (C1.6).
    shop.shop.carts.add(shop.person(1).id, "teapot", 1)
    other = checkout(shop.customer(1))
    assert "aria-expanded" not in other.html
    assert 'name="payment" value="card" checked' in other.html
    assert "Visa •••• 1111" in other.use("Confirm", **SAVED).text


def test_other_methods_are_folded(shop: ShopFixture, on_phone: Customer) -> None:
    walk = sheet(on_phone)
    assert links_on_phone(shop, walk)
    assert "<details><summary>More options</summary>" in walk.html
    assert walk.text.index("Add new card") < walk.text.index("More options")
    assert "Awaiting payment" in walk.use("Pay now", means="QIWI_WALLET").text


def test_pay_stands_twice(shop: ShopFixture, on_phone: Customer) -> None:
    cart = Walk(on_phone.client).open("/").use("Cart")
    assert cart.html.count(">Pay</button>") == 2
    for number in (0, 1):
        cart.open("/cart").use_numbered("Pay", number, ticked=["teapot"])
        assert cart.html.count(">Pay</button>") == 2
    assert "Add new card" in cart.use_numbered("Pay", 1, **ADDRESS).text
    cart.use("Back")
    assert "Add new card" in cart.use_numbered("Pay", 0).text
    assert "Paid" in cart.use("Add new card").use("Done", **SAVED).use("Pay now").text


def test_order_is_reviewed_first(shop: ShopFixture, customer: Customer) -> None:
    walk = checkout(customer)
    assert "Confirm order" not in walk.html
    walk.use("Continue", **ADDRESS, **BY_WALLET)
    assert shop.orders() == []
    assert "Payment method QIWI Wallet" in walk.text
    walk.use("Change")
    assert 'name="payment" value="online" checked' in walk.html
    walk.use("Continue").use("Confirm order")
    assert "Awaiting payment" in walk.text
    [order] = shop.orders()
    assert order.street == ADDRESS["street"]


def test_after_ordering_comes_the_list(shop: ShopFixture, customer: Customer) -> None:
    walk = checkout(customer)
    assert orders(walk)
    assert walk.address == "/orders?"
    assert f"Order {shop.orders()[0].number}" in walk.text


def test_leaving_is_confirmed_by_a_form(shop: ShopFixture, customer: Customer) -> None:
    walk = Walk(customer.client).open("/").use("My profile").use("Account")
    assert "You are about to leave the shop" in walk.text
    assert walk.foreign == ""
    assert walk.use("Continue").foreign == f"{shop.stack.public_url('vault')}/"


def test_quantity_is_a_list_box(shop: ShopFixture, customer: Customer) -> None:
    walk = Walk(customer.client).open("/products/samovar")
    assert '<select id="quantity" name="quantity"><option selected>1</option>' in walk.html
    walk.use("Add to cart", quantity="3")
    assert shop.cart() == {"teapot": 2, "samovar": 3}
    assert orders(walk.use("Cart").use("Buy", ticked=["samovar"]))


def test_online_options_in_a_list_box(shop: ShopFixture, customer: Customer) -> None:
    walk = checkout(customer)
    assert '<option value="qiwi-wallet">QIWI Wallet</option>' in walk.html
    assert '<option value="bank-transfer" disabled>Bank transfer</option>' in walk.html
    wrong = walk.use("Confirm order", **ADDRESS, payment="online")
    assert "Choose an online payment method." in wrong.text
    assert 'id="online_option" name="online_option" aria-invalid="true"' in wrong.html
    assert orders(walk)


def test_labels_follow_their_fields(shop: ShopFixture, customer: Customer) -> None:
    walk = checkout(customer)
    assert walk.html.index('id="street"') < walk.html.index('<label for="street">')
    assert ".row > label { order: -1; }" in customer.open("/twin/labels.css")
    assert links(shop, walk)
    assert orders(walk)


def test_cart_recommends_products(shop: ShopFixture, customer: Customer) -> None:
    empty = Walk(shop.customer(1).client).open("/cart")
    assert "Your cart is empty. Browse the catalogue You may also like" in empty.text
    cart = Walk(customer.client).open("/").use("Cart")
    assert cart.html.count(">Add to cart<") == 3
    assert orders(Walk(customer.client).open("/cart").use("Buy", ticked=["teapot"]))
    recommended = re.search(r"Add to cart<span[^>]*> ([^<]+)<", cart.open("/cart").html)
    assert recommended
    assert "Added to your cart." in cart.use(f"Add to cart {recommended[1]}").text
    assert recommended[1] in cart.use("Cart").text
    customer.client.environ_base["HTTP_USER_AGENT"] = IPHONE
    assert "You may also like" in cart.open("/cart").text
    chosen = next(iter(shop.cart()))
    assert "Delivery address" in cart.use("Pay", ticked=[chosen]).text
