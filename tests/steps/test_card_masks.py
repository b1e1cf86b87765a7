"""Cards, found in the masks that sites write."""

from __future__ import annotations

import pytest

from steps.support.card_masks import mask_of


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Visa •••• 1111", True),
        ("Visa **** 1111", True),
        ("VISA •1111", True),
        ("Visa ending in 1111", True),
        ("Visa, оканчивается на 1111", True),
        ("4111 11** **** 1111 Visa", True),
        ("Visa 4111 11•• •••• 1111", True),
        ("•••• 1111 (Visa)", True),
        ("فيزا •••• ١١١١", True),
        ("Card Visa ···1111, 12/30", True),
        ("Mastercard •••• 1111", False),
        ("Visa 4111 1111 1111 1111", False),
        ("Visa 4111111111111111", False),
        ("Visa 411111111••• 1111", False),
        ("Visa •••• 1112", False),
        ("Visa •••• 11111", False),
        ("Visa •••• 4444", False),
        ("•••• 1111", False),
        ("Visage 1111", False),
        ("Visa •••• 4444, Mastercard •••• 1111", False),
    ],
)
def test_a_card_is_found_by_its_brand_and_last_digits(written: str, found: bool) -> None:
    assert bool(mask_of("Visa", "1111").search(written)) is found


@pytest.mark.parametrize(
    "written", ["Mastercard •••• 4444", "MasterCard **** 4444", "ماستركارد 4444"]
)
def test_a_brand_has_several_spellings(written: str) -> None:
    assert mask_of("Mastercard", "4444").search(written)
