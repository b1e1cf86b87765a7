"""A form that is sent to the shop by somebody who is not signed in: what becomes of it."""

from __future__ import annotations

import pytest

from mock_sites.shared.web.interrupted import KEY
from tests.support.shop_fixture import IPHONE, SITE, Customer, ShopFixture, words

AGAIN = "Your session has ended, so nothing was sent."


def want(
    fixture: ShopFixture, slug: str = "teapot", quantity: str = "2", number: int = 0, **headers: str
) -> tuple[Customer, str]:
    """Add to cart before signing in, and then sign in; who did, and the page that comes."""
    visitor, page = fixture.stranger(), f"/products/{slug}"
    for name, value in headers.items():
        visitor.client.environ_base[name] = value
    sign_in = visitor.send_to(page, {"quantity": quantity}, page=page).request
    assert sign_in.path == "/sign-in"
    return visitor, signed_in(fixture, visitor, sign_in.full_path, number)


def signed_in(fixture: ShopFixture, visitor: Customer, sign_in: str, number: int = 0) -> str:
    person = fixture.stack.keys.people[number]
    return visitor.send(sign_in, {"phone": person.phone, "password": person.password}, page=sign_in)


@pytest.mark.parametrize("agent", ["", IPHONE])
def test_what_was_wanted_before_signing_in_lies_in_the_cart_after_it(
    fixture: ShopFixture, agent: str
) -> None:
    _visitor, page = want(fixture, quantity="٢", HTTP_USER_AGENT=agent)

    assert fixture.cart() == {"teapot": 2}
    assert "Added to your cart." in words(page)
    assert "<h1>Porcelain teapot</h1>" in page


def test_it_is_put_there_once(fixture: ShopFixture) -> None:
    visitor, _page = want(fixture)
    visitor.open("/products/teapot")
    visitor.send("/sign-out")
    visitor.sign_in(fixture.phone(), fixture.stack.keys.people[0].password)

    assert fixture.cart() == {"teapot": 2}


def test_nothing_lies_in_anybodys_cart_before(fixture: ShopFixture) -> None:
    visitor = fixture.stranger()
    visitor.send("/products/teapot", {"quantity": "2"}, page="/products/teapot")

    assert fixture.cart() == fixture.cart(1) == {}


def test_a_wrong_password_in_between_loses_nothing(fixture: ShopFixture) -> None:
    visitor, page = fixture.stranger(), "/products/teapot"
    sign_in = visitor.send_to(page, {"quantity": "2"}, page=page).request.full_path
    visitor.send(sign_in, {"phone": fixture.phone(), "password": "wrong"}, page=sign_in)

    signed_in(fixture, visitor, sign_in)

    assert fixture.cart() == {"teapot": 2}


def test_a_product_sold_out_meanwhile_is_told(fixture: ShopFixture) -> None:
    visitor, page = fixture.stranger(), "/products/teapot"
    sign_in = visitor.send_to(page, {"quantity": "2"}, page=page).request.full_path
    fixture.shop.catalogue.offer("teapot", on_sale=False)

    said = words(signed_in(fixture, visitor, sign_in))

    assert "“Porcelain teapot” is no longer available." in said
    assert fixture.cart() == {}


@pytest.mark.parametrize("quantity", ["0", "21", "two", ""])
def test_a_quantity_that_cannot_be_is_told_and_still_there(
    fixture: ShopFixture, quantity: str
) -> None:
    _visitor, page = want(fixture, quantity=quantity)

    assert "Enter a whole number from 1 to 20." in words(page)
    assert f'value="{quantity}"' in page
    assert fixture.cart() == {}


def test_more_than_the_cart_holds_is_told(fixture: ShopFixture) -> None:
    fixture.customer().put_into_cart("teapot", 19)

    _visitor, page = want(fixture)

    assert "It already has 19." in words(page)
    assert fixture.cart() == {"teapot": 19}


def test_a_product_that_never_was_is_not_found(fixture: ShopFixture) -> None:
    visitor = fixture.stranger()
    form = {"csrf_token": "-", "quantity": "1"}
    answer = visitor.client.post("/products/nothing", data=form, headers={"Origin": SITE})

    page = signed_in(fixture, visitor, answer.location)

    assert "Page not found" in words(page)


