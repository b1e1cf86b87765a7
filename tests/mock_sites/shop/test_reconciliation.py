"""Orders held against what wallet and vault have taken: what is wrong, and what is only open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mock_sites.shared.values.money import Money
from mock_sites.shop.domain.reconciliation import Findings, Ordered, Taken, compare
from mock_sites.shop.store import OrderState, PaymentMethod

TOTAL = Money(119_000, "RUB")
PAID = Ordered("o-1", PaymentMethod.CARD, OrderState.PAID, TOTAL)
TAKEN = Taken("o-1", 1, TOTAL)


def found(
    orders: list[Ordered], taken: list[Taken], before: list[Ordered] | None = None
) -> Findings:
    return compare("vault", PaymentMethod.CARD, orders if before is None else before, taken, orders)


def test_a_paid_order_and_its_one_capture_fit() -> None:
    assert found([PAID], [TAKEN]) == Findings()


@pytest.mark.parametrize(
    ("orders", "taken", "told"),
    [
        ([], TAKEN, "the vault has taken 1190.00 RUB for o-1, and the shop has no such order"),
        (
            [replace(PAID, payment_method=PaymentMethod.QIWI_WALLET)],
            TAKEN,
            "the vault has taken 1190.00 RUB for o-1, and the shop has no such order",
        ),
        (
            [PAID],
            replace(TAKEN, times=2, money=Money(238_000, "RUB")),
            "order o-1: the vault has taken 2380.00 RUB in 2 payments",
        ),
        (
            [PAID],
            replace(TAKEN, money=Money(118_999, "RUB")),
            "order o-1: the vault has taken 1189.99 RUB, and the order is of 1190.00 RUB",
        ),
        (
            [PAID],
            replace(TAKEN, money=Money(119_000, "KZT")),
            "order o-1: the vault has taken 1190.00 KZT, and the order is of 1190.00 RUB",
        ),
        (
            [replace(PAID, state=OrderState.CANCELLED)],
            TAKEN,
            "order o-1: the vault has taken 1190.00 RUB, and the order is CANCELLED",
        ),
        (
            [PAID],
            replace(TAKEN, times=0),
            "order o-1 is paid, and the vault has taken nothing for it",
        ),
    ],
)
def test_what_does_not_fit_is_told(orders: list[Ordered], taken: Taken, told: str) -> None:
    result = found(orders, [taken])
    assert told in result.discrepancies
    assert result.pending == []


@pytest.mark.parametrize("state", [OrderState.PAYING, OrderState.AWAITING_PAYMENT])
def test_money_that_the_shop_has_not_heard_of_yet_is_pending(state: OrderState) -> None:
    result = found([replace(PAID, state=state)], [TAKEN])
    assert result == Findings(pending=["order o-1: the vault has its money, the shop waits"])


def test_an_order_that_is_being_paid_is_pending() -> None:
    result = found([replace(PAID, state=OrderState.PAYING)], [])
    assert result == Findings(pending=["order o-1 is being paid"])


def test_an_order_that_waits_for_its_payment_is_nothing_to_tell() -> None:
    assert found([replace(PAID, state=OrderState.AWAITING_PAYMENT)], []) == Findings()


def test_an_order_that_was_paid_while_the_vault_was_asked_is_no_mismatch() -> None:
    assert found([PAID], [], before=[]) == Findings()


def test_an_order_that_was_taken_back_meanwhile_is_nothing_to_tell() -> None:
    assert found([], [], before=[replace(PAID, state=OrderState.PAYING)]) == Findings()


def test_orders_of_other_methods_are_not_the_vaults() -> None:
    assert found([replace(PAID, payment_method=PaymentMethod.CASH_ON_DELIVERY)], []) == Findings()
