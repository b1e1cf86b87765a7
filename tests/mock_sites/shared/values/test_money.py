"""How typed amounts are read, and how amounts are written."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_sites.shared.values.money import (
    Money,
    parse_amount,
    parse_digits,
    protocol_amount,
    protocol_value,
)
from mock_sites.shared.values.refusal import Refusal


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("150", 15_000),
        ("150.5", 15_050),
        ("150,50", 15_050),
        ("00000000000000150.00", 15_000),
        ("٠٫٠١", 1),
        ("۱۲۳٫۴۵", 12_345),
        ("1 000", 100_000),
        ("1\u00a0000,10", 100_010),
        ("١٬٢٣٤٫٥٠", 123_450),
        ("۱٬۲۳۴٫۵۰", 123_450),
        ("\N{RIGHT-TO-LEFT MARK}١٥٠٫٥٠\N{NO-BREAK SPACE}", 15_050),
        ("\N{LEFT-TO-RIGHT ISOLATE}150.50\N{POP DIRECTIONAL ISOLATE}", 15_050),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, minor: int) -> None:
    assert parse_amount(text, "RUB") == Money(minor, "RUB")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "amount.empty"),
        ("   ", "amount.empty"),
        ("0", "amount.not-positive"),
        ("-1", "amount.not-positive"),
        ("0.001", "amount.too-precise"),
        ("1,000.00", "amount.ambiguous"),
        ("1.000,00", "amount.ambiguous"),
        ("1,000", "amount.ambiguous"),
        ("1.000", "amount.ambiguous"),
        ("1,00,000.00", "amount.ambiguous"),
        ("12,345,678", "amount.ambiguous"),
        ("1234.567", "amount.too-precise"),
        ("+7", "amount.not-a-number"),
        (".5", "amount.not-a-number"),
        ("10.", "amount.not-a-number"),
        ("1 00", "amount.not-a-number"),
        ("1 0 0 0", "amount.not-a-number"),
        ("0 100", "amount.not-a-number"),
        ("1 000\u066c000", "amount.not-a-number"),
        ("150 RUB", "amount.not-a-number"),
        ("1'000", "amount.not-a-number"),
        ("١٫٠٠٠٫٠٠", "amount.not-a-number"),
        ("\N{RIGHT-TO-LEFT MARK}", "amount.empty"),
        ("1e2", "amount.not-a-number"),
        ("Infinity", "amount.not-a-number"),
        ("1_0", "amount.not-a-number"),
        ("--1", "amount.not-a-number"),
        (".", "amount.not-a-number"),
        ("½", "amount.not-a-number"),
        ("9" * 21, "amount.not-a-number"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_amount(text, "RUB")
    assert refused.value.code == code
    assert refused.value.field == "amount"


def test_a_currency_decides_how_many_decimals_there_are() -> None:
    assert parse_amount("100", "JPY") == Money(100, "JPY")
    with pytest.raises(Refusal, match="too-precise") as refused:
        parse_amount("100.5", "JPY")
    assert refused.value.facts == {"decimals": 0}


@given(st.integers(min_value=1, max_value=10**12))
def test_an_amount_that_is_written_is_read_again_as_the_same(minor: int) -> None:
    money = Money(minor, "RUB")

    assert parse_amount(str(money.value), "RUB") == money
    assert money.value == Decimal(minor) / 100


@given(st.text(max_size=30))
def test_whatever_is_typed_is_an_amount_or_refused(text: str) -> None:
    with suppress(Refusal):
        assert parse_amount(text, "RUB").minor > 0


def test_digits_of_every_script_mean_the_same() -> None:
    assert parse_digits("٤٢ ۴۲ ४२ 42") == "42 42 42 42"


def test_marks_of_direction_are_no_part_of_a_number_but_joiners_are_of_a_word() -> None:
    assert parse_digits("\N{ARABIC LETTER MARK}٤\N{LEFT-TO-RIGHT MARK}٢") == "42"
    assert parse_digits("a\N{ZERO WIDTH NON-JOINER}b") == "a\N{ZERO WIDTH NON-JOINER}b"


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "RUB\xa01,234.50"),
        ("ru", "1\xa0234,50\xa0₽"),
        ("ar", "\u200f\u200e1,234.50\xa0روبل\xa0روسي"),
    ],
)
def test_an_amount_is_written_in_the_language_of_its_reader(locale: str, words: str) -> None:
    assert Money(123_450, "RUB").words(locale) == words


@pytest.mark.parametrize(
    ("minor", "locale", "words"),
    [
        (150, "en", "+RUB\xa01.50"),
        (-150, "en", "-RUB\xa01.50"),
        (0, "en", "RUB\xa00.00"),
        (150, "ru", "+1,50\xa0₽"),
        (150, "ar", "\u200f\u200e+1.50\xa0روبل\xa0روسي"),
        (-150, "ar", "\u200f\u200e-1.50\xa0روبل\xa0روسي"),
    ],
)
def test_a_signed_amount_has_its_sign_before_the_number(
    minor: int, locale: str, words: str
) -> None:
    assert Money(minor, "RUB").words(locale, signed=True) == words


@pytest.mark.parametrize(
    ("text", "minor"), [("10", 1_000), ("10.5", 1_050), ("200.349", 20_034), ("0.009", 0)]
)
def test_a_protocol_amount_is_plain_digits_and_a_point(text: str, minor: int) -> None:
    assert protocol_amount(text, "RUB") == Money(minor, "RUB")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "1e2",
            "١٠",
            " 10 ",
            "+10",
            "-1",
            "1_000",
            "10.",
            ".5",
            "1,5",
            "1 000",
            "NaN",
            "10\n",
        ),
        *("Infinity", "0x10", "-1e30", "9" * 16, "1." + "0" * 31),
    ],
)
def test_what_is_no_protocol_amount_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError, match="write digits"):
        protocol_amount(text, "RUB")


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("15000", "JPY", 15000),
        ("15 000", "JPY", 15000),
        ("150.00", "JPY", 150),
        ("15.000", "KWD", 15000),
        ("0.001", "KWD", 1),
        ("1 200.050", "KWD", 1200050),
        ("١٥٫٠٠٠", "KWD", 15000),
        ("15", "KWD", 15000),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(typed: str, currency: str, minor: int) -> None:
    assert parse_amount(typed, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("typed", "currency", "why"),
    [
        ("150.5", "JPY", "too-precise"),
        ("1.000", "JPY", "ambiguous"),
        ("1,000", "JPY", "ambiguous"),
        ("1,000", "KWD", "ambiguous"),
        ("1,000.500", "KWD", "ambiguous"),
        ("15.0005", "KWD", "too-precise"),
        ("1.000", "RUB", "ambiguous"),
    ],
)
def test_decimals_of_another_currency_are_refused(typed: str, currency: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        parse_amount(typed, currency)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("15000", "JPY", 15000), ("150.99", "JPY", 150), ("15.0019", "KWD", 15001)],
)
def test_a_protocol_amount_has_the_decimals_of_its_currency(
    text: str, currency: str, minor: int
) -> None:
    assert protocol_amount(text, currency).minor == minor


@pytest.mark.parametrize(
    ("value", "currency", "written"),
    [("200.3", "RUB", "200.30"), ("500", "JPY", "500.00"), ("1.001", "KWD", "1.001")],
)
def test_a_protocol_has_two_decimals_or_three_where_a_currency_has_three(
    value: str, currency: str, written: str
) -> None:
    assert protocol_value(Decimal(value), currency) == written
