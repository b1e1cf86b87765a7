"""What may lie in a cart, in which order, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shop.domain.cart import Carts, parse_quantity, total_of
from tests.support.shop_fixture import ShopFixture


@pytest.fixture
def carts(fixture: ShopFixture) -> Carts:
    return fixture.shop.carts


@pytest.mark.parametrize(
    ("typed", "quantity"), [("1", 1), ("20", 20), (" 3 ", 3), ("٢٠", 20), ("000020", 20)]
)
def test_a_quantity_is_read_as_people_write_it(typed: str, quantity: int) -> None:
    assert parse_quantity(typed) == quantity


@pytest.mark.parametrize("typed", ["", "0", "21", "-1", "1.5", "two", "²", "0000020", "9" * 5000])
def test_what_is_no_quantity_is_said_beside_its_field_with_the_limit(typed: str) -> None:
    for field in ("quantity", "teapot-quantity"):
        with pytest.raises(Refusal) as refused:
            parse_quantity(typed) if field == "quantity" else parse_quantity(typed, field)

        assert (refused.value.code, refused.value.field) == ("quantity.wrong", field)
        assert refused.value.facts == {"limit": 20}


def test_pieces_are_counted_of_ones_own_cart(fixture: ShopFixture, carts: Carts) -> None:
    ann, bob = fixture.person().id, fixture.person(1).id
    for slug, quantity in [("teapot", 2), ("honey", 3), ("teapot", 1)]:
        carts.add(ann, slug, quantity)

    assert (carts.count(ann), carts.count(bob)) == (6, 0)
    assert fixture.cart() == {"teapot": 3, "honey": 3}


def test_a_cart_holds_twenty_of_a_product_and_no_more(fixture: ShopFixture, carts: Carts) -> None:
    carts.add(fixture.person().id, "teapot", 19)
    with pytest.raises(Refusal) as refused:
        carts.add(fixture.person().id, "teapot", 2)
    carts.add(fixture.person().id, "teapot", 1)

    assert (refused.value.code, refused.value.field) == ("quantity.too-many", "quantity")
    assert refused.value.facts == {"limit": 20, "already": 19}
    assert fixture.cart() == {"teapot": 20}


def test_only_what_is_sold_goes_into_a_cart(fixture: ShopFixture, carts: Carts) -> None:
    fixture.shop.catalogue.offer("teapot", on_sale=False)

    with pytest.raises(Refusal) as withdrawn:
        carts.add(fixture.person().id, "teapot", 1)
    with pytest.raises(NotFound):
        carts.add(fixture.person().id, "no-product", 1)

    assert withdrawn.value.code == "product.not-sold"
    assert withdrawn.value.facts == {"product": "Porcelain teapot"}
    assert fixture.cart() == {}


def test_a_cart_keeps_the_order_in_which_it_was_filled(fixture: ShopFixture, carts: Carts) -> None:
    for slug in ("teapot", "honey", "black-tea"):
        carts.add(fixture.person().id, slug, 1)
        fixture.clock.advance(timedelta(seconds=1))
    carts.add(fixture.person().id, "teapot", 1)

    assert list(fixture.cart()) == ["teapot", "honey", "black-tea"]


def test_only_what_lies_in_ones_own_cart_is_changed(fixture: ShopFixture, carts: Carts) -> None:
    carts.add(fixture.person().id, "teapot", 1)

    carts.change(fixture.person().id, "teapot", 4)
    for person, slug in [(0, "honey"), (1, "teapot")]:
        with pytest.raises(NotFound):
            carts.change(fixture.person(person).id, slug, 4)

    assert (fixture.cart(), fixture.cart(1)) == ({"teapot": 4}, {})


def test_what_is_taken_out_of_a_cart_may_be_taken_out_again(
    fixture: ShopFixture, carts: Carts
) -> None:
    carts.add(fixture.person().id, "teapot", 1)
    carts.add(fixture.person().id, "honey", 1)
    carts.add(fixture.person(1).id, "teapot", 1)

    for _ in range(2):
        carts.remove(fixture.person().id, "teapot")

    assert (fixture.cart(), fixture.cart(1)) == ({"honey": 1}, {"teapot": 1})


def test_the_total_is_of_what_is_still_sold(fixture: ShopFixture, carts: Carts) -> None:
    fixture.begin("teapot", "honey", "black-tea", quantity=2)
    fixture.shop.catalogue.offer("honey", on_sale=False)

    assert str(total_of(carts.lines(fixture.person().id))) == "5400.00 RUB"
    assert str(total_of([])) == "0.00 RUB"
