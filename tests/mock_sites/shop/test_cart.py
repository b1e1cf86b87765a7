"""The shop's cart."""

from __future__ import annotations

import pytest

from tests.support.shop_fixture import Customer, ShopFixture, words


def test_a_stranger_signs_in_and_goes_on_at_the_product(fixture: ShopFixture) -> None:
    stranger = fixture.stranger()
    asked = stranger.send_to("/products/teapot", {"quantity": "1"}, page="/products/teapot")
    person = fixture.stack.keys.people[0]

    answer = stranger.send_to(
        asked.request.full_path,
        {"phone": person.phone, "password": person.password},
        page=asked.request.full_path,
    )

    assert "Sign in to continue" in words(asked.text)
    assert answer.request.path == "/products/teapot"


def test_adding_twice_adds_up(fixture: ShopFixture, customer: Customer) -> None:
    customer.put_into_cart("teapot", 2)
    page = customer.put_into_cart("teapot", "٣")

    assert fixture.cart() == {"teapot": 5}
    assert "Cart 5 5 items" in words(page)


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "two", "", "21", "²", "9" * 5000])
def test_a_wrong_quantity_is_said_and_adds_nothing(
    fixture: ShopFixture, customer: Customer, typed: str
) -> None:
    page = customer.put_into_cart("teapot", typed)

    assert "Enter a whole number from 1 to 20." in words(page)
    assert f'value="{typed}"' in page
    assert fixture.cart() == {}


def test_a_cart_holds_no_more_of_a_product_than_the_limit(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot", 19)

    page = customer.put_into_cart("teapot", 2)

    assert "at most 20 of one product. It already has 19." in words(page)
    assert fixture.cart() == {"teapot": 19}


def test_the_quantity_of_a_line_can_be_changed(fixture: ShopFixture, customer: Customer) -> None:
    customer.put_into_cart("teapot")
    customer.put_into_cart("honey")

    customer.send("/cart/teapot", {"teapot-quantity": "4"})

    assert fixture.cart() == {"teapot": 4, "honey": 1}


def test_a_wrong_change_is_said_beside_its_own_line(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot", 2)
    customer.put_into_cart("honey", 3)

    page = customer.send("/cart/teapot", {"teapot-quantity": "none"})

    # In the list of errors above, and beside the line.
    assert page.count("Enter a whole number from 1 to 20.") == 2
    assert 'id="teapot-quantity-error"' in page
    assert 'id="honey-quantity-error"' not in page
    assert 'name="teapot-quantity" value="none"' in page
    assert 'name="honey-quantity" value="3"' in page
    assert fixture.cart() == {"teapot": 2, "honey": 3}


def test_a_line_can_be_removed_and_removing_again_harms_nothing(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot")
    customer.put_into_cart("honey")

    for _ in range(2):
        customer.send("/cart/teapot/remove")

    assert fixture.cart() == {"honey": 1}


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


def test_buying_more_than_an_invoice_can_say_is_refused(
    fixture: ShopFixture, customer: Customer
) -> None:
    fixture.shop.catalogue.reprice("samovar", 999_999_99)
    customer.put_into_cart("samovar", 2)

    page = customer.send("/cart", {"ticked": ["samovar"]})

    assert "An order can be at most" in words(page)


def test_customers_have_carts_of_their_own(fixture: ShopFixture, customer: Customer) -> None:
    customer.put_into_cart("teapot")
    other = fixture.customer(1)

    changed = other.send_to("/cart/teapot", {"teapot-quantity": "9"}, page="/products/honey")
    other.send("/cart/teapot/remove", page="/products/honey")

    assert changed.status_code == 404
    assert fixture.cart() == {"teapot": 1}
    assert fixture.cart(1) == {}


def test_a_form_without_its_token_changes_nothing(fixture: ShopFixture, customer: Customer) -> None:
    answer = customer.client.post("/products/teapot", data={"quantity": "1"})

    assert answer.status_code == 400
    assert fixture.cart() == {}
