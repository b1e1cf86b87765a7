"""The data of these features: what may be overridden, and what the sentences make of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from checkout_conformance.data import CURRENT, DataError, DataMistakes
from steps.data import Data, data, quoted
from steps.support.amounts import read_amount
from steps.support.periods import read_span
from steps.support.preconditions import _wanted

OTHER = {
    "currency": "EUR",
    "products": {"Felt slippers": {"name": "Red mug", "price": "18.90"}},
    "payees": {
        "Steam": {
            "smallest": "20.00",
            "largest": "13000.00",
            "accounts": {"night_owl_42": "N-42"},
        }
    },
    "limits": {"code_seconds": 120},
    "address": {"city": "Leeds"},
    "addresses": {"Arbat Lane 7": {"street": "Long Walk 70"}},
}


@pytest.fixture
def other() -> Iterator[None]:
    CURRENT.use(Data.reference().overridden(OTHER))
    yield
    CURRENT.use(None)


@pytest.mark.parametrize(
    ("words", "minor"),
    [
        ("150.00 RUB", 15000),
        ('the price of "Felt slippers"', 119000),
        ('the price of 3 pieces of "Tula gingerbread"', 73650),
        ('the price of "Felt slippers" and 3 pieces of "Tula gingerbread"', 192650),
        ('5000.00 RUB less the price of "Felt slippers"', 381000),
        ('5000.00 RUB less the price of "Felt slippers" plus 10.00 RUB', 382000),
        ('the price of "Felt slippers" less 9.99 RUB', 118001),
        ('1000.00 RUB less the least for "Steam"', 99000),
    ],
)
def test_an_amount_is_computed_from_the_prices(words: str, minor: int) -> None:
    amount = read_amount(words)
    assert (amount.minor, amount.currency) == (minor, "RUB")


@pytest.mark.usefixtures("other")
def test_a_target_has_other_prices_and_another_currency() -> None:
    amount = read_amount('5000.00 RUB less the price of 2 pieces of "Felt slippers"')
    assert (amount.minor, amount.currency) == (500000 - 3780, "EUR")
    assert read_amount("50.00 USD").currency == "USD"


def test_an_unknown_product_is_named() -> None:
    with pytest.raises(DataError, match="did you mean 'Felt slippers'"):
        read_amount('the price of "Felt sliper"')


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize(
    ("words", "here"),
    [
        ("night_owl_42", "N-42"),
        ("day_owl_43", "day_owl_43"),
        ("9.99", "19.99"),
        ("15000.01", "13000.01"),
        ("Kazan", "Leeds"),
        ("Arbat Lane 7", "Long Walk 70"),
        ("Visa, approved", "Visa, approved"),
    ],
)
def test_what_a_feature_quotes_is_what_the_target_has(words: str, here: str) -> None:
    assert quoted(words) == here


@pytest.mark.usefixtures("other")
def test_periods_are_those_of_the_target() -> None:
    assert read_span("the minutes of a code") == timedelta(minutes=2)
    assert read_span("almost the minutes of a code") == timedelta(seconds=110)
    assert read_span("30 seconds") == timedelta(seconds=30)


@pytest.mark.usefixtures("other")
def test_controls_are_asked_by_the_sites_own_names() -> None:
    assert _wanted({"Felt slippers": 2}) == [{"product": "Red mug", "quantity": 2}]
    assert data().labels == {"Felt slippers": "Red mug"}


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"products": {"Felt slippers": {"price": "4000.00"}}}, "between 10.01 and 2400"),
        ({"products": {"Felt slippers": {"price": "690.00"}}}, "different prices"),
        ({"payees": {"Steam": {"largest": "100.00"}}}, "the features pay 12000.50 here"),
        ({"currency": "JPY"}, "245.50 has more decimals than JPY, which has 0"),
        ({"currency": "roubles"}, "three capital letters"),
        ({"paths": {"shop": {"sign_in": "login"}}}, "pattern"),
    ],
)
def test_what_the_features_cannot_work_with_is_refused(
    tables: dict[str, object], words: str
) -> None:
    with pytest.raises(DataMistakes, match=words):
        Data.reference().overridden(tables)


@pytest.mark.parametrize(
    ("quoted_amount", "dinars", "yen"),
    [
        ("150,5", "15,05", "15050"),
        ("١٥٠٫٥٠", "١٥٫٠٥٠", "١٥٠٥٠"),
        ("10.005", "1.0005", "1000.5"),
        ("1,000.00", "1,000.00", "1,000.00"),
        ("482915", "482915", "482915"),
    ],
)
def test_an_amount_keeps_its_spelling_in_another_currency(
    quoted_amount: str, dinars: str, yen: str
) -> None:
    for currency, here in (("KWD", dinars), ("JPY", yen), ("RUB", quoted_amount)):
        other_data = Data.reference().model_copy(update={"currency": currency})
        assert other_data.typed_here(quoted_amount) == here
