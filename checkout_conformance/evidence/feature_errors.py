"""What makes a feature run otherwise than it reads, and is therefore an error at collection.

pytest-bdd accepts all of this in silence: a scenario that never runs, one that checks nothing, one
that runs with its placeholders, and tags that no report would know of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache

from gherkin.dialect import Dialect
from pytest_bdd import gherkin_parser as gherkin

from checkout_conformance.clauses import CLAUSE_ID, read_document
from checkout_conformance.evidence.setting import Setting
from checkout_conformance.plan import ON_A_PHONE

# A line of the feature's file, and what is wrong there.
Error = tuple[int, str]


@lru_cache
def errors_of_file(path: str) -> tuple[Error, ...]:
    """The errors of a feature's file, in the order of its lines."""
    return errors_in(read_document(path))


def errors_in(document: gherkin.GherkinDocument) -> tuple[Error, ...]:
    """The errors of a feature as Gherkin reads it, in the order of its lines."""
    written = [scenario for scenario, _ in written_in(document)]
    names = Counter(scenario.name for scenario in written)
    found = [
        *(_duplicate_name(scenario) for scenario in written if names[scenario.name] > 1),
        *(_empty(scenario) for scenario in written if not scenario.steps),
        *(error for scenario in written for error in _without_rows(scenario, document)),
        *(error for scenario in written for error in _tagged(scenario)),
        *(error for scenario in written for error in _named_like_a_setting(scenario)),
    ]
    return tuple(sorted(found))


def written_in(
    document: gherkin.GherkinDocument,
) -> Iterator[tuple[gherkin.Scenario, gherkin.Rule | None]]:
    """Every scenario that stands in the file, with its Rule."""
    for child in document.feature.children:
        if child.scenario:
            yield child.scenario, None
        for inner in child.rule.children if child.rule else []:
            if inner.scenario:
                yield inner.scenario, child.rule


def _duplicate_name(scenario: gherkin.Scenario) -> Error:
    line = scenario.location.line
    return line, f"several scenarios are called {scenario.name!r}: only one of them would run"


def _empty(scenario: gherkin.Scenario) -> Error:
    line = scenario.location.line
    return line, f"{scenario.name!r} has no steps: it would pass whatever the site does"


def _without_rows(scenario: gherkin.Scenario, document: gherkin.GherkinDocument) -> Iterator[Error]:
    if _is_outline(scenario, document) and not scenario.examples:
        yield (
            scenario.location.line,
            f"{scenario.name!r} has no Examples: it would run with its <placeholders>",
        )
    for examples in scenario.examples:
        if not examples.table_body:
            yield (
                examples.location.line,
                f"these Examples of {scenario.name!r} have no rows: add one, or remove the table",
            )


def _is_outline(scenario: gherkin.Scenario, document: gherkin.GherkinDocument) -> bool:
    dialect = Dialect.for_name(document.feature.language)
    assert dialect is not None
    return scenario.keyword in dialect.scenario_outline_keywords


def _tagged(scenario: gherkin.Scenario) -> Iterator[Error]:
    """Tags that the reports go by: of Examples, pytest-bdd tells nobody."""
    for examples in scenario.examples:
        for tag in examples.tags:
            name = tag.name.removeprefix("@")
            if name == ON_A_PHONE or CLAUSE_ID.fullmatch(name):
                yield (
                    tag.location.line,
                    f"{tag.name} cannot stand above Examples: tag the scenario, or write another"
                    " one for these rows",
                )


def _named_like_a_setting(scenario: gherkin.Scenario) -> Iterator[Error]:
    """Columns with names that the evidence has for the run: they would not be told apart."""
    taken = {field.name for field in fields(Setting)}
    for examples in scenario.examples:
        for cell in examples.table_header.cells if examples.table_header else []:
            if cell.value in taken:
                yield (
                    cell.location.line,
                    f"a column of Examples cannot be called {cell.value}: the reports call a part"
                    " of the run so. Give it another name",
                )
