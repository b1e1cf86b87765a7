"""Values in the sentences of steps: the same in an English and in an Arabic feature."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from checkout_conformance.targets.glossary import UnknownLabel
from steps.support.amounts import NamedAmount
from steps.support.card_numbers import in_arabic_digits, with_dashes
from steps.support.faults import FAILURES, MISHAPS
from steps.support.sentences import SENTENCES

LOST_FOR_GOOD = MISHAPS["is lost every time"]
HALF = FAILURES["sends half an answer"]
ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")


def values(pattern: str, text: str) -> dict[str, Any] | None:
    """The values in a line, in Arabic if the line has an Arabic letter."""
    locale = "ar" if ARABIC_LETTER.search(text) else "en"
    return SENTENCES.wording(pattern, locale).values(text)


@pytest.mark.parametrize(
    ("pattern", "text", "value"),
    [
        ("holds {value:Money}", "holds 1450.00 RUB", NamedAmount(145_000, "RUB")),
        ("يبقى {value:Money}", "يبقى 1450.00 روبل", NamedAmount(145_000, "RUB")),
        ("{value:Span} have passed", "15 minutes have passed", timedelta(minutes=15)),
        ("مضت {value:Span}", "مضت 15 دقيقة", timedelta(minutes=15)),
        ("مضت {value:Span}", "مضت 5 دقائق", timedelta(minutes=5)),
        ("مضت {value:Span}", "مضت 30 ثانية", timedelta(seconds=30)),
        ("مضت {value:Span}", "مضت 24 ساعة", timedelta(hours=24)),
        ("تمضي {value:Span}", "تمضي 10 ثوانٍ", timedelta(seconds=10)),
        ("the {value:Site} answers", "the vault answers", "vault"),
        ("تجيب {value:Site}", "تجيب الخزنة", "vault"),
        ("the notice {value:Mishap}", "the notice is lost every time", LOST_FOR_GOOD),
        ("أن الإشعار {value:Mishap}", "أن الإشعار يضيع كل مرة", LOST_FOR_GOOD),
        ("أن الإشعار {value:Mishap}", "أن الإشعار يضيع", MISHAPS["is lost"]),
        ("أن الرسالة {value:Mishap}", "أن الرسالة تضيع", MISHAPS["is lost"]),
        ("the shop {value:Failure}", "the shop sends half an answer", HALF),
        ("أن المتجر {value:Failure}", "أن المتجر يجيب بنصف جواب", HALF),
        ("أن المحفظة {value:Failure}", "أن المحفظة تجيب بنصف جواب", HALF),
        ("written {value:Way}", "written with dashes", with_dashes),
        ("مكتوب {value:Way}", "مكتوب بأرقام عربية مشرقية", in_arabic_digits),
        ('presses "{value}"', 'presses "Pay"', "Pay"),
        ("يضع «{value}»", "يضع «Felt slippers»", "Felt slippers"),
        ("يضع «{value}»", "يضع «»", ""),
        ("يضغط «{value:Label}»", "يضغط «دفع»", "Pay"),
        ("يضغط «{value:Label}»", "يضغط «للدفع»", "Pay (invoice)"),
    ],
)
def test_a_value_is_read(pattern: str, text: str, value: object) -> None:
    assert values(pattern, text) == {"value": value}


def test_what_stands_in_quotes_ends_at_the_next_quote() -> None:
    assert values("يضغط «{label}»", "يضغط «دفع» أسفل «سلة»") is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{money:Money}", "10 روبل"),
        ("{money:Money}", "10.00 دولار"),
        ("{span:Span}", "5 أيام"),
        ("{how:Way}", "بفواصل"),
        ("{site:Site}", "البنك"),
        ("{mishap:Mishap}", "يطير"),
        ("{failure:Failure}", "ينام"),
    ],
)
def test_what_is_no_such_value_is_no_such_sentence(pattern: str, text: str) -> None:
    assert values(pattern, text) is None


def test_a_label_that_no_arabic_page_has_is_named() -> None:
    with pytest.raises(UnknownLabel, match="«ادفع»"):
        values("يضغط «{label:Label}»", "يضغط «ادفع»")
