"""Names by meaning: a documented label inside the name that a control has on a page.

A site may write "Pay RUB 1,190.00", "+ Add card" or "Amount *" where the document prints Pay,
Add card and Amount. The label must be there as whole words, in any letter case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

Text = str | re.Pattern[str]

# A browser's \w and \b know ASCII only: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic. Compiling
# a class takes time for each of its letters, so the many of East Asia are left out.
LETTERS = (
    r"A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u0481\u048a-\u0587"
    r"\u05d0-\u05ea\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u0750-\u077f\u1e00-\u1eff"
    r"\ufb50-\ufdff\ufe70-\ufefc"
)
DIGITS = r"0-9\u0660-\u0669\u06f0-\u06f9"
# What an amount has besides digits and signs: codes and words for currencies.
CURRENCIES = (
    "AED|CNY|EGP|EUR|GBP|KZT|QAR|RUB|RUR|SAR|TRY|USD|UZS",
    "roubles?|rubles?|руб|рубл(?:ь|я|ей)|р|коп",
    r"ر\.س|د\.إ|ج\.م|ر\.ق|روبل|دولار|يورو",
)


@dataclass(frozen=True)
class Name:
    """A label as it is looked for in names, from the nearest to the loosest."""

    words: str
    """The label itself: the whole name, in the same letter case."""
    plain: re.Pattern[str]
    """The label, with nothing but digits, signs and amounts around it."""
    begins: re.Pattern[str]
    """The label, and more words after it."""
    within: re.Pattern[str]
    """The label, anywhere in the name."""

    @property
    def levels(self) -> tuple[Text, ...]:
        """From the nearest to the loosest; each takes all that the one before takes."""
        return self.words, self.plain, self.begins, self.within


@cache
def name_of(words: str, labels: Iterable[str] = ()) -> Name:
    """Return the name with these words.

    A name with a longer one of ``labels`` in it belongs to that: "Confirm order" is no "Confirm".
    """
    whole = _whole(words)
    longer = [one for one in labels if len(one) > len(words) and _is_in(whole, one)]
    others = "|".join(_any_whole(longer))
    alone = rf"^(?![\s\S]*(?:{others}))" if others else "^"
    money = rf"(?<![{LETTERS}])(?:{'|'.join(CURRENCIES)})(?![{LETTERS}])"
    return Name(
        words,
        _compiled(rf"^[^{LETTERS}]*{whole}(?:[^{LETTERS}]|{money})*$"),
        _compiled(rf"{alone}[^{LETTERS}]*{whole}"),
        _compiled(rf"{alone}[\s\S]*?{whole}"),
    )


def whole_words(words: str) -> re.Pattern[str]:
    """Return a pattern that finds the words as whole words in a text, in the same letter case."""
    return re.compile(_whole(words))


def _whole(words: str) -> str:
    """The words, with no letter right before and after them; a digit beside a digit neither."""
    before, after = _edges(words)
    return f"{before}{_pattern(words)}{after}"


def _any_whole(texts: Iterable[str]) -> Iterator[str]:
    """Patterns for any of the texts as whole words: one for all that have the same edges."""
    by_edges: dict[tuple[str, str], list[str]] = {}
    for text in texts:
        by_edges.setdefault(_edges(text), []).append(_pattern(text))
    for (before, after), some in by_edges.items():
        yield f"{before}(?:{'|'.join(some)}){after}"


def _pattern(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def _edges(words: str) -> tuple[str, str]:
    """What must not stand right before and after the words."""
    text = words.strip()
    first, last = (_kind(text[0]), _kind(text[-1])) if text else ("", "")
    return rf"(?<![{first}])" if first else "", rf"(?![{last}])" if last else ""


def _kind(sign: str) -> str:
    if sign.isdigit():
        return DIGITS
    return LETTERS if sign.isalpha() else ""


def _is_in(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
