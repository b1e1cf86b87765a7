"""The codes, symbols and names of currencies on pages, from Babel's CLDR data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_symbol

from checkout_conformance.targets.glossary import LOCALES

# Locales whose currencies have short local signs: kr, zł, Kč, лв.
HOMES = re.findall(
    r"\w+",
    "ar_EG ar_SA az be bg bn cs da de de_CH en_AU en_CA en_GB en_IN en_NZ en_SG en_ZA es es_AR"
    " es_MX fa fr_CA fr_CH ga he hi hr hu hy id is it ja ka kk km ko ky lo mk mn ms my nb ne nl nn"
    " pl pt_BR pt_PT ro ru sq sr sv sw ta th tr uk ur uz vi zh zh_Hant_HK zh_Hant_TW",
)
# Counts of which languages make different words.
COUNTS = (1, 2, 3, 5, 11, 100)
# In these the noun comes first: ريال سعودي.
NOUN_FIRST = ("ar", "fa", "he", "ur", "es", "fr", "it", "pt", "ro")
# What CLDR does not have, in the spelling of ``plain``.
MORE_SIGNS = {
    **dict.fromkeys(("руб", "руб.", "р", "р.", "rub.", "rur", "roubles", "rouble"), ("RUB",)),
    **dict.fromkeys(("rs", "rs."), ("INR", "PKR", "LKR", "NPR", "MUR", "SCR")),
    **dict.fromkeys(("тг", "тг.", "тнг"), ("KZT",)),
    **dict.fromkeys(("грн", "грн."), ("UAH",)),
    **dict.fromkeys(("fr", "fr.", "sfr", "sfr."), ("CHF",)),
    **dict.fromkeys(("dhs", "dh", "dhs."), ("AED", "MAD")),
    **dict.fromkeys(("kr", "kr.", ":-"), ("DKK", "ISK", "NOK", "SEK")),
    **dict.fromkeys(("円", "圓"), ("JPY",)),
    **dict.fromkeys(("元",), ("CNY", "HKD", "TWD")),
    **dict.fromkeys(("원",), ("KRW",)),
    # Money by which no limit can be given.
    **dict.fromkeys(("تومان", "btc", "eth", "usdt"), ()),
}
# Codes that are words too: these count in capitals only.
WORDS = frozenset(
    [
        "ALL",
        "BAM",
        "BOB",
        "CAD",
        "CUP",
        "GEL",
        "LAK",
        "MAD",
        "MOP",
        "MUR",
        "NAD",
        "PEN",
        "PHP",
        "RON",
        "SOS",
        "TOP",
        "TRY",
    ]
)
# Digits of a script, and the language that writes them so.
SCRIPTS = {
    "ARABIC-INDIC": "ar_EG",
    "EXTENDED": "fa",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "THAI": "th",
    "KHMER": "km",
    "MYANMAR": "my",
    "LAO": "lo",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "TAMIL": "ta",
    "TELUGU": "te",
    "TIBETAN": "dz",
    "ORIYA": "or",
}


@dataclass(frozen=True)
class Sign:
    """The currencies that a sign may mean; ``usual`` is that of the page's language."""

    may_be: frozenset[str]
    usual: str | None = None


UNKNOWN = Sign(frozenset())


def plain(text: str) -> str:
    """``text`` with ASCII digits, simple spaces and no invisible characters."""
    if text.isascii():
        return text
    compatible = unicodedata.normalize("NFKC", text)
    return "".join(
        str(unicodedata.decimal(one)) if one.isdecimal() else one
        for one in compatible
        if unicodedata.category(one) != "Cf"
    )


def languages_of(text: str, language: str) -> tuple[str, ...]:
    """The languages in which a text may write a currency: the page's, its digits', ours."""
    scripts = {unicodedata.name(one).split()[0] for one in set(text) if one.isdecimal()}
    by_digits = sorted(SCRIPTS[script] for script in scripts if script in SCRIPTS)
    return tuple(dict.fromkeys(filter(None, (language, *by_digits, *LOCALES))))


@lru_cache(maxsize=32)
def signs(languages: tuple[str, ...]) -> dict[str, Sign]:
    """Every sign by its spelling: symbols and codes as they are, words in small letters."""
    found: dict[str, set[str]] = {}
    usual: dict[str, str] = {}
    for locale in _locales(languages):
        for sign, code in _symbols(locale):
            found.setdefault(sign, set()).add(code)
            usual.setdefault(sign, code)
        for word, code in _words(locale):
            found.setdefault(word, set()).add(code)
    for locale in _locales(HOMES):
        for sign, code in filter(lambda pair: is_current(pair[1]), _symbols(locale)):
            for spelling in (sign, re.sub(r"^[A-Za-z]+(?=\W$)", "", sign)):
                found.setdefault(spelling, set()).add(code)
    for code in codes():
        found[code], usual[code] = {code}, code
        if code not in WORDS and is_current(code):
            found[code.lower()] = {code}
    for sign, some in MORE_SIGNS.items():
        found.setdefault(sign, set()).update(some)
    return {
        sign: Sign(frozenset(meanings), usual.get(sign))
        for sign, meanings in found.items()
        if sign and not sign.isspace() and not any(one.isdigit() for one in sign)
    }


def codes() -> list[str]:
    """Return all current and former ISO codes, without metals and test codes."""
    return sorted(code for code in get_global("all_currencies") if code[0] != "X")


@lru_cache
def _current() -> frozenset[str]:
    of_places = get_global("territory_currencies").values()
    return frozenset(code for some in of_places for code, _, end, *_ in some if end is None)


def is_current(code: str) -> bool:
    """Return whether the currency is in use today."""
    return code in _current()


def _locales(names: Iterable[str]) -> Iterator[Locale]:
    for name in names:
        for shorter in (name.replace("-", "_"), re.split("[-_]", name)[0]):
            try:
                yield Locale.parse(shorter)
            except (ValueError, UnknownLocaleError):
                continue
            break


def _symbols(locale: Locale) -> Iterator[tuple[str, str]]:
    for code in codes():
        yield plain(get_currency_symbol(code, locale)).strip(), code


def _words(locale: Locale) -> Iterator[tuple[str, str]]:
    for code in codes():
        for count in COUNTS:
            name = plain(get_currency_name(code, count, locale)).casefold()
            if name == code.casefold():
                continue
            yield name, code
            words = re.sub(r"\(.*?\)", "", name).split()
            if words and is_current(code):
                noun = words[0] if locale.language in NOUN_FIRST else words[-1]
                if len(noun) > 2:
                    yield noun, code
