"""Read the amounts of money on a page, in any script and convention, as upper bounds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from checkout_conformance.safety.currencies import UNKNOWN, Sign, languages_of, plain, signs

# Marks inside a number: groups, fractions. Portuguese also uses the dollar sign there.
NUMBER = re.compile(r"\d+(?:[ .,'’‘`´·⋅∙_٫٬،・⸱$]\d+)*")
FRACTION_MARKS = ".,٫·⸱$،"
LONGEST_FRACTION = 3
# Between a number and the sign of its currency: also 1'000.- and 1000:-
SKIPPED = " \t.:()-–—−+"
AFTER_NUMBER = re.compile(r"(?:[.,] ?[-–—]+|:-)?[ \t.:()\-–—−+]*")
SCALES = {
    **dict.fromkeys(("k", "тыс", "тысяч", "тысяча", "тысячи", "thousand", "千", "ألف", "آلاف"), 3),
    **dict.fromkeys(("万", "萬"), 4),
    **dict.fromkeys(("lakh", "lakhs"), 5),
    **dict.fromkeys(("m", "mln", "млн", "million", "миллион", "миллиона", "миллионов"), 6),
    **dict.fromkeys(("مليون", "ملايين"), 6),
    **dict.fromkeys(("crore", "crores"), 7),
    **dict.fromkeys(("億", "亿"), 8),
    **dict.fromkeys(("bn", "млрд", "billion", "миллиард", "مليار"), 9),
}
SCALE = re.compile(rf" ?({'|'.join(sorted(SCALES, key=len, reverse=True))})\b\.?", re.IGNORECASE)
# A number after one of these is money, whatever it looks like.
TOTAL = re.compile(
    r"(?:total|amount|sum|to pay|pay|due|price|cost|charge|итого|всего|сумма|к оплате|оплатить|цена"
    r"|стоимость|المجموع|الإجمالي|المبلغ|السعر|الثمن)[^\w\n]*$",
    re.IGNORECASE,
)
UNIT = re.compile(
    r" ?(?:[kmc]?g|[km]?b|m?l|[kcm]?m|s|ms|h|кг|г|мл|л|см|мм|м|км|с|ч)\b", re.IGNORECASE
)
LINES = re.compile(r"[\n\r\x1e\f\v]+")
# Words of these scripts do not run into each other: a letter after them makes another word.
SPACED_SCRIPTS_END = 0x0E00
LONGEST_SIGN = 50
LONGEST_SHOWN = 12


@dataclass(frozen=True)
class PageAmount:
    """An amount of money; its value is the largest possible one, None if unreadable."""

    value: Decimal | None
    sign: Sign
    # As it stands on the page, in ASCII digits.
    number: str = field(default="", compare=False)

    def read(self, decimals: int) -> Decimal | None:
        """Read the number as an amount of a currency with this number of decimals.

        ``1.500`` is one and a half with three decimals. Use ``value`` for a limit: it is the
        largest possible amount. Returns None if the number cannot be read.
        """
        marks, groups = re.findall(r"\D", self.number), re.split(r"\D", self.number)
        if marks and len(groups[-1]) == decimals and _has_fraction(groups, marks):
            return Decimal(f"{''.join(groups[:-1])}.{groups[-1]}")
        return self.value

    def __str__(self) -> str:
        names = self.sign.usual or "/".join(sorted(self.sign.may_be)[:4]) or "of no known currency"
        if self.value is None:
            return f"something unreadable {names}"
        digits = f"{self.value:f}"
        # A longer one may be the number of a card.
        return f"{digits if len(digits) <= LONGEST_SHOWN else 'a very long number'} {names}"


def amounts_in(text: str, language: str = "en") -> list[PageAmount]:
    """Return every amount of money in the text of a page in ``language`` (BCP 47)."""
    known = signs(languages_of(text, language))
    lines = [line.strip(" \t") for line in LINES.split(plain(text))]
    around = ["", *lines, ""]
    return [
        amount
        for place, line in enumerate(lines)
        for amount in _in_line(line, around[place], around[place + 2], known)
    ]


def largest(number: str) -> Decimal | None:
    """Return the largest value that a number may mean; None for a non-number such as 007."""
    marks, groups = re.findall(r"\D", number), re.split(r"\D", number)
    if len(groups) == 1:
        return None if len(number) > 1 and number[0] == "0" else Decimal(number)
    readings = []
    if _grouped(groups, marks):
        readings.append(Decimal("".join(groups)))
    if _has_fraction(groups, marks):
        readings.append(Decimal(f"{''.join(groups[:-1])}.{groups[-1]}"))
    return max(readings, default=Decimal("".join(groups)))


def _grouped(groups: list[str], marks: list[str]) -> bool:
    """Return whether these are digit groups of a whole number, Indian groups included."""
    first, *others = groups
    if not others:
        return first == "0" or first[0] != "0"
    return (
        len(set(marks)) == 1
        and len(first) <= 3
        and first[0] != "0"
        and all(len(group) in (2, 3) for group in others)
        and len(others[-1]) == 3
    )


def _has_fraction(groups: list[str], marks: list[str]) -> bool:
    return (
        marks[-1] in FRACTION_MARKS
        and marks[-1] not in marks[:-1]
        and _grouped(groups[:-1], marks[:-1])
        and (len(groups[-1]) <= LONGEST_FRACTION or groups[:-1] == ["0"])
    )


def _in_line(line: str, above: str, below: str, known: dict[str, Sign]) -> Iterator[PageAmount]:
    for found in NUMBER.finditer(line):
        before, after = line[: found.start()], line[found.end() :]
        scale = SCALE.match(after)
        rest = after[scale.end() :] if scale else after
        near = [*_sign_after(rest, known), *_sign_before(before, known)]
        if scale and not near:
            scale, near = None, [*_sign_after(after, known)]
        # A sign on a line of its own belongs to the number on the line beside it.
        if not near and not rest:
            near += _whole_line(below, known)
        if not near and not before:
            near += _whole_line(above, known)
        if not near and _looks_like_money(found[0], before, after):
            near = [UNKNOWN]
        value = largest(found[0])
        if value is not None and scale:
            value = value.scaleb(SCALES[scale[1].lower()])
        number = "" if scale else found[0]
        yield from (PageAmount(value, sign, number) for sign in near)


def _looks_like_money(number: str, before: str, after: str) -> bool:
    if TOTAL.search(before):
        return True
    groups, marks = re.split(r"\D", number), re.findall(r"\D", number)
    return (
        len(groups) > 1
        and len(groups[-1]) == 2
        and _has_fraction(groups, marks)
        and not re.match(r"[.,:/%\w-]\w|%| %", after)
        and not UNIT.match(after)
        and not re.search(r"[\w.,:/-]$", before)
    )


def _sign_after(text: str, known: dict[str, Sign]) -> Iterator[Sign]:
    skipped = AFTER_NUMBER.match(text)
    rest = text[skipped.end() :] if skipped else text
    for length in range(min(LONGEST_SIGN, len(rest)), 0, -1):
        sign, following = rest[:length], rest[length : length + 1]
        if _joined(sign[-1], following) or _is_mere_letter(sign):
            continue
        if meaning := known.get(sign) or known.get(sign.casefold()):
            yield meaning
            return
    if rest and unicodedata.category(rest[0]) == "Sc":
        yield UNKNOWN


def _sign_before(text: str, known: dict[str, Sign]) -> Iterator[Sign]:
    rest = text.rstrip(SKIPPED)
    is_attached = rest == text
    # The last character may be one of the sign's own: Rs. 100
    for candidate in dict.fromkeys((text.rstrip(" \t"), rest)):
        for length in range(min(LONGEST_SIGN, len(candidate)), 0, -1):
            sign, preceding = candidate[-length:], candidate[-length - 1 : -length]
            if _joined(sign[0], preceding) or (_is_mere_letter(sign) and not is_attached):
                continue
            if meaning := known.get(sign) or known.get(sign.casefold()):
                yield meaning
                return
    if rest and unicodedata.category(rest[-1]) == "Sc":
        yield UNKNOWN


def _whole_line(line: str, known: dict[str, Sign]) -> list[Sign]:
    sign = line.strip(SKIPPED)
    meaning = known.get(line) or known.get(sign) or known.get(sign.casefold())
    return [meaning] if meaning and not _is_mere_letter(sign) else []


def _joined(one: str, other: str) -> bool:
    """Return whether two neighbouring characters are letters of one word."""
    return one.isalpha() and other.isalpha() and ord(one) < SPACED_SCRIPTS_END


def _is_mere_letter(sign: str) -> bool:
    """Return whether the sign is a single letter, which can mean many things: 5 L, 3 K."""
    return len(sign) == 1 and sign.isascii() and sign.isalpha()
