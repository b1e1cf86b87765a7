"""The languages of the reports. Their words are in ``reports/translations/<language>.po``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from checkout_conformance.project import REPORT_FILES

CATALOGUES = REPORT_FILES / "translations"


@dataclass(frozen=True)
class LanguageName:
    """A language by its code, and by its name in itself."""

    code: str
    name: str


def name_of(language: str) -> LanguageName:
    """Return the name that a language has for itself."""
    return LanguageName(language, str(Locale.parse(language).get_display_name()))


@cache
def words_in(language: str) -> NullTranslations:
    """The words of a language; the source's own where it has no catalogue."""
    file = CATALOGUES / f"{language}.po"
    if not file.exists():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as words:
        write_mo(compiled, read_po(words, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def direction_of(language: str) -> str:
    """ "rtl" for Arabic, "ltr" for the others."""
    return Locale.parse(language).text_direction
