"""Amounts are read in every currency and script, and never as less than they are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_currency, get_currency_name
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checkout_conformance.safety.amounts import amounts_in, largest
from checkout_conformance.safety.currencies import codes, is_current

LOCALES = (
    *("en", "ru", "ar", "ar_EG", "ar_SA", "fa", "hi", "bn", "th", "de", "de_CH", "fr", "sv", "da"),
    *("pl", "cs", "tr", "ja", "zh", "ko", "pt_BR", "pt_PT", "en_IN", "es", "he", "kk", "uk", "my"),
)
IN_USE = [code for code in codes() if is_current(code)]


@settings(deadline=None, max_examples=400)
@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(IN_USE),
    st.sampled_from(LOCALES),
    st.sampled_from(["standard", "name", "accounting"]),
)
def test_an_amount_is_never_read_as_less(
    amount: Decimal, currency: str, locale: str, how: str
) -> None:
    # A mistake of CLDR: in en_IN the name of VES is "VEF", the code of another currency.
    assume(get_currency_name(currency, locale=locale) not in set(codes()) - {currency})
    if how == "name":
        text = format_currency(
            amount,
            currency,
            locale=locale,
            format_type="name",
            numbering_system="default",
            currency_digits=False,
        )
    else:
        text = format_currency(
            amount,
            currency,
            locale=locale,
            format_type=how,  # type: ignore[arg-type]
            numbering_system="default",
            currency_digits=False,
        )
    read = [
        one
        for one in amounts_in(text, locale.replace("_", "-"))
        if currency in one.sign.may_be or not one.sign.may_be
    ]
    if not read:
        # No sign that anybody knows: then there is nothing on the page, and the run stops.
        assert amounts_in(text, locale.replace("_", "-")) == []
        return
    assert max(one.value for one in read if one.value is not None) >= amount, text


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("0", "0"),
        ("0.00", "0"),
        ("5000", "5000"),
        ("5000.000", "5000"),
        ("1.000", "1000"),
        ("1,000", "1000"),
        ("0.500", "0.5"),
        ("12,5", "12.5"),
        ("1 450,00", "1450"),
        ("1'000", "1000"),
        ("1.234.567,89", "1234567.89"),
        ("1,00,000.00", "100000"),
        ("1,0000", "10000"),
        ("1.23.45", "12345"),
        ("1234$56", "1234.56"),
        ("007", None),
    ],
)
def test_a_number_is_read_at_its_largest(number: str, value: str | None) -> None:
    assert largest(number) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("1,450.00 RUB", ["1450.00 RUB"]),
        ("1 450,00 ₽ и 20,00 $", ["1450.00 RUB", "20.00 USD"]),
        ("\u200f1,450.00 ر.س.؟ 12/30 730.164 v1.2.3", ["1450.00 SAR"]),
        ("£12.50", ["12.50 GBP"]),
        ("RUB 100 / USD 2", ["100 RUB", "2 USD"]),
        ("5 тыс. руб.", ["5000 RUB"]),
        ("5000 (five thousand) roubles", []),
        ("5000\n₽", ["5000 RUB"]),
        ("Order 17\n₽ 20", ["20 RUB"]),
        ("no money at all: 17", []),
        ("Top 10, TRY again in 3 s, 6-digit code, 2.50 kg, 50%, 26.11.2026, 10.0.0.10", []),
        ("+7 916 123-45-67, 127.0.0.1:8100, W1.3", []),
        ("4111 1111 1111 1111 ₽", ["a very long number RUB"]),
    ],
)
def test_amounts_are_distinguished_from_other_numbers(text: str, amounts: list[str]) -> None:
    assert [str(one) for one in amounts_in(text)] == amounts
