"""Titles and steps of features in the language of a report.

A run shows English sentences. ``features/<language>/sentences.toml`` says them in another
language; the titles are in the twin of each feature, or in ``features/<language>/titles.toml``.
Whatever has no wording there stays as the run showed it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from gherkin.dialect import Dialect

from checkout_conformance.project import FEATURES
from checkout_conformance.reporting.conformance import Check, Step
from checkout_conformance.reporting.words_of_values import ValueWords
from checkout_conformance.sentences import ENGLISH, TABLE
from checkout_conformance.team import team

TITLES = "titles.toml"
FIELD = re.compile(r"{(\w+)(?::(\w+))?(?::(\d))?}")
EXAMPLE = re.compile(r"(?P<name>.+) \[(?P<values>.*)\]", re.DOTALL)
# The section of the sentences that a keyword begins; And and But continue it.
SECTIONS = {"Given": "given", "When": "when", "Then": "then"}
KEYWORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {"Given": "Допустим,", "When": "Когда", "Then": "Тогда", "And": "И", "But": "Но"},
    "ar": {"Given": "بفرض", "When": "عندما", "Then": "ثم", "And": "و", "But": "لكن"},
}
FAILED = ("failed", "broken")
# Values without quotes, as far as they are not a few words; an amount may be a list of products.
VALUES = {"Count": r"\d+", "Money": ".+?"}
# What our drivers say if a page lacks something.
NO_TEXT = "an empty text"
NOTHING = re.compile(r'nothing that is (?P<what>field|button|link|heading) "(?P<label>[^"]*)"')
# What they say of a control that is not as it should be.
STATE = re.compile(
    r'(?P<what>"[^"]*"|it) is (?P<state>visible|hidden|enabled|disabled|checked|unchecked)'
)
STATES: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "visible": "на странице есть",
        "hidden": "на странице не видно",
        "enabled": "можно нажать",
        "disabled": "нельзя нажать",
        "checked": "отмечено",
        "unchecked": "не отмечено",
    },
    "ar": {
        "visible": "ظاهر في الصفحة",
        "hidden": "غير ظاهر في الصفحة",
        "enabled": "مفعّل",
        "disabled": "معطّل",
        "checked": "محدَّد",
        "unchecked": "غير محدَّد",
    },
}
MISSING: Mapping[str, Mapping[str, str]] = {
    "ru": {
        NO_TEXT: "пустой текст",
        "field": "нет поля",
        "button": "нет кнопки",
        "link": "нет ссылки",
        "heading": "нет заголовка",
    },
    "ar": {
        NO_TEXT: "نص فارغ",
        "field": "لا يوجد الحقل",
        "button": "لا يوجد الزر",
        "link": "لا يوجد الرابط",
        "heading": "لا يوجد العنوان",
    },
}


class _Translated:
    """An English sentence, and its wording by the section that it stands in."""

    def __init__(self, english: str) -> None:
        self.english = english
        self.said: dict[str, str] = {}
        self.beginning = english.partition("{")[0]
        self.length = len(FIELD.sub("", english))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What its line looks like, with a group for each value."""
        pieces, end = [], 0
        for found in FIELD.finditer(self.english):
            before = self.english[end : found.start()]
            value = r'[^"]*' if before.endswith('"') else VALUES.get(found[2], "[^,]+?")
            pieces += [re.escape(before), f"(?P<{found[1]}>{value})"]
            end = found.end()
        return re.compile("".join([*pieces, re.escape(self.english[end:])]))

    def values(self, line: str) -> dict[str, str] | None:
        """The values in a line; None if it is not this sentence."""
        if not line.startswith(self.beginning):
            return None
        found = self.pattern.fullmatch(line)
        return found.groupdict() if found else None


