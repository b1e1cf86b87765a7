from __future__ import annotations

import re

import pytest

from checkout_conformance.drivers.http.reading.patterns import as_in_browser
from checkout_conformance.targets.names import Name, name_of, whole_words
from checkout_conformance.targets.target import Target

NEAREST = ("same", "plain", "begins", "within")
# A label, a name on a page, and how near the label is to it; "" if the name is another thing's.
NAMES = [
    ("Pay", "Pay", "same"),
    ("Pay", "PAY", "plain"),
    ("Pay", "Pay RUB 1,190.00", "plain"),
    ("Pay", "Pay 1 190 ₽", "plain"),
    ("Pay", "Pay 150 roubles", "plain"),
    ("Pay", "Pay Samovar shop", "begins"),
    ("Pay", "Go on and pay", "within"),
    ("Pay", "Payments", ""),
    ("Pay", "Repay", ""),
    ("Pay", "Prepay 10", ""),
    ("Cart", "Cart (2)", "plain"),
    ("Cart", "Cart2", "plain"),
    ("Cart", "Cartoons", ""),
    ("Add card", "+ Add card", "plain"),
    ("Add card", "Add  card", "plain"),
    ("Add card", "Add a card", ""),
    ("Amount", "Amount *", "plain"),
    ("Amount", "Amount, RUB", "plain"),
    ("Steam", "Steam 0 % fee", "begins"),
    ("Steam", "Steam Deck", "begins"),
    ("Card number", "Card number (16 digits)", "begins"),
    ("Honey, 500 g", "Honey, 500 g", "same"),
    ("Slippers, size 4", "Slippers, size 42", ""),
    ("Оплатить", "Оплатить 1 190,00 ₽", "plain"),
    ("Оплатить", "Оплатить 150 руб.", "plain"),
    ("Оплатить", "ОПЛАТИТЬ", "plain"),
    ("Оплатить", "Оплатить заказ", "begins"),
    ("Оплатить", "Предоплатить", ""),
    ("Карта", "Карта Visa, Mastercard", "begins"),
    ("Карта", "Картами", ""),
    ("Счёт", "Мой счёт", "within"),
    ("دفع", "دفع", "same"),
    ("دفع", "دفع ١٥٠ ر.س.", "plain"),
    ("دفع", "دفع 150.00 RUB", "plain"),
    ("دفع", "دفع الفاتورة", "begins"),
    ("دفع", "الدفع", ""),
    ("دفع", "يُدفع", ""),
    ("إضافة بطاقة", "+ إضافة بطاقة", "plain"),
    ("بخار", "بخار بدون رسوم", "begins"),
]


def nearness(name: Name, on_page: str) -> str:
    """The nearest level by which a browser takes the name of a thing for the label."""
    patterns = (re.compile(f"^{re.escape(name.words)}$"), name.plain, name.begins, name.within)
    found = (
        near
        for near, one in zip(NEAREST, patterns, strict=True)
        if as_in_browser(one).search(on_page)
    )
    return next(found, "")


@pytest.mark.parametrize(("label", "on_page", "near"), NAMES)
def test_a_label_is_found_in_names_as_whole_words(label: str, on_page: str, near: str) -> None:
    assert nearness(name_of(label), on_page) == near


@pytest.mark.parametrize(("label", "on_page", "near"), NAMES)
def test_a_looser_level_takes_all_that_a_nearer_one_takes(
    label: str, on_page: str, near: str
) -> None:
    name = name_of(label)
    if near == "plain":
        assert name.begins.search(on_page)
    if near in ("plain", "begins"):
        assert name.within.search(on_page)


@pytest.mark.parametrize(
    ("label", "on_page", "near"),
    [
        ("Confirm", "Confirm", "same"),
        ("Confirm", "Confirm order", ""),
        ("Confirm", "Confirm order and pay", ""),
        ("Confirm", "Confirm now", "begins"),
        ("Confirm order", "Confirm order", "same"),
        ("QIWI Wallet", "Visa QIWI Wallet", ""),
        ("QIWI Wallet", "QIWI Wallet (0 %)", "plain"),
        ("Card", "Card number", ""),
        ("Cart", "Add to cart", ""),
    ],
)
def test_a_longer_label_belongs_to_another_thing(label: str, on_page: str, near: str) -> None:
    assert nearness(Target("mock", "en").name_of(label), on_page) == near


@pytest.mark.parametrize(
    ("text", "found"),
    [("Steam 0 % fee", True), ("STEAM", False), ("Steampunk", False), ("My Steam", True)],
)
def test_whole_words_keep_their_letter_case(text: str, found: bool) -> None:
    assert bool(as_in_browser(whole_words("Steam")).search(text)) is found


def test_a_target_s_own_labels_are_looked_for() -> None:
    target = Target("staging", "en", labels={"Pay": "Checkout", "Confirm": "Checkout now"})
    assert nearness(target.name_of("Pay"), "Checkout (2)") == "plain"
    assert nearness(target.name_of("Pay"), "Checkout now") == ""
