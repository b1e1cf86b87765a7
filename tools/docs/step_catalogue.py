"""The catalogue of step sentences, made from the step definitions themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from pytest_bdd import gherkin_parser as gherkin
from pytest_bdd.parser import render_string
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix, step_function_context_registry

import steps
from checkout_conformance.project import FEATURES
from steps.support.sentences import TYPES
from tools.docs.markdown import ARABIC, code, escape, table

FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")


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

    @cached_property
    def english(self) -> list[StepFunctionContext]:
        """The English sentences."""
        return [one for one in self.definitions if not ARABIC.search(one.parser.name)]

    @cached_property
    def arabic(self) -> list[StepFunctionContext]:
        """The Arabic sentences."""
        return [one for one in self.definitions if ARABIC.search(one.parser.name)]

    @property
    def fields(self) -> dict[str, str]:
        """The arguments that the sentence gives, with the type that reads each."""
        found = (FIELD.findall(one.parser.name) for one in self.english)
        return {name: kind for fields in found for name, kind in fields}


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
        self._starts = [
            (one.parser.name.partition("{")[0], one, entry)
            for entry in self.entries
            for one in entry.english
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
        for start, definition, entry in self._starts:
            if text.startswith(start) and definition.parser.is_matching(text):
                return entry
        return None

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
        for name, read in TYPES.items():
            yield [code(name), escape((inspect.getdoc(read) or "").partition("\n")[0])]

    def _entry(self, entry: Entry) -> str:
        shown = entry.english or entry.definitions
        first = without_types(shown[0].parser.name)
        rows = [
            ["Sentence", _sentences(entry.english)],
            ["Arabic", _sentences(entry.arabic)],
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


def _sentences(definitions: Iterable[StepFunctionContext]) -> str:
    by_text: dict[str, list[str]] = {}
    for one in definitions:
        keyword = (one.type or "any").capitalize()
        by_text.setdefault(without_types(one.parser.name), []).append(keyword)
    shown = [f"**{', '.join(sorted(set(k)))}** {code(text)}" for text, k in by_text.items()]
    return "<br>".join(shown)


def _arguments(entry: Entry) -> str:
    return ", ".join(
        code(name) + (f": [{kind}](#types)" if kind else "") for name, kind in entry.fields.items()
    )


def _lines_of_features() -> Iterator[str]:
    """Each line of the English features, with the values of the first row of its Examples."""
    arabic = FEATURES / "ar"
    for path in sorted(FEATURES.rglob("*.feature")):
        if not path.is_relative_to(arabic):
            yield from _lines(gherkin.get_gherkin_document(str(path)).feature.children)


def _lines(children: Iterable[gherkin.Child]) -> Iterator[str]:
    for child in children:
        if child.rule:
            yield from _lines(child.rule.children)
        for node in (child.background, child.scenario):
            row = first_row(child.scenario) if child.scenario else {}
            for step in node.steps if node else []:
                yield render_string(step.text, row)


def first_row(scenario: gherkin.Scenario) -> dict[str, str]:
    """The values of the first row of an Outline's Examples; nothing for a scenario."""
    for examples in scenario.examples:
        if examples.table_header and examples.table_body:
            names = [cell.value for cell in examples.table_header.cells]
            return dict(zip(names, [c.value for c in examples.table_body[0].cells], strict=True))
    return {}
