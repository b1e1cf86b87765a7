"""The sentences of steps: the kinds of values in them, and their wording in other languages.

A step function carries its English sentences only, each as a literal string::

    @given('the buyer has pressed "{label}"')
    @when('the buyer presses "{label}"')
    def press(site: Site, label: str) -> None: ...

``features/<locale>/sentences.toml`` holds the same sentences in another language, for features in
that folder and for reports. One decorator registers one step, which all its wordings run.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from importlib import import_module
from inspect import currentframe
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import parse
from pytest_bdd import parsers

from checkout_conformance.drivers.capabilities import noting
from checkout_conformance.project import FEATURES, content_package
from checkout_conformance.step_definitions import Keyword, register_step
from checkout_conformance.targets.glossary import Glossary
from checkout_conformance.team import team

P = ParamSpec("P")
T = TypeVar("T")

ENGLISH = "en"
TABLE = "sentences.toml"
FIELD = re.compile(r"{(\w+):?(\w*)}")
QUOTED_FIELD = re.compile(r"""(?<=")\{(\w+)\}(?=")|(?<=«)\{(\w+)\}(?=»)""")
QUOTED = r'[^"«»]*'
# A number after a field's kind, ``{site:Site:2}``, chooses among the words that a report shows.
FORM = re.compile(r"(?<=\w):\d(?=})")


@dataclass(frozen=True)
class Kind:
    """A kind of value: ``{price:Money}`` in a sentence is a value of the kind ``Money``.

    ``pattern`` is a regular expression without groups that capture. ``{words}`` in it stands for
    one of ``words``, which other languages translate; ``read`` gets them in English.
    """

    read: Callable[[str], object]
    pattern: str = "{words}"
    words: Sequence[str] = ()

    @property
    def expression(self) -> str:
        """The regular expression for the English text, without a reader."""
        return self.pattern.replace("{words}", f"(?:{'|'.join(self.words)})")

    def reader(self, translated: Mapping[str, str]) -> Callable[[str], object]:
        """What ``parse`` reads such a value with; ``translated`` are the words and their English.

        Without translated words it reads English.
        """
        words = translated or {word: word for word in self.words}
        # The longer first: "is lost again" begins with "is lost".
        choice = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))

        def read(text: str) -> object:
            return self.read(
                re.sub(choice, lambda found: words[found[0]], text) if choice else text
            )

        reader: Callable[[str], object] = parse.with_pattern(
            self.pattern.replace("{words}", f"(?:{choice})")
        )(read)
        return reader


def _span(text: str) -> timedelta:
    number, unit = text.split(" ")
    return timedelta(**{unit: int(number)})


# The kinds that every project has. ``Text`` is what stands in quotes, which may be nothing;
# ``Label`` is a label in quotes, in another language as its pages print it.
COUNT = Kind(int, r"\d+")
SPAN = Kind(_span, r"\d+ {words}", ("seconds", "minutes", "hours"))
TEXT = Kind(str, QUOTED)
GENERAL = {"Count": COUNT, "Span": SPAN, "Text": TEXT}


@dataclass(frozen=True)
class Edition:
    """The features in one language: its sentences by keyword, and the words in its values.

    ``sentences["when"]`` holds the translation of each English sentence, ``words["Span"]`` the
    English of each translated word. If ``for_reports``, only reports show it: no feature is in it.
    """

    locale: str
    sentences: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    for_reports: bool = False


def read_editions(features: Path = FEATURES) -> list[Edition]:
    """The languages that sentences are translated into: every ``<locale>/sentences.toml``."""
    return [_edition(path) for path in sorted(features.glob(f"*/{TABLE}"))]


def _edition(path: Path) -> Edition:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    words = {
        kind: {word: english for english, said in entries.items() for word in said}
        for kind, entries in table.pop("words", {}).items()
    }
    for_reports = table.pop("for_reports", False)
    sentences = {
        keyword: {english: FORM.sub("", said) for english, said in entries.items()}
        for keyword, entries in table.items()
    }
    return Edition(path.parent.name, sentences, words, for_reports)


class Wording:
    """One way to say a sentence, in one language."""

    def __init__(self, text: str, locale: str, readers: Mapping[str, Callable[[str], object]]):
        self.text = text
        self.locale = locale
        self.beginning = text.partition("{")[0]
        self._readers = readers

    @cached_property
    def _parser(self) -> parse.Parser:
        # What stands in quotes ends at the next quote.
        typed = QUOTED_FIELD.sub(lambda found: f"{{{found[1] or found[2]}:Text}}", self.text)
        return parse.compile(typed, self._readers, case_sensitive=True)

    @property
    def fields(self) -> dict[str, str]:
        """The kind of each value, by the name of its field."""
        return {name: kind or "Text" for name, kind in FIELD.findall(self.text)}

    def values(self, line: str) -> dict[str, Any] | None:
        """The values in a step's line, or None if the line is not this sentence.

        Raises UnknownLabel or AmbiguousLabel for a translated label that the glossary cannot tell.
        """
        # Cheaper than the expression, which is made when it is first used.
        if not line.startswith(self.beginning):
            return None
        if self.beginning == self.text:
            return {} if line == self.text else None
        found = self._parser.parse(line)
        return None if found is None else found.named


class Sentence(parsers.StepParser):
    """What pytest-bdd matches the lines of features with: all wordings of a step."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        super().__init__(wordings[0].text)
        self.wordings = wordings
        self._beginnings = tuple(wording.beginning for wording in wordings)

    def is_matching(self, name: str) -> bool:
        return self.parse_arguments(name) is not None

    def parse_arguments(self, name: str) -> dict[str, Any] | None:
        # Every step of a run asks every sentence, and nearly all begin otherwise.
        if not name.startswith(self._beginnings):
            return None
        found = (wording.values(name) for wording in self.wordings)
        return next((values for values in found if values is not None), None)