def test_another_sites_form_leaves_nothing_to_be_done(fixture: ShopFixture) -> None:
    visitor = fixture.stranger()
    foreign = {"Origin": "http://evil.example", "Referer": "http://evil.example/products/teapot"}
    answer = visitor.client.post("/products/teapot", data={"quantity": "2"}, headers=foreign)
    assert "Set-Cookie" not in answer.headers

    signed_in(fixture, visitor, answer.location)

    assert fixture.cart() == {}


@pytest.mark.parametrize("sender", ["null", "http://localhost.evil.example", "http://localhost:81"])
def test_only_the_very_site_counts_as_itself(fixture: ShopFixture, sender: str) -> None:
    visitor = fixture.stranger()
    headers = {"Origin": sender}
    answer = visitor.client.post("/products/teapot", data={"quantity": "2"}, headers=headers)
    signed_in(fixture, visitor, answer.location)

    assert fixture.cart() == {}


@pytest.mark.parametrize(
    "referrer",
    [
        "http://evil.example/cart",
        "http://localhost//evil.example",
        "javascript:alert(1)",
        "/\\evil",
    ],
)
def test_no_referrer_leads_to_another_site(fixture: ShopFixture, referrer: str) -> None:
    visitor = fixture.stranger()
    headers = {"Origin": SITE, "Referer": referrer}
    answer = visitor.client.post("/cart/teapot", data={}, headers=headers)

    person = fixture.stack.keys.people[0]
    who = {"phone": person.phone, "password": person.password}
    there = visitor.send_to(answer.location, who, page=answer.location)

    assert there.request.host == "localhost"
    assert there.request.path == "/"


def test_what_was_ticked_and_typed_in_the_cart_is_still_there(fixture: ShopFixture) -> None:
    customer = fixture.customer()
    customer.put_into_cart("teapot")
    sign_in = customer.send_signed_out("/cart", {"ticked": ["teapot"]})
    page = signed_in(fixture, customer, sign_in)
    assert 'name="ticked" value="teapot" checked' in page
    assert AGAIN in words(page)

    form = {"teapot-quantity": "7"}
    sign_in = customer.send_signed_out("/cart/teapot", form, page="/cart")
    page = signed_in(fixture, customer, sign_in)

    assert 'name="teapot-quantity" value="7"' in page
    assert AGAIN in words(page)
    assert fixture.cart() == {"teapot": 1}


def test_a_button_without_a_page_of_its_own_leads_back_to_its_page(fixture: ShopFixture) -> None:
    customer = fixture.customer()
    uid = customer.order()
    page = f"/orders/{uid}"
    sign_in = customer.send_signed_out(f"{page}/cancel", {}, page=f"{page}?language=x")

    shown = words(signed_in(fixture, customer, sign_in))

    assert "Order 1" in shown
    assert AGAIN in shown
    assert [order.state for order in fixture.orders()] == ["AWAITING_PAYMENT"]


def test_a_sign_in_whose_key_is_old_still_leads_to_the_page(fixture: ShopFixture) -> None:
    visitor = fixture.stranger()
    answer = visitor.client.post("/sign-in?next=/orders", data={"csrf_token": "old"})

    assert answer.location == "/sign-in?next=/orders"


def test_signing_out_forgets_what_was_typed(fixture: ShopFixture) -> None:
    customer = fixture.customer()
    customer.put_into_cart("teapot")
    with customer.client.session_transaction() as session:
        session[KEY] = {"endpoint": "cart.buy", "args": {}, "path": "/cart", "fields": []}
    customer.send("/sign-out", page="/orders")

    with customer.client.session_transaction() as session:
        assert KEY not in session


def test_much_typed_text_does_not_break_the_session(fixture: ShopFixture) -> None:
    customer = fixture.customer()
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    random = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(5000))
    sign_in = customer.send_signed_out(checkout, {"street": random})

    page = signed_in(fixture, customer, sign_in)

    assert "<h1>Checkout</h1>" in page
