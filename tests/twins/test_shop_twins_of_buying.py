"""The shop's twins with other carts, checkouts and orders: the difference, and that it sells."""

from __future__ import annotations

import re

from mock_sites.shop.store import PaymentMethod
from tests.support.shop_fixture import ADDRESS, BY_WALLET, CARD, SAVED, Customer, ShopFixture, words
from tests.twins.test_shop_twins import checkout, orders_at, payment

VISA = "4111111111111111"


def test_shop_links_are_called_buttons(customer: Customer) -> None:
    assert '<a role="button" class="button" href="/profile/alipay">' in customer.open("/profile")


def test_removing_is_an_icon(customer: Customer) -> None:
    cart = customer.open("/cart")
    assert re.search(r'aria-label="Delete [^"]+" class="second small"><span [^>]+>×<', cart)
    assert "Remove<span" not in cart


def test_shop_labels_do_not_break(customer: Customer) -> None:
    page = customer.open(checkout(customer))
    assert "Payment\N{NO-BREAK SPACE}methods" in page
    assert "Save\N{NO-BREAK SPACE}card" in page
    assert "Payment methods" not in page


def test_leaving_is_confirmed_with_yes(customer: Customer) -> None:
    page = customer.open("/profile/alipay")
    assert '<div role="alertdialog"' in page
    assert ">Yes, open the site</a>" in page
    assert "Continue" not in page


def test_ticks_are_called_select(customer: Customer, on_phone: Customer) -> None:
    for one in (customer, on_phone):
        cart = one.open("/cart")
        assert 'type="checkbox" form="buy" aria-label="Select"' in cart
        assert '<label class="tick">\n      <span' not in cart


def test_goods_have_an_old_price(customer: Customer) -> None:
    for page in ("/", "/products/teapot", "/cart"):
        assert "<s>RUB\N{NO-BREAK SPACE}2,975.00</s> RUB\N{NO-BREAK SPACE}2,380.00" in (
            customer.open(page)
        )


def test_kopeks_are_written_small(customer: Customer) -> None:
    assert 'RUB\N{NO-BREAK SPACE}2,380<span class="kopeks">.00</span>' in customer.open("/cart")


def test_payment_methods_have_no_heading(customer: Customer) -> None:
    page = customer.open(checkout(customer))
    assert "<summary><strong>Payment methods</strong>" in page
    assert "payment-heading" not in page


def test_add_card_has_a_page_of_its_own(shop: ShopFixture, customer: Customer) -> None:
    shop.vault.link(shop.phone(), "5555555555554444")
    path = checkout(customer)
    assert "<h1>Checkout</h1>" in customer.open(path)
    form = customer.press(path, "add-card")
    assert "<h1>New card</h1>" in form
    assert "Confirm order" not in form
    wrong = customer.press(path, "confirm-card", card="new", **(SAVED | {"expiry": ""}))
    assert "<h1>New card</h1>" in wrong
    assert "month and year" in wrong
    assert "Visa •••• 1111" in words(customer.press(path, "confirm-card", card="new", **SAVED))
    assert shop.orders() == []


def test_save_card_is_on_from_the_start(customer: Customer) -> None:
    path = checkout(customer)
    ticked = re.compile(r'name="save_card" value="y" checked')
    assert ticked.search(customer.open(path))
    wrong = customer.press(path, "confirm-card", card="new", **(CARD | {"expiry": ""}))
    assert not ticked.search(wrong)


def test_shop_thanks_for_the_order(customer: Customer) -> None:
    path = checkout(customer)
    thanks = customer.send(path, {**ADDRESS, **BY_WALLET}, page=path)
    assert "Thank you for your order!" in thanks
    order = re.search(r'href="(/orders/[-\w]+)">To the order', thanks)
    assert order
    assert "Awaiting payment" in customer.open(order[1])


def test_my_alipay_is_a_page(customer: Customer) -> None:
    profile = customer.open("/profile")
    assert '<a href="/twin/alipay">My Alipay</a>' in profile
    assert "/profile/alipay" not in profile
    assert '<a class="button" href="/profile/alipay">Account</a>' in customer.open("/twin/alipay")


def test_add_new_card_is_a_radio_button(shop: ShopFixture, on_phone: Customer) -> None:
    shop.vault.link(shop.phone(), VISA)
    path = payment(on_phone)
    assert re.search(r'name="means" value="new"><span>Add new card', on_phone.open(path))
    form = on_phone.send_to(path, {"means": "new"}, page=path)
    assert form.request.path.endswith("/card")
    order = on_phone.send_to(path, {"means": PaymentMethod.QIWI_WALLET.value}, page=path)
    assert "/orders/" in order.request.path


def test_address_is_changed_on_its_own_page(on_phone: Customer) -> None:
    sheet = payment(on_phone).removesuffix("/payment")
    window = on_phone.open(sheet)
    assert "Arbat 1" in window
    assert 'type="radio"' not in window
    addresses = on_phone.open(f"{sheet}?address=kept")
    kept = re.search(r'type="radio" name="address" value="(\d+)"', addresses)
    assert kept
    assert "Use this address" in addresses
    back = on_phone.send_to(sheet, {"address": kept[1], "choose": "only"}, page=sheet)
    assert back.request.path == sheet
    on = on_phone.send_to(sheet, {"address": kept[1]}, page=sheet)
    assert on.request.path == f"{sheet}/payment"


def test_purchase_stands_in_paragraphs(customer: Customer, on_phone: Customer) -> None:
    # Both have put two teapots into the cart of one person.
    sheet = on_phone.open(checkout(on_phone))
    assert re.search(r"<p>4 × Porcelain teapot: RUB.9,520.00</p>", sheet)
    order = customer.open(orders_at(customer, checkout(customer)))
    assert re.search(r"<p>4 × Porcelain teapot: RUB.9,520.00</p>", order)
    assert "<table" not in order
