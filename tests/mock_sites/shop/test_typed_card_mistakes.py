"""A card that is typed wrong is said beside its field, and nothing is linked (C1.5)."""

from __future__ import annotations

import pytest

from tests.support.shop_fixture import (
    ADDRESS,
    SAVED,
    Customer,
    ShopFixture,
    without_keys,
    words,
)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("card_number", "", "Enter the card number."),
        ("card_number", "four ones", "Enter the card number in digits"),
        ("card_number", "4111 1111 1111 1112", "This card number has a typo."),
        ("card_number", "4111 1111 1111", "too few or too many digits"),
        ("card_holder", "", "Enter the card holder's name."),
        ("card_holder", "R2 D2", "Enter the name in letters"),
        ("card_holder", "a" * 200, "Enter no more than 100 characters."),
        ("expiry", "", "Enter the month and year of expiry."),
        ("expiry", "13/40", "This month does not exist."),
        ("expiry", "01/20", "This card has expired."),
        ("security_code", "", "Enter the security code."),
        ("security_code", "1234", "The security code of this card has 3 digits."),
    ],
)
def test_a_mistake_in_the_card_is_said_and_the_rest_is_kept(
    fixture: ShopFixture, customer: Customer, checkout: str, field: str, typed: str, message: str
) -> None:
    page = customer.press(checkout, "confirm-card", **SAVED | {field: typed})

    assert message in words(page.split(f'id="{field}-error"')[1].split("</p>")[0])
    for kept in ("card_holder", "expiry"):
        assert f'value="{(SAVED | {field: typed})[kept]}"' in page
    assert f'value="{ADDRESS["street"]}"' in page
    assert fixture.vault.asked_for("/vaults/vaultPaymentMethod") == []


def test_the_code_of_a_mistyped_american_express_still_has_four_figures(
    customer: Customer, checkout: str
) -> None:
    page = customer.press(checkout, "confirm-card", **SAVED | {"card_number": "3782 822463 10006"})

    assert "The security code of this card has 4 digits." in words(page)


def test_neither_number_nor_code_is_shown_again(customer: Customer, checkout: str) -> None:
    page = customer.press(checkout, "confirm-card", **SAVED | {"card_holder": ""})

    assert "It ended in 1111" in words(page)
    for secret in ("4111 1111", "41111111", "737"):
        assert secret not in without_keys(page)


def test_a_month_is_judged_by_the_clock_of_the_stack(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    this_month = fixture.clock.now().strftime("%m/%y")

    page = customer.press(checkout, "confirm-card", **SAVED | {"expiry": this_month})

    assert "The card is linked." in words(page)
