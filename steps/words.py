"""Values in the text of a step, and how they are recognised on a page in any language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import parse
from pytest_bdd import parsers

from checkout_conformance.targets.glossary import Glossary

# What languages write between thousands: nothing, a comma, a point, a space, an apostrophe.
BETWEEN_THOUSANDS = r"[,.'’\s\u00a0\u202f]?"
POINT = r"[.,٫]"
QUOTED_FIELD = re.compile(r"""(?<=")\{(\w+)\}(?=")|(?<=«)\{(\w+)\}(?=»)""")
CURRENCIES = {"روبل": "RUB"}
UNITS = {
    "ثانية": "seconds",
    "ثوانٍ": "seconds",
    "دقيقة": "minutes",
    "دقائق": "minutes",
    "ساعة": "hours",
}
SITES = {"المحفظة": "wallet", "المتجر": "shop", "الخزنة": "vault"}
# In Arabic a verb says whether its subject is he or she: a notice and the shop, or a message, the
# wallet and the vault.
MISHAPS = {
    "يضيع": "is lost",
    "تضيع": "is lost",
    "يضيع مرة بعد مرة": "is lost again and again",
    "يصل مرتين": "comes twice",
    "تصل مرتين": "comes twice",
    "يسبقه إشعار آخر": "is overtaken by another",
    "تسبقها رسالة أخرى": "is overtaken by another",
    "يحمل توقيعًا خاطئًا": "carries a wrong signature",
}
FAILURES = {
    "متوقف عن العمل": "is down",
    "متوقفة عن العمل": "is down",
    "يجيب بخطأ": "answers with an error",
    "تجيب بخطأ": "answers with an error",
    "يجيب بنصف جواب": "answers half",
    "تجيب بنصف جواب": "answers half",
    "يقطع الاتصال بعد إتمام عمله": "breaks off after its work",
    "تقطع الاتصال بعد إتمام عملها": "breaks off after its work",
    "أبطأ من اللازم": "is too slow",
}
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def _either(arabic: dict[str, str]) -> str:
    """A pattern for each Arabic wording and for the English that it stands for."""
    return "|".join([*arabic, *dict.fromkeys(arabic.values())])


@dataclass(frozen=True)
class Money:
    """An amount in minor units and its currency, as a step names it: ``1450.00 RUB``."""

    minor: int
    currency: str

    @property
    def typed(self) -> str:
        """The amount as a buyer types it: ``1450.00``."""
        whole, part = divmod(self.minor, 100)
        return f"{whole}.{part:02}"

    @property
    def on_page(self) -> re.Pattern[str]:
        """Finds the amount in a text of any language; the sign of the currency is left open."""
        whole, part = divmod(self.minor, 100)
        groups = f"{whole:,}".split(",")
        return re.compile(rf"(?<!\d){BETWEEN_THOUSANDS.join(groups)}{POINT}{part:02}(?!\d)")


@parse.with_pattern(rf"\d+\.\d\d (?:[A-Z]{{3}}|{'|'.join(CURRENCIES)})")
def money(text: str) -> Money:
    """Read ``1450.00 RUB`` or, in an Arabic feature, ``1450.00 روبل``."""
    amount, currency = text.split(" ")
    return Money(int(amount.replace(".", "")), CURRENCIES.get(currency, currency))


@parse.with_pattern(rf"\d+ (?:seconds|minutes|hours|{'|'.join(UNITS)})")
def span(text: str) -> timedelta:
    """Read ``15 minutes`` or, in an Arabic feature, ``15 دقيقة``."""
    number, unit = text.split(" ")
    return timedelta(**{UNITS.get(unit, unit): int(number)})


@parse.with_pattern(r'[^"«»]*')
def quoted(text: str) -> str:
    """Read what stands between quotes, which may be nothing."""
    return text


@parse.with_pattern(r"[^«»]*")
def arabic_label(text: str) -> str:
    """Read a label that an Arabic feature quotes: its name in the glossary.

    Raises UnknownLabel or AmbiguousLabel.
    """
    return Glossary("ar").name_of(text)


@parse.with_pattern(r"\d+")
def count(text: str) -> int:
    """Read a whole number."""
    return int(text)


@parse.with_pattern(_either(SITES))
def site(text: str) -> str:
    """Read the name of a site, which an Arabic feature gives in Arabic."""
    return SITES.get(text, text)


@parse.with_pattern(_either(MISHAPS))
def mishap(text: str) -> str:
    """Read what happens to something on its way: in English, whatever the feature says it in."""
    return MISHAPS.get(text, text)


@parse.with_pattern(_either(FAILURES))
def failure(text: str) -> str:
    """Read how a site fails: in English, whatever the feature says it in."""
    return FAILURES.get(text, text)


def with_spaces(number: str) -> str:
    """The number as it is printed on a card."""
    return " ".join(re.findall(".{4}", number))


def with_dashes(number: str) -> str:
    """The number in the same groups, with dashes."""
    return "-".join(re.findall(".{4}", number))


def in_arabic_digits(number: str) -> str:
    """The number as an Arabic keyboard types it."""
    return number.translate(ARABIC_DIGITS)


def in_persian_digits(number: str) -> str:
    """The number as a Persian keyboard types it."""
    return number.translate(PERSIAN_DIGITS)


WRITTEN: dict[str, Callable[[str], str]] = {
    "with spaces": with_spaces,
    "with dashes": with_dashes,
    "in Arabic digits": in_arabic_digits,
    "in Persian digits": in_persian_digits,
    "بمسافات": with_spaces,
    "بشرطات": with_dashes,
    "بأرقام عربية مشرقية": in_arabic_digits,
    "بأرقام فارسية": in_persian_digits,
}


@parse.with_pattern("|".join(WRITTEN))
def way(text: str) -> Callable[[str], str]:
    """Read how a card number is written; the answer writes one so."""
    return WRITTEN[text]


TYPES = {
    "Site": site,
    "Mishap": mishap,
    "Failure": failure,
    "Money": money,
    "Count": count,
    "Span": span,
    "Text": quoted,
    "Label": arabic_label,
    "Way": way,
}


def sentence(text: str) -> parsers.parse:
    """A step's sentence, in which ``{m:Money}`` and ``{n:Count}`` mean the same everywhere.

    What stands in quotes, ``"{label}"`` or in Arabic ``«{name}»``, ends at the next quote and may
    be nothing. An Arabic sentence quotes a label as the Arabic pages print it: ``«{label:Label}»``.
    """
    typed = QUOTED_FIELD.sub(lambda field: f"{{{field[1] or field[2]}:Text}}", text)
    return parsers.parse(typed, extra_types=TYPES)
