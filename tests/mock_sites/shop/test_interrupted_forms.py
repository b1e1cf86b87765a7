"""A form that is sent to the shop by somebody who is not signed in: what becomes of it."""

from __future__ import annotations

import pytest

from mock_sites.shared.web.interrupted import KEY
from tests.support.shop_bench import IPHONE, SITE, Bench, Customer, words

AGAIN = "Your session has ended, so nothing was sent."


def want(
    bench: Bench, slug: str = "teapot", quantity: str = "2", number: int = 0, **headers: str
) -> tuple[Customer, str]:
    """Add to cart before signing in, and then sign in; who did, and the page that comes."""
    visitor, page = bench.stranger(), f"/products/{slug}"
    for name, value in headers.items():
        visitor.client.environ_base[name] = value
    sign_in = visitor.send_to(page, {"quantity": quantity}, page=page).request
    assert sign_in.path == "/sign-in"
    return visitor, signed_in(bench, visitor, sign_in.full_path, number)


def signed_in(bench: Bench, visitor: Customer, sign_in: str, number: int = 0) -> str:
    person = bench.stack.keys.people[number]
    return visitor.send(sign_in, {"phone": person.phone, "password": person.password}, page=sign_in)


@pytest.mark.parametrize("agent", ["", IPHONE])
def test_what_was_wanted_before_signing_in_lies_in_the_cart_after_it(
    bench: Bench, agent: str
) -> None:
    _visitor, page = want(bench, quantity="٢", HTTP_USER_AGENT=agent)

    assert bench.cart() == {"teapot": 2}
    assert "Added to your cart." in words(page)
    assert "<h1>Porcelain teapot</h1>" in page


def test_it_is_put_there_once(bench: Bench) -> None:
    visitor, _page = want(bench)
    visitor.open("/products/teapot")
    visitor.send("/sign-out")
    visitor.sign_in(bench.phone(), bench.stack.keys.people[0].password)

    assert bench.cart() == {"teapot": 2}


def test_nothing_lies_in_anybodys_cart_before(bench: Bench) -> None:
    visitor = bench.stranger()
    visitor.send("/products/teapot", {"quantity": "2"}, page="/products/teapot")

    assert bench.cart() == bench.cart(1) == {}


def test_a_wrong_password_in_between_loses_nothing(bench: Bench) -> None:
    visitor, page = bench.stranger(), "/products/teapot"
    sign_in = visitor.send_to(page, {"quantity": "2"}, page=page).request.full_path
    visitor.send(sign_in, {"phone": bench.phone(), "password": "wrong"}, page=sign_in)

    signed_in(bench, visitor, sign_in)

    assert bench.cart() == {"teapot": 2}


def test_a_product_sold_out_meanwhile_is_told(bench: Bench) -> None:
    visitor, page = bench.stranger(), "/products/teapot"
    sign_in = visitor.send_to(page, {"quantity": "2"}, page=page).request.full_path
    bench.shop.catalogue.offer("teapot", on_sale=False)

    said = words(signed_in(bench, visitor, sign_in))

    assert "“Porcelain teapot” is no longer available." in said
    assert bench.cart() == {}


@pytest.mark.parametrize("quantity", ["0", "21", "two", ""])
def test_a_quantity_that_cannot_be_is_told_and_still_there(bench: Bench, quantity: str) -> None:
    _visitor, page = want(bench, quantity=quantity)

    assert "Enter a whole number from 1 to 20." in words(page)
    assert f'value="{quantity}"' in page
    assert bench.cart() == {}


def test_more_than_the_cart_holds_is_told(bench: Bench) -> None:
    bench.customer().put_into_cart("teapot", 19)

    _visitor, page = want(bench)

    assert "It already has 19." in words(page)
    assert bench.cart() == {"teapot": 19}


def test_a_product_that_never_was_is_not_found(bench: Bench) -> None:
    visitor = bench.stranger()
    form = {"csrf_token": "-", "quantity": "1"}
    answer = visitor.client.post("/products/nothing", data=form, headers={"Origin": SITE})

    page = signed_in(bench, visitor, answer.location)

    assert "Page not found" in words(page)


