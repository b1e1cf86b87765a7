"""How a page says that one cent is held on a card, and for how long (C2.5)."""

from __future__ import annotations

import re

from .digits import DIGIT, in_any_script

# An amount with two decimals; no part of a date such as 27.11.2026.
AMOUNT = re.compile(r"(?<![\d.,])(\d+)[.,٫](\d\d)(?!\.?\d)")
# The words of our own pages are labels of the glossary; other sites may write a number.
_HUNDREDTH = rf"(?<!{DIGIT}){in_any_script('0')}[.,٫]{in_any_script('01')}(?!{DIGIT})"
_ONE_CENT = r"\b(?:one|1) (?:cent|kopek|kopeck)|1 цент|1 копе|один цент|سنت واحد"
_DAY = (
    rf"(?<!{DIGIT}){in_any_script('24')}(?!{DIGIT})"
    r"|(?:one|1|a) day|сут(?:ок|ки)|од(?:ин|ного) д(?:ень|ня)|يوم واحد|خلال يوم"
)


def one_cent(words: str) -> re.Pattern[str]:
    """Find a cent in a text: the words of the glossary, or the amount of a hundredth."""
    return re.compile("|".join((re.escape(words), _HUNDREDTH, _ONE_CENT)), re.IGNORECASE)


def one_day(words: str) -> re.Pattern[str]:
    """Find a day or less in a text: the words of the glossary, one day, or 24 hours."""
    return re.compile("|".join((re.escape(words), _DAY)), re.IGNORECASE)