class Sentences:
    """The decorators for the steps of a project, with its kinds of values and its translations."""

    def __init__(self, kinds: Mapping[str, Kind], editions: Sequence[Edition]) -> None:
        self.kinds = {**GENERAL, **kinds}
        self.editions = editions
        # What the decorators have made so far, for guards and catalogues.
        self.registered: list[tuple[Keyword, Sentence]] = []
        self._readers = {ENGLISH: self._readers_of(Edition(ENGLISH))}
        for edition in editions:
            label = Kind(Glossary(edition.locale).name_of, QUOTED).reader({})
            self._readers[edition.locale] = self._readers_of(edition) | {"Label": label}

    def extended(self, kinds: Mapping[str, Kind], editions: Sequence[Edition]) -> Sentences:
        """Return the decorators for another project that has these kinds and ``kinds`` too."""
        return Sentences({**self.kinds, **kinds}, editions)

    def given(
        self, *texts: str, target_fixture: str | None = None
    ) -> Callable[[Callable[P, T]], Callable[P, T]]:
        """Make a function the step of a Given, which any of ``texts`` says."""
        return self._step("given", texts, target_fixture)

    def when(
        self, *texts: str, target_fixture: str | None = None
    ) -> Callable[[Callable[P, T]], Callable[P, T]]:
        """Make a function the step of a When, which any of ``texts`` says."""
        return self._step("when", texts, target_fixture)

    def then(
        self, *texts: str, target_fixture: str | None = None
    ) -> Callable[[Callable[P, T]], Callable[P, T]]:
        """Make a function the step of a Then, which any of ``texts`` says."""
        return self._step("then", texts, target_fixture)

    def wording(self, text: str, locale: str = ENGLISH) -> Wording:
        """One way to say a sentence, with the values of a language."""
        return Wording(text, locale, self._readers[locale])

    def _step(
        self, keyword: Keyword, texts: Sequence[str], target_fixture: str | None
    ) -> Callable[[Callable[P, T]], Callable[P, T]]:
        sentence = Sentence([*self._wordings(keyword, texts)])
        self.registered.append((keyword, sentence))

        def decorate(function: Callable[P, T]) -> Callable[P, T]:
            # Registered is what pytest-bdd calls; returned is the function, for a next decorator.
            called = noting(function) if keyword == "then" else function
            register_step(called, keyword, sentence, target_fixture, _variables_of_caller())
            return function

        return decorate

    def _wordings(self, keyword: Keyword, texts: Sequence[str]) -> Iterator[Wording]:
        yield from map(self.wording, texts)
        for edition in self.editions:
            translations = {} if edition.for_reports else edition.sentences.get(keyword, {})
            # Two English sentences, as for one and for several, may be one in another language.
            for said in dict.fromkeys(translations[text] for text in texts if text in translations):
                yield self.wording(said, edition.locale)

    def _readers_of(self, edition: Edition) -> dict[str, Callable[[str], object]]:
        words = edition.words
        return {name: kind.reader(words.get(name, {})) for name, kind in self.kinds.items()}


def _variables_of_caller() -> MutableMapping[str, object]:
    """The variables of the module that calls the function which calls this: the step's module."""
    here = currentframe()
    decorate = here and here.f_back
    module = decorate and decorate.f_back
    if module is None:
        raise RuntimeError("this Python has no frames, by which a step knows its module")
    return module.f_globals


def own_sentences(kinds: Mapping[str, Kind] | None = None) -> Sentences:
    """Return the decorators for the steps of a team's own project.

    Its sentences have our kinds of values (``{price:Money}``) and those of ``kinds``. What its
    ``features/<locale>/sentences.toml`` says is their wording in another language.
    """
    ours: Sentences = import_module(content_package("steps.support.sentences")).SENTENCES
    own = team()
    return ours.extended(kinds or {}, read_editions(own.features) if own else ())