def test_another_sites_form_leaves_nothing_to_be_done(bench: Bench) -> None:
    visitor = bench.stranger()
    foreign = {"Origin": "http://evil.example", "Referer": "http://evil.example/products/teapot"}
    answer = visitor.client.post("/products/teapot", data={"quantity": "2"}, headers=foreign)
    assert "Set-Cookie" not in answer.headers

    signed_in(bench, visitor, answer.location)

    assert bench.cart() == {}


@pytest.mark.parametrize("sender", ["null", "http://localhost.evil.example", "http://localhost:81"])
def test_only_the_very_site_counts_as_itself(bench: Bench, sender: str) -> None:
    visitor = bench.stranger()
    headers = {"Origin": sender}
    answer = visitor.client.post("/products/teapot", data={"quantity": "2"}, headers=headers)
    signed_in(bench, visitor, answer.location)

    assert bench.cart() == {}


@pytest.mark.parametrize(
    "referrer",
    [
        "http://evil.example/cart",
        "http://localhost//evil.example",
        "javascript:alert(1)",
        "/\\evil",
    ],
)
def test_no_referrer_leads_to_another_site(bench: Bench, referrer: str) -> None:
    visitor = bench.stranger()
    headers = {"Origin": SITE, "Referer": referrer}
    answer = visitor.client.post("/cart/teapot", data={}, headers=headers)

    person = bench.stack.keys.people[0]
    who = {"phone": person.phone, "password": person.password}
    there = visitor.send_to(answer.location, who, page=answer.location)

    assert there.request.host == "localhost"
    assert there.request.path == "/"


def test_what_was_ticked_and_typed_in_the_cart_is_still_there(bench: Bench) -> None:
    customer = bench.customer()
    customer.put_into_cart("teapot")
    sign_in = customer.send_signed_out("/cart", {"ticked": ["teapot"]})
    page = signed_in(bench, customer, sign_in)
    assert 'name="ticked" value="teapot" checked' in page
    assert AGAIN in words(page)

    form = {"teapot-quantity": "7"}
    sign_in = customer.send_signed_out("/cart/teapot", form, page="/cart")
    page = signed_in(bench, customer, sign_in)

    assert 'name="teapot-quantity" value="7"' in page
    assert AGAIN in words(page)
    assert bench.cart() == {"teapot": 1}


def test_a_button_without_a_page_of_its_own_leads_back_to_its_page(bench: Bench) -> None:
    customer = bench.customer()
    uid = customer.order()
    page = f"/orders/{uid}"
    sign_in = customer.send_signed_out(f"{page}/cancel", {}, page=f"{page}?language=x")

    shown = words(signed_in(bench, customer, sign_in))

    assert "Order 1" in shown
    assert AGAIN in shown
    assert [order.state for order in bench.orders()] == ["AWAITING_PAYMENT"]


def test_a_sign_in_whose_key_is_old_still_leads_to_the_page(bench: Bench) -> None:
    visitor = bench.stranger()
    answer = visitor.client.post("/sign-in?next=/orders", data={"csrf_token": "old"})

    assert answer.location == "/sign-in?next=/orders"


def test_signing_out_forgets_what_was_typed(bench: Bench) -> None:
    customer = bench.customer()
    customer.put_into_cart("teapot")
    with customer.client.session_transaction() as session:
        session[KEY] = {"endpoint": "cart.buy", "args": {}, "path": "/cart", "fields": []}
    customer.send("/sign-out", page="/orders")

    with customer.client.session_transaction() as session:
        assert KEY not in session


def test_much_typed_text_does_not_break_the_session(bench: Bench) -> None:
    customer = bench.customer()
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    random = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(5000))
    sign_in = customer.send_signed_out(checkout, {"street": random})

    page = signed_in(bench, customer, sign_in)

    assert "<h1>Checkout</h1>" in page
