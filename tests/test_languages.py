"""The catalogues of the pages' words: whole, and with nothing lost on the way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from mock_sites.languages import CATALOGUES, LANGUAGES, SOURCE_LANGUAGE, catalogue

SITES = Path(__file__).parents[1] / "mock_sites"
TRANSLATED = sorted(set(LANGUAGES) - {SOURCE_LANGUAGE})
PLACEHOLDER = re.compile(r"%\(\w+\)s")
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
SOURCES = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
# What all sites share beside their templates.
SHARED = [*((f"{name}.py", "python") for name in ("wording", "web", "sign_in")), ("**", "ignore")]


def words_of_the_vault() -> set[str]:
    """What its pages are made of: its own words, and those that all sites share."""
    words = set()
    places = [(SITES / "vault", SOURCES), (SITES / "templates", SOURCES), (SITES, SHARED)]
    for folder, methods in places:
        for _, _, message, _, _ in extract_from_dir(folder, methods, keywords=KEYWORDS):
            words.add(message if isinstance(message, str) else message[0])
    return words


def messages(language: str) -> list[Any]:
    file = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as words:
        return [message for message in read_po(words, locale=language) if message.id]


def forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_of_the_vault_is_translated(language: str) -> None:
    words = words_of_the_vault()
    assert {"Add card", "Sign in", "Enter the card number."} <= words
    translated = {forms(one.id)[0] for one in messages(language) if all(forms(one.string))}
    assert words - translated == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_that_is_filled_in_is_lost_in_translation(language: str) -> None:
    for message in messages(language):
        expected = set(PLACEHOLDER.findall(forms(message.id)[0]))
        for translation in forms(message.string):
            assert set(PLACEHOLDER.findall(translation)) == expected, translation


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [("ru", 1, "карту?"), ("ru", 3, "карты?"), ("ru", 11, "карт?"), ("ar", 2, "بطاقتين")],
)
def test_a_number_of_cards_is_said_as_the_language_says_it(
    language: str, number: int, words: str
) -> None:
    said = catalogue(language).ngettext("Delete %(num)s card?", "Delete %(num)s cards?", number)
    assert words in said


def test_the_source_language_needs_no_catalogue() -> None:
    assert catalogue(SOURCE_LANGUAGE).gettext("Add card") == "Add card"
