"""Values in the sentences of steps: the same in an English and in an Arabic feature."""

from __future__ import annotations

from datetime import timedelta

import pytest

from checkout_conformance.targets.glossary import UnknownLabel
from steps.words import Money, in_arabic_digits, sentence, with_dashes

LOST_FOR_GOOD = "is lost again and again"


@pytest.mark.parametrize(
    ("pattern", "text", "value"),
    [
        ("holds {value:Money}", "holds 1450.00 RUB", Money(145_000, "RUB")),
        ("يبقى {value:Money}", "يبقى 1450.00 روبل", Money(145_000, "RUB")),
        ("{value:Span} have passed", "15 minutes have passed", timedelta(minutes=15)),
        ("مضت {value:Span}", "مضت 15 دقيقة", timedelta(minutes=15)),
        ("مضت {value:Span}", "مضت 5 دقائق", timedelta(minutes=5)),
        ("مضت {value:Span}", "مضت 30 ثانية", timedelta(seconds=30)),
        ("مضت {value:Span}", "مضت 24 ساعة", timedelta(hours=24)),
        ("تمضي {value:Span}", "تمضي 10 ثوانٍ", timedelta(seconds=10)),
        ("the {value:Site} answers", "the vault answers", "vault"),
        ("تجيب {value:Site}", "تجيب الخزنة", "vault"),
        ("the notice {value:Mishap}", "the notice is lost again and again", LOST_FOR_GOOD),
        ("أن الإشعار {value:Mishap}", "أن الإشعار يضيع مرة بعد مرة", LOST_FOR_GOOD),
        ("أن الإشعار {value:Mishap}", "أن الإشعار يضيع", "is lost"),
        ("أن الرسالة {value:Mishap}", "أن الرسالة تضيع", "is lost"),
        ("the shop {value:Failure}", "the shop answers half", "answers half"),
        ("أن المتجر {value:Failure}", "أن المتجر يجيب بنصف جواب", "answers half"),
        ("أن المحفظة {value:Failure}", "أن المحفظة تجيب بنصف جواب", "answers half"),
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
    assert sentence(pattern).parse_arguments(text) == {"value": value}


def test_what_stands_in_quotes_ends_at_the_next_quote() -> None:
    assert not sentence("يضغط «{label}»").is_matching("يضغط «دفع» أسفل «سلة»")


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
    assert not sentence(pattern).is_matching(text)


def test_a_label_that_no_arabic_page_has_is_named() -> None:
    with pytest.raises(UnknownLabel, match="«ادفع»"):
        sentence("يضغط «{label:Label}»").is_matching("يضغط «ادفع»")
