"""What may lie in a cart, in which order, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shop.domain.cart import Carts, parse_quantity, total_of
from tests.support.shop_bench import Bench


@pytest.fixture
def carts(bench: Bench) -> Carts:
    return bench.shop.carts


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


def test_pieces_are_counted_of_ones_own_cart(bench: Bench, carts: Carts) -> None:
    ann, bob = bench.person().id, bench.person(1).id
    for slug, quantity in [("teapot", 2), ("honey", 3), ("teapot", 1)]:
        carts.add(ann, slug, quantity)

    assert (carts.count(ann), carts.count(bob)) == (6, 0)
    assert bench.cart() == {"teapot": 3, "honey": 3}


def test_a_cart_holds_twenty_of_a_product_and_no_more(bench: Bench, carts: Carts) -> None:
    carts.add(bench.person().id, "teapot", 19)
    with pytest.raises(Refusal) as refused:
        carts.add(bench.person().id, "teapot", 2)
    carts.add(bench.person().id, "teapot", 1)

    assert (refused.value.code, refused.value.field) == ("quantity.too-many", "quantity")
    assert refused.value.facts == {"limit": 20, "already": 19}
    assert bench.cart() == {"teapot": 20}


def test_only_what_is_sold_goes_into_a_cart(bench: Bench, carts: Carts) -> None:
    bench.shop.catalogue.offer("teapot", on_sale=False)

    with pytest.raises(Refusal) as withdrawn:
        carts.add(bench.person().id, "teapot", 1)
    with pytest.raises(NotFound):
        carts.add(bench.person().id, "no-product", 1)

    assert withdrawn.value.code == "product.not-sold"
    assert withdrawn.value.facts == {"product": "Porcelain teapot"}
    assert bench.cart() == {}


def test_a_cart_keeps_the_order_in_which_it_was_filled(bench: Bench, carts: Carts) -> None:
    for slug in ("teapot", "honey", "black-tea"):
        carts.add(bench.person().id, slug, 1)
        bench.clock.advance(timedelta(seconds=1))
    carts.add(bench.person().id, "teapot", 1)

    assert list(bench.cart()) == ["teapot", "honey", "black-tea"]


def test_only_what_lies_in_ones_own_cart_is_changed(bench: Bench, carts: Carts) -> None:
    carts.add(bench.person().id, "teapot", 1)

    carts.change(bench.person().id, "teapot", 4)
    for person, slug in [(0, "honey"), (1, "teapot")]:
        with pytest.raises(NotFound):
            carts.change(bench.person(person).id, slug, 4)

    assert (bench.cart(), bench.cart(1)) == ({"teapot": 4}, {})


def test_what_is_taken_out_of_a_cart_may_be_taken_out_again(bench: Bench, carts: Carts) -> None:
    carts.add(bench.person().id, "teapot", 1)
    carts.add(bench.person().id, "honey", 1)
    carts.add(bench.person(1).id, "teapot", 1)

    for _ in range(2):
        carts.remove(bench.person().id, "teapot")

    assert (bench.cart(), bench.cart(1)) == ({"honey": 1}, {"teapot": 1})


def test_the_total_is_of_what_is_still_sold(bench: Bench, carts: Carts) -> None:
    bench.begin("teapot", "honey", "black-tea", quantity=2)
    bench.shop.catalogue.offer("honey", on_sale=False)

    assert str(total_of(carts.lines(bench.person().id))) == "5400.00 RUB"
    assert str(total_of([])) == "0.00 RUB"