class FeatureWords:
    """What features say, in one language."""

    def __init__(self, language: str, folders: Iterable[Path]) -> None:
        """Read the tables and the twins below ``folders``; a later folder goes before."""
        self._keywords = KEYWORDS.get(language, {})
        self._missing = MISSING.get(language, {})
        self._states = STATES.get(language, {})
        self._titles: dict[str, str] = {}
        self._sentences: dict[str, _Translated] = {}
        self._by_word: dict[str, list[_Translated]] = {}
        self._known: dict[tuple[str, str], str | None] = {}
        self._values = ValueWords(language)
        for folder in folders:
            self._titles |= titles_in(folder, language)
            self._read(folder / language / TABLE)

    def title(self, text: str) -> str:
        """A scenario's title, with the values of its row if it has some."""
        row = None if text in self._titles else EXAMPLE.fullmatch(text)
        if row is None or row["name"] not in self._titles:
            return self._titles.get(text, text)
        return f"{self._titles[row['name']]} [{self._row(row['values'])}]"

    def in_parts(self, check: Check) -> tuple[str, str]:
        """A scenario's title, and the values of its row that the title does not name."""
        row = EXAMPLE.fullmatch(check.scenario) if check.from_example else None
        if row is None:
            return self.title(check.scenario), ""
        return self.title(row["name"]), self._row(row["values"])

    def sentence(self, text: str, section: str = "then") -> str | None:
        """A step's text without its keyword; None if it has no wording."""
        if (text, section) not in self._known:
            self._known[text, section] = self._translate(text, section)
        return self._known[text, section]

    def steps(self, steps: Sequence[Step]) -> list[tuple[Step, str]]:
        """Each step with its line."""
        return list(self._lines(steps))

    def expected(self, check: Check) -> str:
        """What a failed check expected.

        An expectation that is no sentence follows the step which it belongs to, in brackets.
        """
        text = check.failure.expected if check.failure else ""
        if said := self.sentence(text):
            return said
        failed = [line for step, line in self._sentences_of(check.steps) if step.status in FAILED]
        return f"{failed[-1]} ({text})" if failed and failed[-1] else text

    def actual(self, check: Check) -> str:
        """What was there instead: the page's own words, and ours in this language."""
        text = check.failure.showed if check.failure else ""
        if text == NO_TEXT:
            return self._missing.get(NO_TEXT, text)
        if (found := STATE.fullmatch(text)) and self._states:
            named = "" if found["what"] == "it" else f": «{found['what'][1:-1]}»"
            return self._states[found["state"]] + named
        found = NOTHING.fullmatch(text)
        if not found or found["what"] not in self._missing:
            return text
        label = self._values.value("Label", found["label"])
        return f"{self._missing[found['what']]} «{label}»"

    def _row(self, text: str) -> str:
        """The values of a row of Examples; a sentence and a name may have commas of their own."""
        pieces, said = text.split(", "), []
        while pieces:
            beginnings = [", ".join(pieces[:size]) for size in range(len(pieces), 0, -1)]
            found = ((one, self._whole(one)) for one in beginnings)
            one, word = next((pair for pair in found if pair[1]), (pieces[0], None))
            said.append(word or one)
            pieces = pieces[one.count(", ") + 1 :]
        return ", ".join(said)

    def _whole(self, text: str) -> str | None:
        return self.sentence(text, "given") or self._values.whole(text)

    def _lines(self, steps: Sequence[Step]) -> Iterator[tuple[Step, str]]:
        for step, said in self._sentences_of(steps):
            keyword = step.text.partition(" ")[0]
            yield step, f"{self._keywords.get(keyword, keyword)} {said}" if said else step.text

    def _sentences_of(self, steps: Sequence[Step]) -> Iterator[tuple[Step, str | None]]:
        section = "then"
        for step in steps:
            keyword, _, text = step.text.partition(" ")
            section = SECTIONS.get(keyword, section)
            yield step, self.sentence(text, section)

    def _translate(self, text: str, section: str) -> str | None:
        first = text.partition(" ")[0]
        likely = [*self._by_word.get(first, ()), *self._by_word.get("", ())]
        found = [(one, one.values(text)) for one in likely]
        fitting = [(one, values) for one, values in found if values is not None]
        if not fitting:
            return None
        # The sentence with the most words of its own says it best.
        best, values = max(fitting, key=lambda pair: pair[0].length)
        said = best.said.get(section) or next(iter(best.said.values()))
        return FIELD.sub(
            lambda field: self._values.value(field[2], values[field[1]], field[3]), said
        )

    def _read(self, path: Path) -> None:
        if not path.is_file():
            return
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        self._values.add(table.pop("words", {}))
        table.pop("for_reports", None)
        for section, entries in table.items():
            for english, said in entries.items():
                self._known_as(english).said[section] = said

    def _known_as(self, english: str) -> _Translated:
        if english not in self._sentences:
            self._sentences[english] = made = _Translated(english)
            word, _, rest = made.beginning.partition(" ")
            self._by_word.setdefault(word if rest or "{" not in english else "", []).append(made)
        return self._sentences[english]


@cache
def feature_words(language: str) -> FeatureWords:
    """Return the words of our features and of the team's own, in a language."""
    own = team()
    return FeatureWords(language, [FEATURES, *([own.features] if own else [])])


def titles_in(folder: Path, language: str) -> dict[str, str]:
    """Return the titles in a folder of features by the English ones; of its twins and its table."""
    found: dict[str, str] = {}
    for twin in sorted((folder / language).rglob("*.feature")):
        english = folder / twin.relative_to(folder / language)
        if english.is_file():
            ours, theirs = _titles(english, ENGLISH), _titles(twin, language)
            found |= zip(ours, theirs, strict=True) if len(ours) == len(theirs) else {}
    table = folder / language / TITLES
    return found | (tomllib.loads(table.read_text(encoding="utf-8")) if table.is_file() else {})


def _titles(path: Path, language: str) -> list[str]:
    return [found[1] for found in _title_line(language).finditer(path.read_text(encoding="utf-8"))]


@cache
def _title_line(language: str) -> re.Pattern[str]:
    dialect = Dialect.for_name(language)
    assert dialect, language
    words = [*dialect.scenario_keywords, *dialect.scenario_outline_keywords]
    return re.compile(rf"^[ \t]*(?:{'|'.join(map(re.escape, words))}):[ \t]*(.+?)[ \t]*$", re.M)
