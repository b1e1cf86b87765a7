"""Every procedure as a page: its clauses, rules and scenarios, with labels in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pytest_bdd import gherkin_parser as gherkin
from pytest_bdd.parser import render_string

from checkout_conformance.clauses import (
    CLAUSE_ID,
    LANGUAGES,
    Clause,
    Procedure,
    clause_comments,
    read_clauses,
    read_procedures,
)
from checkout_conformance.project import FEATURES
from checkout_conformance.targets.glossary import Glossary
from tools.docs.markdown import escape, table
from tools.docs.step_catalogue import Catalogue, first_row
from tools.docs.words import WORDS

QUOTED = re.compile(r'"([^"<>]*)"')
QUOTES = {"ru": "«{}»", "ar": "«{}»"}
NO_ROW: Mapping[str, str] = {}


@dataclass(frozen=True)
class Written:
    """A scenario as it stands in a file; ``clauses`` are those that it is about."""

    anchor: str
    scenario: gherkin.Scenario
    clauses: tuple[str, ...]
    is_walk: bool


@dataclass
class FeaturePage:
    """One feature of a procedure, in the language that it is shown in."""

    path: Path
    first: int
    scenarios: dict[int, Written] = field(default_factory=dict)

    @cached_property
    def feature(self) -> gherkin.Feature:
        """What Gherkin reads in the file."""
        return gherkin.get_gherkin_document(str(self.path)).feature

    def __post_init__(self) -> None:
        number = self.first
        for scenario, rule in _scenarios(self.feature):
            clauses = self._clauses(scenario, rule)
            written = Written(f"s{number}", scenario, clauses, rule is None)
            self.scenarios[scenario.location.line] = written
            number += 1

    def _clauses(self, scenario: gherkin.Scenario, rule: gherkin.Rule | None) -> tuple[str, ...]:
        lines = {step.location.line for step in scenario.steps}
        span = range(scenario.location.line, max(lines, default=scenario.location.line) + 1)
        comments = [clause for line, clause in self.comments.items() if line in span]
        tags = [tag for node in (scenario, rule) if node for tag in _clause_tags(node)]
        return tuple(dict.fromkeys(comments or tags))

    @cached_property
    def comments(self) -> Mapping[int, str]:
        """The clauses that comments open with, by line."""
        return clause_comments(str(self.path))


def _clause_tags(node: gherkin.Scenario | gherkin.Rule) -> Iterator[str]:
    names = (tag.name.removeprefix("@") for tag in node.tags)
    return (name for name in names if CLAUSE_ID.fullmatch(name))


def _scenarios(
    feature: gherkin.Feature,
) -> Iterator[tuple[gherkin.Scenario, gherkin.Rule | None]]:
    for child in feature.children:
        if child.scenario:
            yield child.scenario, None
        for inner in child.rule.children if child.rule else []:
            if inner.scenario:
                yield inner.scenario, child.rule


def feature_files(procedure: str, language: str) -> list[Path]:
    """The features of a procedure that a reader of the language gets, the main one first."""
    own = FEATURES / "ar" if language == "ar" else FEATURES
    english = [path for path in sorted(FEATURES.rglob("*.feature")) if "ar" not in path.parts]
    of_it = [path for path in english if procedure in _tags(path)]
    of_it.sort(key=lambda path: (not _has_walk(path), path.name))
    return [own / path.relative_to(FEATURES) for path in of_it]


def _tags(path: Path) -> set[str]:
    feature = gherkin.get_gherkin_document(str(path)).feature
    return {tag.name.removeprefix("@") for tag in feature.tags}


def _has_walk(path: Path) -> bool:
    return any(child.scenario for child in gherkin.get_gherkin_document(str(path)).feature.children)


def procedure_pages(catalogue: Catalogue) -> dict[str, str]:
    """The text of each page by its path, in every language; the list of procedures too."""
    pages = {}
    for language in LANGUAGES:
        suffix = "" if language == "en" else f".{language}"
        pages[f"procedures/index{suffix}.md"] = _index(language)
        for procedure in read_procedures().values():
            page = ProcedurePage(procedure, language, catalogue)
            pages[f"procedures/{procedure.id.lower()}{suffix}.md"] = page.text()
        pages[f"procedures/labels{suffix}.md"] = labels_page(language)
    return pages


def _index(language: str) -> str:
    words = WORDS[language]
    lines = [f"# {words['procedures']}\n", words["procedures_lead"] + "\n"]
    for procedure in read_procedures().values():
        clauses = [c for c in read_clauses().values() if c.procedure.id == procedure.id]
        title, page = procedure.title[language], f"{procedure.id.lower()}.md"
        lines.append(
            f"## [{procedure.id}: {escape(title)}]({page}) {{ #{procedure.id.lower()} }}\n"
        )
        lines += [f"- [{_name(one, language)}]({page}#{anchor_of(one.id)})" for one in clauses]
        lines.append("")
    return "\n".join(lines)


def anchor_of(clause: str) -> str:
    """The anchor of a clause on the page of its procedure."""
    return clause.lower().replace(".", "-")


def _name(clause: Clause, language: str) -> str:
    return f"{clause.id} · {escape(clause.title[language])}"


class ProcedurePage:
    """The page of one procedure in one language."""

    def __init__(self, procedure: Procedure, language: str, catalogue: Catalogue) -> None:
        self._procedure = procedure
        self._language = language
        self._words = WORDS[language]
        self._catalogue = catalogue if language == "en" else None
        self._glossary = Glossary(language)
        self._clauses = [c for c in read_clauses().values() if c.procedure.id == procedure.id]
        self._features: list[FeaturePage] = []
        number = 1
        for path in feature_files(procedure.id, language):
            self._features.append(FeaturePage(path, number))
            number += len(self._features[-1].scenarios)

    def text(self) -> str:
        """The page in Markdown."""
        title = f"# {self._procedure.id}: {escape(self._procedure.title[self._language])}"
        lines = [title, "", self._words["procedure_lead"], ""]
        lines += [f"## {self._words['clauses']} {{ #clauses }}", ""]
        for clause in self._clauses:
            lines += self._clause(clause)
        for number, feature in enumerate(self._features, start=1):
            lines += self._feature(feature, number)
        return "\n".join(lines) + "\n"

    def _clause(self, clause: Clause) -> Iterator[str]:
        yield f"### {_name(clause, self._language)} {{ #{anchor_of(clause.id)} }}"
        yield ""
        yield escape(clause.text[self._language])
        yield ""
        yield f"{self._words['shown_by']}\n"
        for feature in self._features:
            for one in feature.scenarios.values():
                if clause.id in one.clauses:
                    yield f"- [{escape(one.scenario.name)}](#{one.anchor})"
        yield ""

    def _feature(self, page: FeaturePage, number: int) -> Iterator[str]:
        feature = page.feature
        yield f"## {escape(feature.name)} {{ #f{number} }}"
        yield ""
        yield escape(feature.description)
        yield ""
        for child in feature.children:
            if child.background:
                yield from self._background(child.background)
            elif child.scenario:
                yield from self._scenario(page, child.scenario, "###")
            elif child.rule:
                yield from self._rule(page, child.rule)

    def _rule(self, page: FeaturePage, rule: gherkin.Rule) -> Iterator[str]:
        # A page has several features, whose lines have the same numbers.
        anchor = f"r{page.first}-{rule.location.line}"
        yield f"### {self._words['rule']} {escape(rule.name)} {{ #{anchor} }}"
        yield ""
        if links := [f"[{self._name_of(one)}](#{anchor_of(one)})" for one in _clause_tags(rule)]:
            yield f"{self._words['clause']} {', '.join(links)}\n"
        for child in rule.children:
            if child.background:
                yield from self._background(child.background)
            elif child.scenario:
                yield from self._scenario(page, child.scenario, "####")

    def _background(self, background: gherkin.Background) -> Iterator[str]:
        yield f"*{self._words['background']}*\n"
        yield from map(self._step, background.steps)
        yield ""

    def _scenario(self, page: FeaturePage, scenario: gherkin.Scenario, level: str) -> Iterator[str]:
        written = page.scenarios[scenario.location.line]
        yield f"{level} {escape(scenario.name)} {{ #{written.anchor} }}"
        yield ""
        if scenario.tags and (own := list(_clause_tags(scenario))):
            links = [f"[{self._name_of(one)}](#{anchor_of(one)})" for one in own]
            yield f"{self._words['clause']} {', '.join(links)}\n"
        before, row = scenario.location.line, first_row(scenario)
        for step in scenario.steps:
            for line in range(before, step.location.line):
                if clause := page.comments.get(line):
                    yield f"\n[{self._name_of(clause)}](#{anchor_of(clause)})\n"
            before = step.location.line
            yield self._step(step, row)
        yield ""
        for examples in scenario.examples:
            yield self._examples(examples)

    def _name_of(self, clause: str) -> str:
        return _name(read_clauses()[clause], self._language)

    def _step(self, step: gherkin.Step, row: Mapping[str, str] = NO_ROW) -> str:
        text = escape(self._in_language(step.text))
        line = render_string(step.text, row)
        if self._catalogue and (anchor := self._catalogue.anchor_of_line(line)):
            text = f"[{text}](../reference/steps.md#{anchor}){{ .step }}"
        return f"- **{escape(step.keyword)}** {text}"

    def _examples(self, examples: gherkin.ExamplesTable) -> str:
        head = [cell.value for cell in examples.table_header.cells] if examples.table_header else []
        rows = [[self._cell(cell.value) for cell in row.cells] for row in examples.table_body or []]
        return table([escape(name) for name in head], rows)

    def _cell(self, value: str) -> str:
        known = self._language == "ru" and value in self._glossary.names()
        return escape(self._glossary.label(value) if known else value)

    def _in_language(self, text: str) -> str:
        """A Russian reader gets the labels in Russian; the sentences stay English."""
        if self._language != "ru":
            return text
        return QUOTED.sub(self._label, text)

    def _label(self, quoted: re.Match[str]) -> str:
        if quoted[1] not in self._glossary.names():
            return quoted[0]
        return QUOTES["ru"].format(self._glossary.label(quoted[1]))


def labels_page(language: str) -> str:
    """Every label of the documents in the three languages."""
    words = WORDS[language]
    glossaries = [Glossary(one) for one in LANGUAGES]
    rows = [
        [escape(name), *(escape(glossary.label(name)) for glossary in glossaries)]
        for name in sorted(glossaries[0].names())
    ]
    head = [words["label"], "English", "العربية", "Русский"]
    return f"# {words['labels']}\n\n{words['labels_lead']}\n\n{table(head, rows)}"
