"""Amounts of money, found as money in what pages of three languages write."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steps.support.amounts import NamedAmount, in_minor, read_amount


@pytest.mark.parametrize(
    "written",
    [
        "RUB 1,450.00",
        "RUB1,450.00",
        "1\u00a0450,00\u00a0₽",
        "1 450 ₽",
        "1450 руб.",
        "1450.00",
        "1.450,00 RUB",
        "1'450.00 RUB",
        "\u200f1,450.00\u00a0RUB",
        "١٬٤٥٠٫٠٠ RUB",
        "₽1450",
        "Samovar shop № 2 1 450 ₽ Not paid",
        "1450 roubles",
        "₽ 1,450",
        "Pay 1450 р.",
        "50.00 USD 1,450.00 RUB",
        "RUB 1,450.00 USD 50.00",
    ],
)
def test_an_amount_is_found_in_every_format(written: str) -> None:
    assert read_amount("1450.00 RUB").on_page.search(written)


@pytest.mark.parametrize(
    "written",
    [
        "RUB 1,450.50",
        "RUB 11,450.00",
        "RUB 1,450.001",
        "$1,450.00",
        "USD 1,450.00",
        "1 450,00 €",
        "1,450.00 USD",
        "1450",
        "order 1450 rubber boots",
        "1 450,50 ₽",
        "₽1,450.05",
        "₽14500",
        "RUB 450.00",
    ],
)
def test_another_amount_or_currency_is_not(written: str) -> None:
    assert not read_amount("1450.00 RUB").on_page.search(written)


@pytest.mark.parametrize(
    ("named", "written", "found"),
    [
        ("245.50 RUB", "245,50 ₽", True),
        ("245.50 RUB", "RUB 245.50", True),
        ("245.50 RUB", "245 ₽", False),
        ("450.00 RUB", "RUB 1,450.00", False),
        ("450.00 RUB", "450 ₽", True),
        ("0.01 RUB", "0.01 RUB", True),
        ("0.01 RUB", "RUB 0.01", True),
        ("0.01 RUB", "RUB 10.01", False),
        ("50.00 USD", "$50.00", True),
        ("50.00 USD", "50,00 ₽", False),
        ("50.00 USD", "RUB 50.00", False),
    ],
)
def test_the_whole_amount_counts(named: str, written: str, found: bool) -> None:
    assert bool(read_amount(named).on_page.search(written)) is found


@pytest.mark.parametrize(
    ("currency", "minor", "typed", "written"),
    [
        ("JPY", 15000, "15000", ["¥15,000", "JP¥15,000", "15 000 JPY", "١٥٬٠٠٠ JPY"]),
        ("KWD", 15000, "15.000", ["KWD 15.000", "15,000 KWD", "١٥٫٠٠٠ KWD"]),
        ("RUB", 15000, "150.00", ["RUB 150.00", "150,00 ₽"]),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(
    currency: str, minor: int, typed: str, written: list[str]
) -> None:
    amount = NamedAmount(minor, currency)
    assert amount.typed == typed
    assert [text for text in written if not amount.on_page.search(text)] == []


@pytest.mark.parametrize(
    ("currency", "written"),
    [
        ("JPY", ["¥150", "¥15,000.50", "¥150,000", "RUB 15,000"]),
        ("KWD", ["KWD 15.00", "KWD 15.001", "KWD 15000", "15.000 RUB"]),
    ],
)
def test_other_decimals_are_another_amount(currency: str, written: list[str]) -> None:
    amount = NamedAmount(15000, currency)
    assert [text for text in written if amount.on_page.search(text)] == []


def test_decimals_that_a_currency_does_not_have_are_refused() -> None:
    assert in_minor(Decimal("15"), "JPY") == 15
    assert in_minor(Decimal("15.001"), "KWD") == 15001
    with pytest.raises(ValueError, match="more decimals than JPY"):
        in_minor(Decimal("15.5"), "JPY")
