"""Sentences of steps: their values, their translations, and what pytest-bdd makes of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from checkout_conformance.sentences import Edition, Kind, Sentences, read_editions

WEATHER = Kind(str.upper, words=("rain", "rain and wind"))
ARABIC = Edition(
    "ar",
    {
        "then": {
            "{number:Count} page is open": "عدد الصفحات المفتوحة {number:Count}",
            "{number:Count} pages are open": "عدد الصفحات المفتوحة {number:Count}",
        },
        "when": {
            'the buyer presses "{label}"': "يضغط المشتري «{label:Label}»",
            "there is {weather:Weather}": "الطقس {weather:Weather}",
        },
    },
    {"Weather": {"مطر": "rain", "مطر وريح": "rain and wind", "ماطر": "rain"}},
)


@pytest.fixture
def sentences() -> Sentences:
    return Sentences({"Weather": WEATHER}, [ARABIC])


def texts(sentences: Sentences) -> list[tuple[str, str]]:
    """The wordings of the sentence that was registered last."""
    _, sentence = sentences.registered[-1]
    return [(wording.locale, wording.text) for wording in sentence.wordings]


def test_a_step_has_the_translation_of_its_keyword(sentences: Sentences) -> None:
    english = 'the buyer presses "{label}"'
    sentences.when(english)
    assert texts(sentences) == [("en", english), ("ar", "يضغط المشتري «{label:Label}»")]
    sentences.given(english)
    assert texts(sentences) == [("en", english)]


def test_two_sentences_may_have_one_translation(sentences: Sentences) -> None:
    sentences.then("{number:Count} page is open", "{number:Count} pages are open")
    assert texts(sentences) == [
        ("en", "{number:Count} page is open"),
        ("en", "{number:Count} pages are open"),
        ("ar", "عدد الصفحات المفتوحة {number:Count}"),
    ]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("there is rain", {"weather": "RAIN"}),
        ("there is rain and wind", {"weather": "RAIN AND WIND"}),
        ("الطقس مطر وريح", {"weather": "RAIN AND WIND"}),
        ("الطقس مطر", {"weather": "RAIN"}),
        ("الطقس ماطر", {"weather": "RAIN"}),
        ("there is snow", None),
        ("There is rain", None),
        ("there is مطر", None),
        ("الطقس rain", None),
        ("there is rain.", None),
    ],
)
def test_a_line_is_read_in_each_language(
    sentences: Sentences, line: str, values: dict[str, str] | None
) -> None:
    sentences.when("there is {weather:Weather}")
    _, sentence = sentences.registered[-1]
    assert sentence.is_matching(line) is (values is not None)
    assert sentence.parse_arguments(line) == values


def test_a_sentence_without_values_is_the_whole_line(sentences: Sentences) -> None:
    wording = sentences.wording("it is paid")
    assert wording.values("it is paid") == {}
    assert wording.values("it is paid twice") is None


def test_the_fields_of_a_sentence(sentences: Sentences) -> None:
    wording = sentences.wording('"{name}" was paid {span:Span} ago')
    assert wording.fields == {"name": "Text", "span": "Span"}
    values = wording.values('"" was paid 2 hours ago')
    assert values == {"name": "", "span": timedelta(hours=2)}


def test_an_edition_is_read_from_the_folder_of_its_language(tmp_path: Path) -> None:
    (tmp_path / "wallet").mkdir()
    (tmp_path / "ar").mkdir()
    table = '[given]\n"a buyer" = "مشترٍ"\n[words.Span]\nhours = ["ساعة", "ساعات"]\n'
    (tmp_path / "ar" / "sentences.toml").write_text(table, encoding="utf-8")
    words = {"Span": {"ساعة": "hours", "ساعات": "hours"}}
    assert read_editions(tmp_path) == [Edition("ar", {"given": {"a buyer": "مشترٍ"}}, words)]


def test_a_project_may_have_english_features_only(tmp_path: Path) -> None:
    assert read_editions(tmp_path) == []
