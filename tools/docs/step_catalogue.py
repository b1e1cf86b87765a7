"""The catalogue of step sentences, made from the step definitions themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from pytest_bdd import gherkin_parser as gherkin
from pytest_bdd.parser import render_string
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix, step_function_context_registry

import steps
from checkout_conformance.project import FEATURES
from checkout_conformance.sentences import ENGLISH, Kind, Sentence, Wording
from steps.support.sentences import SENTENCES
from tools.docs.markdown import code, escape, table

FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")
# What a sentence says with each kind of value that has no list of words.
KINDS = {
    "Count": "A whole number.",
    "Money": "An amount with its currency: `150.00 RUB`.",
    "Span": "A time: `15 minutes`.",
    "Text": "What stands in quotes, which may be nothing. A label has its English name here.",
}


@dataclass
class Entry:
    """A step: the function, and every sentence that runs it."""

    module: str
    name: str
    definitions: list[StepFunctionContext] = field(default_factory=list)
    example: str = ""

    @property
    def anchor(self) -> str:
        """The anchor on the page of the catalogue."""
        return f"{self.module}-{self.name}".replace("_", "-")

    @property
    def wordings(self) -> Iterator[tuple[str, Wording]]:
        """Each sentence in each language, with its keyword."""
        for definition in self.definitions:
            if not isinstance(definition.parser, Sentence):
                raise TypeError(f"{self.anchor}: import given, when and then from steps.support")
            for wording in definition.parser.wordings:
                yield (definition.type or "any").capitalize(), wording

    def said_in(self, locale: str) -> list[tuple[str, str]]:
        """The sentences in a language, with their keywords."""
        return [(k, wording.text) for k, wording in self.wordings if wording.locale == locale]

    @property
    def fields(self) -> dict[str, str]:
        """The arguments that the English sentence gives, with the kind of each value."""
        english = (wording for _, wording in self.wordings if wording.locale == ENGLISH)
        return {name: kind for wording in english for name, kind in wording.fields.items()}


def step_modules() -> list[ModuleType]:
    """The modules of the step library."""
    names = sorted(module.name for module in iter_modules(steps.__path__) if not module.ispkg)
    return [import_module(f"{steps.__name__}.{name}") for name in names]


def _definitions(module: ModuleType) -> Iterator[StepFunctionContext]:
    for name, value in vars(module).items():
        if name.startswith(StepNamePrefix.step_def.value):
            yield step_function_context_registry[value._get_wrapped_function()]


class Catalogue:
    """Every step of the step library, by module."""

    def __init__(self) -> None:
        self.docs: dict[str, str] = {}
        entries: dict[tuple[str, str], Entry] = {}
        for module in step_modules():
            name = module.__name__.rpartition(".")[2]
            self.docs[name] = inspect.getdoc(module) or ""
            for definition in _definitions(module):
                function = definition.step_func.__name__
                entry = entries.setdefault((name, function), Entry(name, function))
                if definition not in entry.definitions:
                    entry.definitions.append(definition)
        self.entries = list(entries.values())
        self._found: dict[str, Entry | None] = {}
        self._english = [
            (wording, entry)
            for entry in self.entries
            for _, wording in entry.wordings
            if wording.locale == ENGLISH
        ]
        for text in _lines_of_features():
            if (found := self.entry_of(text)) and not found.example:
                found.example = text

    def anchor_of_line(self, text: str) -> str | None:
        """The anchor of the step that an English line runs."""
        found = self.entry_of(text)
        return found.anchor if found else None

    def entry_of(self, text: str) -> Entry | None:
        """The step that an English line runs."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> Entry | None:
        found = (entry for wording, entry in self._english if wording.values(text) is not None)
        return next(found, None)

    def page(self) -> str:
        """The page of the catalogue in Markdown."""
        lines = [
            "# Catalogue of steps\n",
            "Every sentence that a feature can use, generated from `steps/`. A sentence in a"
            " feature runs exactly one function. Arabic features use the Arabic sentence.\n",
            "## Types of arguments { #types }\n",
            table(["Type", "Meaning"], self._types()),
        ]
        for module, doc in self.docs.items():
            entries = [entry for entry in self.entries if entry.module == module]
            if entries:
                lines += [
                    f"## {module} {{ #{module} }}\n",
                    f"{doc}\n",
                    f"Source: `steps/{module}.py`\n",
                ]
                lines += [self._entry(entry) for entry in entries]
        return "\n".join(lines)

    def _types(self) -> Iterator[list[str]]:
        for name, kind in sorted(SENTENCES.kinds.items()):
            yield [code(name), meaning_of(name, kind)]

    def _entry(self, entry: Entry) -> str:
        first = without_types(entry.said_in(ENGLISH)[0][1])
        rows = [
            ["Sentence", _sentences(entry.said_in(ENGLISH))],
            ["Arabic", _sentences(entry.said_in("ar"))],
            ["Arguments", _arguments(entry)],
            ["Example", code(entry.example) if entry.example else "not used by the features"],
            ["Function", code(f"{entry.name}") + " in " + code(f"steps/{entry.module}.py")],
        ]
        about = inspect.getdoc(entry.definitions[0].step_func)
        meaning = [f"{escape(about)}\n"] if about else []
        heading = f"### {escape(first)} {{ #{entry.anchor} }}\n"
        return "\n".join([heading, *meaning, table(["", ""], [row for row in rows if row[1]])])


def without_types(pattern: str) -> str:
    """The sentence with the names of its arguments only."""
    return FIELD.sub(r"{\1}", pattern)


def meaning_of(name: str, kind: Kind) -> str:
    """What a kind of value is. Raises KeyError for one without words that nobody described."""
    return KINDS[name] if name in KINDS else "One of: " + ", ".join(map(code, kind.words))


def _sentences(said: Iterable[tuple[str, str]]) -> str:
    by_text: dict[str, set[str]] = {}
    for keyword, text in said:
        by_text.setdefault(without_types(text), set()).add(keyword)
    return "<br>".join(f"**{', '.join(sorted(k))}** {code(text)}" for text, k in by_text.items())


def _arguments(entry: Entry) -> str:
    return ", ".join(
        code(name) + (f": [{kind}](#types)" if kind else "") for name, kind in entry.fields.items()
    )


def _lines_of_features() -> Iterator[str]:
    """Each line of the English features, with the values of each row of its Examples."""
    arabic = FEATURES / "ar"
    for path in sorted(FEATURES.rglob("*.feature")):
        if not path.is_relative_to(arabic):
            yield from _lines(gherkin.get_gherkin_document(str(path)).feature.children)


def _lines(children: Iterable[gherkin.Child]) -> Iterator[str]:
    for child in children:
        if child.rule:
            yield from _lines(child.rule.children)
        for node in (child.background, child.scenario):
            for row in _rows(child.scenario) if child.scenario else [{}]:
                yield from (render_string(step.text, row) for step in (node.steps if node else []))


def first_row(scenario: gherkin.Scenario) -> dict[str, str]:
    """The values of the first row of an Outline's Examples; nothing for a scenario."""
    return _rows(scenario)[0]


def _rows(scenario: gherkin.Scenario) -> list[dict[str, str]]:
    rows = []
    for examples in scenario.examples:
        names = (
            [cell.value for cell in examples.table_header.cells] if examples.table_header else []
        )
        for row in examples.table_body or []:
            rows.append(dict(zip(names, (cell.value for cell in row.cells), strict=True)))
    return rows or [{}]
