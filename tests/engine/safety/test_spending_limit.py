"""A run stops before it spends more than the file of its target allows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checkout_conformance.safety.run_record import RunRecord
from checkout_conformance.safety.spending_limit import SpendingError, SpendingLimit


def test_a_run_stops_before_it_spends_more_than_the_file_allows(record: RunRecord) -> None:
    spending_limit = SpendingLimit({"RUB": Decimal("100.00")}, record)
    spending_limit.before_press("Confirm", "You pay 60.00 RUB")
    with pytest.raises(SpendingError, match=r"120.00, and the target's file allows 100.00"):
        SpendingLimit({"RUB": Decimal("100.00")}, record).before_press(
            "Confirm", "You pay 60.00 RUB"
        )
    assert record.read() == {"RUB": "60.00"}
    spending_limit.before_press("Confirm", "You pay 40.00 RUB")


def test_without_a_limit_no_payment_is_allowed(record: RunRecord) -> None:
    with pytest.raises(SpendingError, match=r"spend\.RUB"):
        SpendingLimit({}, record).before_press("Confirm order", "1,450.00 ₽")


def test_a_page_that_names_no_amount_is_not_pressed_on(record: RunRecord) -> None:
    spending_limit = SpendingLimit({"RUB": Decimal(1000)}, record)
    spending_limit.before_press("Confirm", "You pay 60.00 RUB")
    with pytest.raises(SpendingError, match="names no amount of money that could be read"):
        spending_limit.before_press("Confirm", "Type the code")
    assert record.read() == {"RUB": "60.00"}


def test_a_free_order_costs_nothing(record: RunRecord) -> None:
    SpendingLimit({}, record).before_press("Confirm order", "1 × Sticker, 0.00 ₽. Total 0,00 ₽")
    assert record.read() == {}


@pytest.mark.parametrize("limits", [{}, {"RUB": Decimal(100)}])
@pytest.mark.parametrize(
    "text",
    [
        *(
            "Total 5000 ₽",
            "12 345 руб.",
            "5000.000 KWD",
            "CHF 1'000.-",
            "١٬٢٣٤٫٥٠ ر.س.",
            "1,00,000.00",
        ),
        *(
            "5 тыс. рублей",
            "$5k",
            "Total: 5000",
            "7 ₿",
            "Delivery 0.00 ₽, total 5000 руб",
            "5000 rub",
        ),
        *(
            "5000\n₽",
            "Pay 20.00 RUB, about $5",
            "007 ₽",
            "1.000 ₽",
            "１５００￥",
            "5000 дорогих рублей",
        ),
    ],
)
def test_a_payment_above_the_limit_stops_the_run(
    record: RunRecord, text: str, limits: dict[str, Decimal]
) -> None:
    with pytest.raises(SpendingError, match="Nothing was pressed"):
        SpendingLimit(limits, record).before_press("Confirm", text)
    assert record.read() == {}


def test_each_currency_of_a_page_is_counted(record: RunRecord) -> None:
    spending_limit = SpendingLimit({"RUB": Decimal(2000), "USD": Decimal(25)}, record)
    spending_limit.before_press("Confirm", "Tea 450 ₽, total 1 450,00 ₽ (20.00 $)")
    assert record.read() == {"RUB": "1450.00", "USD": "20.00"}
    with pytest.raises(
        SpendingError, match=r"might spend 20\.00 USD.*counted before that is 40\.00"
    ):
        spending_limit.before_press("Confirm", "50 ₽ (20.00 $)")


def test_two_presses_cost_twice_as_much(record: RunRecord) -> None:
    with pytest.raises(SpendingError, match="120"):
        SpendingLimit({"RUB": Decimal(100)}, record).before_press("Confirm", "60 RUB", times=2)


@pytest.mark.parametrize(
    ("limits", "currency", "text", "stops"),
    [
        ({"USD": 100}, None, "$20", False),
        ({"CAD": 100}, None, "$20", True),
        ({"CAD": 100}, "CAD", "$20", False),
        ({"CAD": 100}, "CAD", "20 €", True),
        ({"SEK": 100}, None, "20 kr", False),
        ({"RUB": 100}, None, "Total: 20", True),
        ({"RUB": 100}, "RUB", "Total: 20", False),
    ],
)
def test_a_sign_that_several_currencies_share(
    record: RunRecord, limits: dict[str, int], currency: str | None, text: str, stops: bool
) -> None:
    spending_limit = SpendingLimit(
        {code: Decimal(cap) for code, cap in limits.items()}, record, currency
    )
    if not stops:
        spending_limit.before_press("Confirm", text)
        return
    with pytest.raises(SpendingError):
        spending_limit.before_press("Confirm", text)


def test_controls_that_move_no_money_are_not_counted(record: RunRecord) -> None:
    assert not SpendingLimit.watches("View")
    assert SpendingLimit.watches("Confirm order")
