"""What is bought at which price: as it was shown, or it is said what has changed (C1.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shop.domain.checkout import Checkouts, bring_up_to_date, checkout_of
from tests.support.shop_bench import Bench


@pytest.fixture
def checkouts(bench: Bench) -> Checkouts:
    return bench.shop.checkouts


def shown(bench: Bench, uid: str) -> list[tuple[str, int, int]]:
    """What the checkout says: product, quantity, price of one."""
    lines = bench.shop.checkouts.get(bench.person().id, uid).lines
    return [(line.product_slug, line.quantity, line.price_minor) for line in lines]


def changes(bench: Bench, uid: str) -> list[tuple[str, dict[str, object]]]:
    """What is told to have changed, and what is said of it; the checkout is made to fit."""
    with bench.site.database.transaction() as session:
        checkout = checkout_of(session, bench.person().id, uid)
        told = bring_up_to_date(session, checkout)
    return [(change.code, {k: str(v) for k, v in change.facts.items()}) for change in told]


def test_a_checkout_shows_the_ticked_lines_at_the_prices_of_now(
    bench: Bench, checkouts: Checkouts
) -> None:
    for slug in ("teapot", "honey", "black-tea"):
        bench.shop.carts.add(bench.person().id, slug, 2)
        bench.clock.advance(timedelta(seconds=1))

    uid = checkouts.start(bench.person().id, ["black-tea", "teapot", "teapot"])
    bench.shop.catalogue.reprice("teapot", 1)

    assert shown(bench, uid) == [("teapot", 2, 238_000), ("black-tea", 2, 32_000)]
    assert str(checkouts.get(bench.person().id, uid).total) == "5400.00 RUB"


def test_each_purchase_that_is_begun_is_one_of_its_own(bench: Bench) -> None:
    teapot, honey = bench.begin("teapot"), bench.begin("honey")

    assert [shown(bench, uid)[0][0] for uid in (teapot, honey)] == ["teapot", "honey"]


@pytest.mark.parametrize(
    ("ticked", "code"),
    [
        ([], "cart.nothing-ticked"),
        (["samovar"], "cart.not-there"),
        (["teapot", "samovar"], "cart.not-there"),
    ],
)
def test_what_is_not_ticked_or_not_in_the_cart_is_not_bought(
    bench: Bench, checkouts: Checkouts, ticked: list[str], code: str
) -> None:
    bench.shop.carts.add(bench.person().id, "teapot", 1)
    bench.shop.carts.add(bench.person(1).id, "samovar", 1)

    with pytest.raises(Refusal) as refused:
        checkouts.start(bench.person().id, ticked)

    assert (refused.value.code, refused.value.field) == (code, None)


def test_what_was_withdrawn_is_not_bought(bench: Bench, checkouts: Checkouts) -> None:
    bench.shop.carts.add(bench.person().id, "teapot", 1)
    bench.shop.catalogue.offer("teapot", on_sale=False)

    with pytest.raises(Refusal) as refused:
        checkouts.start(bench.person().id, ["teapot"])

    assert refused.value.code == "product.not-sold"
    assert refused.value.facts == {"product": "Porcelain teapot"}


def test_a_purchase_is_as_large_as_a_bill_can_say_and_not_a_kopeck_larger(
    bench: Bench, checkouts: Checkouts
) -> None:
    bench.shop.catalogue.reprice("teapot", 999_999_99)
    uid = bench.begin("teapot")
    bench.shop.catalogue.reprice("teapot", 999_999_99 + 1)

    with pytest.raises(Refusal) as refused:
        checkouts.start(bench.person().id, ["teapot"])

    assert shown(bench, uid) == [("teapot", 1, 999_999_99)]
    assert refused.value.code == "cart.too-expensive"
    assert str(refused.value.facts["limit"]) == "999999.99 RUB"


def test_anothers_checkout_does_not_exist(bench: Bench, checkouts: Checkouts) -> None:
    uid = bench.begin("teapot")

    for person, wanted in [(1, uid), (0, "no-checkout")]:
        with pytest.raises(NotFound):
            checkouts.get(bench.person(person).id, wanted)


def test_while_nothing_has_changed_nothing_is_told(bench: Bench) -> None:
    uid = bench.begin("teapot", "honey")

    assert changes(bench, uid) == []
    assert [slug for slug, _, _ in shown(bench, uid)] == ["honey", "teapot"]


def test_a_new_price_and_a_new_quantity_are_told_once_and_taken_over(bench: Bench) -> None:
    uid = bench.begin("teapot", "honey")
    bench.shop.catalogue.reprice("teapot", 300_000)
    bench.shop.carts.change(bench.person().id, "teapot", 3)

    first, second = changes(bench, uid), changes(bench, uid)

    name = {"product": "Porcelain teapot"}
    assert first == [
        ("line.new-price", {**name, "old": "2380.00 RUB", "new": "3000.00 RUB"}),
        ("line.new-quantity", {**name, "quantity": "3"}),
    ]
    assert second == []
    assert shown(bench, uid) == [("honey", 1, 69_000), ("teapot", 3, 300_000)]


def test_what_is_withdrawn_or_has_left_the_cart_is_told_and_left_out(bench: Bench) -> None:
    uid = bench.begin("black-tea", "honey", "teapot")
    bench.shop.catalogue.offer("teapot", on_sale=False)
    bench.shop.carts.remove(bench.person().id, "honey")

    told = changes(bench, uid)

    assert told == [
        ("line.gone", {"product": "Linden honey, 500 g"}),
        ("line.gone", {"product": "Porcelain teapot"}),
    ]
    assert shown(bench, uid) == [("black-tea", 1, 32_000)]
