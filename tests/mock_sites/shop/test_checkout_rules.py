"""What is bought at which price: as it was shown, or it is said what has changed (C1.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shop.domain.checkout import Checkouts, bring_up_to_date, checkout_of
from tests.support.shop_fixture import ShopFixture


@pytest.fixture
def checkouts(fixture: ShopFixture) -> Checkouts:
    return fixture.shop.checkouts


def shown(fixture: ShopFixture, uid: str) -> list[tuple[str, int, int]]:
    """What the checkout says: product, quantity, price of one."""
    lines = fixture.shop.checkouts.get(fixture.person().id, uid).lines
    return [(line.product_slug, line.quantity, line.price_minor) for line in lines]


def changes(fixture: ShopFixture, uid: str) -> list[tuple[str, dict[str, object]]]:
    """What is told to have changed, and what is said of it; the checkout is made to fit."""
    with fixture.site.database.transaction() as session:
        checkout = checkout_of(session, fixture.person().id, uid)
        told = bring_up_to_date(session, checkout)
    return [(change.code, {k: str(v) for k, v in change.facts.items()}) for change in told]


def test_a_checkout_shows_the_ticked_lines_at_the_prices_of_now(
    fixture: ShopFixture, checkouts: Checkouts
) -> None:
    for slug in ("teapot", "honey", "black-tea"):
        fixture.shop.carts.add(fixture.person().id, slug, 2)
        fixture.clock.advance(timedelta(seconds=1))

    uid = checkouts.start(fixture.person().id, ["black-tea", "teapot", "teapot"])
    fixture.shop.catalogue.reprice("teapot", 1)

    assert shown(fixture, uid) == [("teapot", 2, 238_000), ("black-tea", 2, 32_000)]
    assert str(checkouts.get(fixture.person().id, uid).total) == "5400.00 RUB"


def test_each_purchase_that_is_begun_is_one_of_its_own(fixture: ShopFixture) -> None:
    teapot, honey = fixture.begin("teapot"), fixture.begin("honey")

    assert [shown(fixture, uid)[0][0] for uid in (teapot, honey)] == ["teapot", "honey"]


@pytest.mark.parametrize(
    ("ticked", "code"),
    [
        ([], "cart.nothing-ticked"),
        (["samovar"], "cart.not-there"),
        (["teapot", "samovar"], "cart.not-there"),
    ],
)
def test_what_is_not_ticked_or_not_in_the_cart_is_not_bought(
    fixture: ShopFixture, checkouts: Checkouts, ticked: list[str], code: str
) -> None:
    fixture.shop.carts.add(fixture.person().id, "teapot", 1)
    fixture.shop.carts.add(fixture.person(1).id, "samovar", 1)

    with pytest.raises(Refusal) as refused:
        checkouts.start(fixture.person().id, ticked)

    assert (refused.value.code, refused.value.field) == (code, None)


def test_what_was_withdrawn_is_not_bought(fixture: ShopFixture, checkouts: Checkouts) -> None:
    fixture.shop.carts.add(fixture.person().id, "teapot", 1)
    fixture.shop.catalogue.offer("teapot", on_sale=False)

    with pytest.raises(Refusal) as refused:
        checkouts.start(fixture.person().id, ["teapot"])

    assert refused.value.code == "product.not-sold"
    assert refused.value.facts == {"product": "Porcelain teapot"}


def test_a_purchase_is_as_large_as_a_bill_can_say_and_not_a_kopeck_larger(
    fixture: ShopFixture, checkouts: Checkouts
) -> None:
    fixture.shop.catalogue.reprice("teapot", 999_999_99)
    uid = fixture.begin("teapot")
    fixture.shop.catalogue.reprice("teapot", 999_999_99 + 1)

    with pytest.raises(Refusal) as refused:
        checkouts.start(fixture.person().id, ["teapot"])

    assert shown(fixture, uid) == [("teapot", 1, 999_999_99)]
    assert refused.value.code == "cart.too-expensive"
    assert str(refused.value.facts["limit"]) == "999999.99 RUB"


def test_anothers_checkout_does_not_exist(fixture: ShopFixture, checkouts: Checkouts) -> None:
    uid = fixture.begin("teapot")

    for person, wanted in [(1, uid), (0, "no-checkout")]:
        with pytest.raises(NotFound):
            checkouts.get(fixture.person(person).id, wanted)


def test_while_nothing_has_changed_nothing_is_told(fixture: ShopFixture) -> None:
    uid = fixture.begin("teapot", "honey")

    assert changes(fixture, uid) == []
    assert [slug for slug, _, _ in shown(fixture, uid)] == ["honey", "teapot"]


def test_a_new_price_and_a_new_quantity_are_told_once_and_taken_over(fixture: ShopFixture) -> None:
    uid = fixture.begin("teapot", "honey")
    fixture.shop.catalogue.reprice("teapot", 300_000)
    fixture.shop.carts.change(fixture.person().id, "teapot", 3)

    first, second = changes(fixture, uid), changes(fixture, uid)

    name = {"product": "Porcelain teapot"}
    assert first == [
        ("line.new-price", {**name, "old": "2380.00 RUB", "new": "3000.00 RUB"}),
        ("line.new-quantity", {**name, "quantity": "3"}),
    ]
    assert second == []
    assert shown(fixture, uid) == [("honey", 1, 69_000), ("teapot", 3, 300_000)]


def test_what_is_withdrawn_or_has_left_the_cart_is_told_and_left_out(fixture: ShopFixture) -> None:
    uid = fixture.begin("black-tea", "honey", "teapot")
    fixture.shop.catalogue.offer("teapot", on_sale=False)
    fixture.shop.carts.remove(fixture.person().id, "honey")

    told = changes(fixture, uid)

    assert told == [
        ("line.gone", {"product": "Linden honey, 500 g"}),
        ("line.gone", {"product": "Porcelain teapot"}),
    ]
    assert shown(fixture, uid) == [("black-tea", 1, 32_000)]
