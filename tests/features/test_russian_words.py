"""Reports say every sentence and every title of our features in Russian and in Arabic.

tests/features/test_feature_guards.py holds the sentences of every language to the steps: none is
missing, none is unused, and none has other values. This is about titles and what a report shows.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from checkout_conformance.guards.files import read_features
from checkout_conformance.reporting.feature_words import KEYWORDS, TITLES, FeatureWords, titles_in
from steps.support.sentences import SENTENCES

FEATURES = Path(__file__).parents[2] / "features"
SCENARIO = re.compile(r"^\s*Scenario(?: Outline)?: (.+?)\s*$", re.MULTILINE)
STEP = re.compile(r"^\s*(?:Given|When|Then|And|But) (.+?)\s*$", re.MULTILINE)
ROW = re.compile(r"<[^<>]+>")
OURS = sorted(path for area in ("wallet", "cards") for path in (FEATURES / area).rglob("*.feature"))
RUSSIAN = FEATURES / "ru" / TITLES


def found_in(pattern: re.Pattern[str]) -> list[str]:
    texts = (path.read_text(encoding="utf-8") for path in OURS)
    return list(dict.fromkeys(one for text in texts for one in pattern.findall(text)))


@pytest.mark.parametrize("language", sorted(KEYWORDS))
def test_every_title_has_its_wording(language: str) -> None:
    titles = titles_in(FEATURES, language)
    lacking = [one for one in found_in(SCENARIO) if one not in titles]
    where = f"features/{language}/{TITLES}, or the twin of the feature, lacks:"
    assert not lacking, "\n".join([where, *(f'"{one}" = ""' for one in lacking)])


def test_no_russian_title_is_unused() -> None:
    unused = set(tomllib.loads(RUSSIAN.read_text(encoding="utf-8"))) - set(found_in(SCENARIO))
    assert not unused, f"features/ru/{TITLES} has titles of no scenario: {sorted(unused)}"


@pytest.mark.parametrize("language", sorted(KEYWORDS))
def test_every_step_of_our_features_is_shown_in_the_language(language: str) -> None:
    words = FeatureWords(language, [FEATURES])
    steps = [one for one in found_in(STEP) if not ROW.search(one)]
    lacking = [one for one in steps if words.sentence(one) is None]
    where = f"features/{language}/sentences.toml has no wording for:"
    assert len(steps) > 500
    assert not lacking, "\n".join([where, *lacking])


def test_the_russian_sentences_are_held_to_the_steps_but_begin_no_step() -> None:
    assert [one.locale for one in SENTENCES.editions if one.for_reports] == ["ru"]
    said = [wording.locale for _, one in SENTENCES.registered for wording in one.wordings]
    assert set(said) == {"en", "ar"}


def test_no_feature_is_in_a_language_that_only_reports_show() -> None:
    assert read_features(FEATURES / "ru") == []


SAID = [
    ("ru", 'the buyer presses "Pay"', "покупатель нажимает «Оплатить»"),
    ("ru", 'the buyer presses "Own label"', "покупатель нажимает «Own label»"),
    ("ru", "1 minutes have passed", "прошло время: 1 минута"),
    ("ru", "22 hours have passed", "прошло время: 22 часа"),
    ("ru", "15 minutes have passed", "прошло время: 15 минут"),
    ("ru", "the minutes of a code have passed", "прошло время: срок действия кода"),
    ("ru", "the wallet holds 850.00 RUB", "в кошельке 850.00 RUB"),
    (
        "ru",
        'the wallet holds 9.00 RUB less the price of 2 pieces of "Tea" and "Less plus"',
        "в кошельке 9.00 RUB минус цена 2 шт. «Tea» и «Less plus»",
    ),
    (
        "ru",
        'the buyer opens the invoice for the price of "Tea"',
        "покупатель открывает счёт на цену «Tea»",
    ),
    ("ru", "the pages of the vault are in Arabic", "страницы хранилища показаны на арабском языке"),
    ("ru", "a sentence of a team's own", None),
    ("ar", "the wallet holds 850.00 RUB", "يبقى في المحفظة 850.00 روبل"),
    ("ar", "5 minutes have passed", "أنه قد مضت 5 دقائق"),
    ("ar", "15 minutes have passed", "أنه قد مضت 15 دقيقة"),
    (
        "ar",
        "the next message to the phone is lost every time",
        "أن الرسالة التالية إلى الهاتف تضيع كل مرة",
    ),
]


@pytest.mark.parametrize(("language", "english", "said"), SAID)
def test_a_sentence_has_its_values_in_the_language(
    language: str, english: str, said: str | None
) -> None:
    assert FeatureWords(language, [FEATURES]).sentence(english, "given") == said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("A code expires", "Срок действия кода истекает"),
        (
            "A payment can be made in every category [Fines]",
            "В каждой категории можно выполнить платёж [Штрафы]",
        ),
        ("An invalid amount is rejected [0.99]", "Неверная сумма отклоняется [0.99]"),
        (
            'In other languages, the notice appears too [the cart contains "A, b"'
            ", Visa, approved, 168 hours have passed]",
            "На других языках уведомление тоже появляется [в корзине «A, b»"
            ", Visa, approved, прошло время: 168 часов]",
        ),
        ("A team's own scenario [Fines]", "A team's own scenario [Fines]"),
    ],
)
def test_a_title_is_shown_with_its_row_and_an_unknown_one_as_it_is(title: str, said: str) -> None:
    assert FeatureWords("ru", [FEATURES]).title(title) == said


def test_the_report_in_english_shows_what_the_run_showed() -> None:
    words = FeatureWords("en", [FEATURES])
    assert words.title("A code expires") == "A code expires"
    assert words.sentence("nothing has been paid") is None
