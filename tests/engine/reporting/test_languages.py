"""The catalogues of the pages' words: whole, and with nothing lost on the way."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from mock_sites.shared.web.languages import CATALOGUES, LANGUAGES, SOURCE_LANGUAGE, catalogue
from tests.support.made_once import made_once
from tools import ROOT

TRANSLATED = sorted(set(LANGUAGES) - {SOURCE_LANGUAGE})
PLACEHOLDER = re.compile(r"%\(\w+\)s")
COUNT = "%(num)s"
ENGLISH = Path("en", "LC_MESSAGES", "messages.po")
Name = tuple[str | None, str]
EMPTY = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """What pybabel finds in the code, the templates and the goods of the sites.

    It is read from a catalogue that was empty before: those of the sites hold what is translated.
    """
    folder = made_once(tmp_path_factory.getbasetemp(), worker_id, "words", make_words_anew)
    return folder / ENGLISH


def make_words_anew(folder: Path) -> None:
    """Make a catalogue with the words of the sites, and no translation, in an empty folder."""
    file = folder / ENGLISH
    file.parent.mkdir(parents=True)
    file.write_text(EMPTY, encoding="utf-8")
    make_words(folder)


def make_words(catalogues: Path) -> None:
    """Bring the catalogues in a folder up to date, as ``make words`` does with the sites' own."""
    command = ["make", "--silent", "--old-file=setup", "words", f"CATALOGUES={catalogues}"]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)


def read(file: Path, language: str | None = None) -> Catalog:
    with file.open("rb") as words:
        return read_po(words, locale=language)


@cache
def translated(language: str) -> Catalog:
    return read(CATALOGUES / language / "LC_MESSAGES" / "messages.po", language)


def messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def name(message: Message) -> Name:
    """What a message is known by: its context, and its words for one thing."""
    return message.context, forms(message.id)[0]


def forms(words: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def numbers_of(form: int, language: str) -> list[int]:
    """The numbers up to a thousand that take a plural form of a language."""
    choose = c2py(re.sub(r".*plural=", "", translated(language).plural_forms).rstrip(";"))
    return [number for number in range(1_000) if choose(number) == form]


def untranslated(message: Message, catalog: Catalog) -> bool:
    said = forms(message.string)
    return len(said) != (catalog.num_plurals if message.pluralizable else 1) or not all(said)


def test_the_words_are_found_wherever_they_stand(template: Path) -> None:
    found = {name(message) for message in messages(read(template))}
    page, state, field, payee = "Skip to content", "Not paid", "Recipient's name", "Steam"
    assert {(None, each) for each in (page, state, field, payee)} <= found
    assert {("invoice", "Pay"), ("means of payment", "Card"), ("category", "Kitchen")} <= found


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_missing(template: Path, language: str) -> None:
    catalog = translated(language)
    complete = {name(one) for one in messages(catalog) if not untranslated(one, catalog)}
    missing = {name(message) for message in messages(read(template))} - complete
    assert missing == set(), f"not translated into {language}; type: make words"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_of_words_that_nobody_says(template: Path, language: str) -> None:
    catalog = translated(language)
    extra = {name(message) for message in messages(catalog)}
    extra -= {name(message) for message in messages(read(template))}
    assert extra | set(catalog.obsolete) == set(), "no longer said; type: make words"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess(language: str) -> None:
    assert [name(message) for message in messages(translated(language)) if message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_that_is_filled_in_is_lost_in_translation(language: str) -> None:
    for message in messages(translated(language)):
        expected = sorted(PLACEHOLDER.findall(forms(message.id)[0]))
        for form, translation in enumerate(forms(message.string)):
            # A form of one number only can say it in a word: فاتورتان are two invoices.
            in_words = message.pluralizable and len(numbers_of(form, language)) == 1
            unsaid = [COUNT] if in_words and COUNT not in translation else []
            found = sorted(PLACEHOLDER.findall(translation) + unsaid)
            assert found == expected, translation


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_word_taken_out_of_a_catalogue_is_missed_by_name(tmp_path: Path, language: str) -> None:
    file = tmp_path / language / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    whole = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    entry = re.compile(r'msgid "Not paid"\nmsgstr "[^"]+"\n')
    text, cuts = entry.subn("", whole.read_text(encoding="utf-8"))
    assert cuts == 1
    file.write_text(text, encoding="utf-8")
    make_words(tmp_path)
    catalog = read(file, language)
    assert [name(one) for one in messages(catalog) if untranslated(one, catalog)] == [
        (None, "Not paid")
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_bringing_a_catalogue_up_to_date_changes_nothing_that_is(
    tmp_path: Path, language: str
) -> None:
    shutil.copytree(CATALOGUES / language, tmp_path / language)
    file = tmp_path / language / "LC_MESSAGES" / "messages.po"
    make_words(tmp_path)
    assert {(name(one), forms(one.string)) for one in messages(read(file, language))} == {
        (name(one), forms(one.string)) for one in messages(translated(language))
    }


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [("ru", 1, "карту?"), ("ru", 3, "карты?"), ("ru", 11, "карт?"), ("ar", 2, "بطاقتين")],
)
def test_a_number_of_cards_is_said_as_the_language_says_it(
    language: str, number: int, words: str
) -> None:
    said = catalogue(language).ngettext("Delete %(num)s card?", "Delete %(num)s cards?", number)
    assert words in said


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "فاتورة واحدة غير مدفوعة."),
        (2, "فاتورتان غير مدفوعتين."),
        (3, "3 فواتير"),
        (11, "11 فاتورة"),
        (100, "100 فاتورة"),
    ],
)
def test_a_number_of_invoices_has_six_forms_in_arabic(number: int, words: str) -> None:
    one, many = "You have %(num)s unpaid invoice.", "You have %(num)s unpaid invoices."
    assert words in catalogue("ar").ngettext(one, many, number) % {"num": number}


def test_the_source_language_needs_no_catalogue() -> None:
    assert catalogue(SOURCE_LANGUAGE).gettext("Add card") == "Add card"
