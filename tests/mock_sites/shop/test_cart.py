"""The shop's cart."""

from __future__ import annotations

import pytest

from tests.support.shop_bench import Bench, Customer, words


def test_a_stranger_signs_in_and_goes_on_at_the_product(bench: Bench) -> None:
    stranger = bench.stranger()
    asked = stranger.send_to("/products/teapot", {"quantity": "1"}, page="/products/teapot")
    person = bench.stack.keys.people[0]

    answer = stranger.send_to(
        asked.request.full_path,
        {"phone": person.phone, "password": person.password},
        page=asked.request.full_path,
    )

    assert "Sign in to continue" in words(asked.text)
    assert answer.request.path == "/products/teapot"


def test_adding_twice_adds_up(bench: Bench, customer: Customer) -> None:
    customer.put_into_cart("teapot", 2)
    page = customer.put_into_cart("teapot", "٣")

    assert bench.cart() == {"teapot": 5}
    assert "Cart 5 5 items" in words(page)


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "two", "", "21", "²", "9" * 5000])
def test_a_wrong_quantity_is_said_and_adds_nothing(
    bench: Bench, customer: Customer, typed: str
) -> None:
    page = customer.put_into_cart("teapot", typed)

    assert "Enter a whole number from 1 to 20." in words(page)
    assert f'value="{typed}"' in page
    assert bench.cart() == {}


def test_a_cart_holds_no_more_of_a_product_than_the_limit(bench: Bench, customer: Customer) -> None:
    customer.put_into_cart("teapot", 19)

    page = customer.put_into_cart("teapot", 2)

    assert "at most 20 of one product. It already has 19." in words(page)
    assert bench.cart() == {"teapot": 19}


def test_the_quantity_of_a_line_can_be_changed(bench: Bench, customer: Customer) -> None:
    customer.put_into_cart("teapot")
    customer.put_into_cart("honey")

    customer.send("/cart/teapot", {"teapot-quantity": "4"})

    assert bench.cart() == {"teapot": 4, "honey": 1}


def test_a_wrong_change_is_said_beside_its_own_line(bench: Bench, customer: Customer) -> None:
    customer.put_into_cart("teapot", 2)
    customer.put_into_cart("honey", 3)

    page = customer.send("/cart/teapot", {"teapot-quantity": "none"})

    assert page.count("Enter a whole number from 1 to 20.") == 1
    assert 'name="teapot-quantity" value="none"' in page
    assert 'name="honey-quantity" value="3"' in page
    assert bench.cart() == {"teapot": 2, "honey": 3}


def test_a_line_can_be_removed_and_removing_again_harms_nothing(
    bench: Bench, customer: Customer
) -> None:
    customer.put_into_cart("teapot")
    customer.put_into_cart("honey")

    for _ in range(2):
        customer.send("/cart/teapot/remove")

    assert bench.cart() == {"honey": 1}


def test_nothing_is_ticked_until_the_customer_ticks_it(customer: Customer) -> None:
    customer.put_into_cart("teapot")

    assert "checked" not in customer.open("/cart")


def test_buying_with_nothing_ticked_is_refused(customer: Customer) -> None:
    customer.put_into_cart("teapot")

    answer = customer.send_to("/cart")

    assert answer.request.path == "/cart"
    assert "Tick at least one product to buy." in words(answer.text)


def test_buying_what_has_left_the_cart_is_refused(customer: Customer) -> None:
    customer.put_into_cart("teapot")

    page = customer.send("/cart", {"ticked": ["teapot", "samovar"]})

    assert "A product that you ticked is no longer in the cart." in words(page)
    assert page.count(" checked") == 1


def test_buying_more_than_an_invoice_can_say_is_refused(bench: Bench, customer: Customer) -> None:
    bench.shop.catalogue.reprice("samovar", 999_999_99)
    customer.put_into_cart("samovar", 2)

    page = customer.send("/cart", {"ticked": ["samovar"]})

    assert "An order can be at most" in words(page)


def test_customers_have_carts_of_their_own(bench: Bench, customer: Customer) -> None:
    customer.put_into_cart("teapot")
    other = bench.customer(1)

    changed = other.send_to("/cart/teapot", {"teapot-quantity": "9"}, page="/products/honey")
    other.send("/cart/teapot/remove", page="/products/honey")

    assert changed.status_code == 404
    assert bench.cart() == {"teapot": 1}
    assert bench.cart(1) == {}


def test_a_form_without_its_token_changes_nothing(bench: Bench, customer: Customer) -> None:
    answer = customer.client.post("/products/teapot", data={"quantity": "1"})

    assert answer.status_code == 400
    assert bench.cart() == {}
