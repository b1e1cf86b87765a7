"""Counts of things, found in what pages of three languages say."""

from __future__ import annotations

import pytest

from steps.support.counts import count_on_page, numbers_before_times, says_number

ARABIC = {
    1: "لديك فاتورة واحدة غير مدفوعة.",
    2: "لديك فاتورتان غير مدفوعتين.",
    3: "لديك 3 فواتير غير مدفوعة.",
    11: "لديك 11 فاتورة غير مدفوعة.",
    12: "لديك 12 فاتورة غير مدفوعة.",
}


@pytest.mark.parametrize("number", ARABIC)
def test_an_arabic_count_is_found_in_its_own_words_only(number: int) -> None:
    found = [said for said, text in ARABIC.items() if count_on_page(number).search(text)]
    assert found == [number]


@pytest.mark.parametrize(
    ("number", "text", "found"),
    [
        (1, "You have 1 unpaid invoice.", True),
        (1, "You have 11 unpaid invoices.", False),
        (2, "У вас 2 неоплаченных счёта.", True),
        (2, "У вас 12 неоплаченных счетов.", False),
        (1, "حذف بطاقة واحدة؟", True),
        (2, "حذف بطاقتين؟", True),
        (2, "حذف بطاقة واحدة؟", False),
    ],
)
def test_a_count_is_found_whole(number: int, text: str, found: bool) -> None:
    assert bool(count_on_page(number).search(text)) is found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Felt slippers 3 × RUB 1,190.00 RUB 3,570.00", True),
        ("Felt slippers × 3", True),
        ("خف ٣ × ١٬١٩٠٫٠٠", True),
        ("Felt slippers 1 × RUB 1,190.00", False),
        ("RUB 3.00", False),
        ("RUB 1,003", False),
        ("1 003,50 ₽", False),
        ("13 pieces", False),
    ],
)
def test_a_number_by_itself_is_no_part_of_an_amount(text: str, says: bool) -> None:
    assert says_number(text, 3) is says


@pytest.mark.parametrize(
    ("text", "counted"),
    [("Tea, 2 x 50 g  3", set()), ("Tea, 2 x 50 g  3 × 150.00", {3}), ("Tea, 2 x 50 g", set())],
)
def test_a_number_in_the_name_of_a_product_counts_no_pieces(text: str, counted: set[int]) -> None:
    assert numbers_before_times(text, "Tea, 2 x 50 g") == counted
