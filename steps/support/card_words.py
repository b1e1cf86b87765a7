"""What a page says of a linked card: its expiry and its holder."""

from __future__ import annotations

import re

MONTH_AND_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s*/\s*(?:20|٢٠)?(\d\d)(?!\d)")


def expiries_in(words: str) -> set[tuple[int, int]]:
    """The expiries in a text, each its month and the last two digits of its year."""
    return {(int(month), int(year)) for month, year in MONTH_AND_YEAR.findall(words)}


def cuts_name(words: str, name: str) -> bool:
    """Whether a text has a part of a name and not the whole name, in any case of letters.

    A part may follow what stands before it without a space, as texts of neighbouring elements do.
    """
    said, whole = (" ".join(text.casefold().split()) for text in (words, name))
    return whole not in said and any(part in said for part in whole.split())


def has_name(words: str, name: str) -> bool:
    """Whether a text has the whole name, in any case of letters."""
    said, whole = (" ".join(text.casefold().split()) for text in (words, name))
    return whole in said
