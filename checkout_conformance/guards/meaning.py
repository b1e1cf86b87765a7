"""What each line of a feature means, in whatever language it is written."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pytest_bdd import gherkin_parser as gherkin
from pytest_bdd.parser import PARAM_RE, Step, render_string
from pytest_bdd.steps import StepFunctionContext

from checkout_conformance.clauses import clause_comments
from checkout_conformance.guards.definitions import matches
from checkout_conformance.guards.files import FeatureFile
from checkout_conformance.targets.glossary import AmbiguousLabel, UnknownLabel

Definitions = Sequence[StepFunctionContext]
Row = dict[str, str]
Mark = tuple[int, Hashable]

HEADINGS = ("feature", "background", "rule", "scenario", "outline")


class Unclear(str):
    """The meaning of a line that has none, in words that say why."""


@dataclass(frozen=True)
class Line:
    """A line that means something: a tag, a heading, a clause, a step, a row of Examples."""

    number: int
    written: str
    under: str
    meaning: Hashable

    @property
    def is_heading(self) -> bool:
        """Whether other lines stand under this one."""
        return self.under == self.written


class Reader:
    """Reads features with the step definitions that run them."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._known: dict[tuple[str, str], StepFunctionContext | Unclear] = {}

    def lines(self, file: FeatureFile) -> list[Line]:
        """The lines of ``file`` in their order, each with its meaning.

        Two steps mean the same if they run the same function with the same values.
        """
        source = Path(file.feature.filename).read_text(encoding="utf-8")
        written = [line.strip() for line in source.splitlines()]
        under, found = "", []
        for number, meaning in sorted(self._marks(file), key=lambda mark: mark[0]):
            text = written[number - 1]
            under = text if meaning in [(heading,) for heading in HEADINGS] else under
            found.append(Line(number, text, under, meaning))
        return found

    def _marks(self, file: FeatureFile) -> Iterator[Mark]:
        feature = file.document.feature
        # pytest-bdd knows which of Given, When and Then an And is.
        steps = {step.line_number: step for one in file.scenarios for step in one.steps}
        yield from _headed("feature", feature)
        for line, clause in clause_comments(file.feature.filename).items():
            yield line, ("clause", clause)
        for child in feature.children:
            yield from self._child(child, steps)

    def _child(self, child: gherkin.Child, steps: dict[int, Step]) -> Iterator[Mark]:
        if child.rule:
            yield from _headed("rule", child.rule)
            for inner in child.rule.children:
                yield from self._child(inner, steps)
        if child.background:
            yield child.background.location.line, ("background",)
            yield from self._steps(child.background.steps, steps, {})
        if child.scenario:
            yield from self._scenario(child.scenario, steps)

    def _scenario(self, scenario: gherkin.Scenario, steps: dict[int, Step]) -> Iterator[Mark]:
        yield from _headed("outline" if scenario.examples else "scenario", scenario)
        rows = [row for examples in scenario.examples for row in _rows(examples)]
        yield from self._steps(scenario.steps, steps, rows[0][1] if rows else {})
        for examples in scenario.examples:
            yield examples.location.line, ("examples",)
            yield from ((tag.location.line, ("tag", tag.name)) for tag in examples.tags)
        open_lines = [one.location.line for one in scenario.steps if PARAM_RE.search(one.text)]
        for line, row in rows:
            values = tuple(self._run(steps.get(number), row) for number in open_lines)
            unclear = [value for value in values if isinstance(value, Unclear)]
            yield line, unclear[0] if unclear else ("row", values)

    def _steps(
        self, written: list[gherkin.Step], steps: dict[int, Step], row: Row
    ) -> Iterator[Mark]:
        for one in written:
            yield one.location.line, self._step(steps.get(one.location.line), row)

    def _step(self, step: Step | None, row: Row) -> Hashable:
        """What runs; with which values too, unless the rows of Examples say that."""
        found = self._definition(step, row)
        if isinstance(found, Unclear) or step is None:
            return found
        values = () if PARAM_RE.search(step.name) else self._values(step, row)
        return ("step", step.type, found.step_func, values)

    def _run(self, step: Step | None, row: Row) -> Hashable:
        """What runs in this row: a column may hold the whole step."""
        found = self._definition(step, row)
        if isinstance(found, Unclear):
            return found
        return (found.step_func, self._values(step, row))

    def _values(self, step: Step | None, row: Row) -> Hashable:
        found = self._definition(step, row)
        if isinstance(found, Unclear) or step is None:
            return found
        arguments = found.parser.parse_arguments(render_string(step.name, row)) or {}
        return tuple(sorted(arguments.items()))

    def _definition(self, step: Step | None, row: Row) -> StepFunctionContext | Unclear:
        if step is None:
            return Unclear("pytest-bdd does not read this line: its scenario's name stands twice")
        if step.docstring or step.datatable:
            return Unclear("what stands below a step is not compared: say it in the sentence")
        sentence = (step.type, render_string(step.name, row))
        if sentence not in self._known:
            self._known[sentence] = self._find(step, sentence[1])
        return self._known[sentence]

    def _find(self, step: Step, text: str) -> StepFunctionContext | Unclear:
        try:
            found = [one for one in self._definitions if matches(one, step, text)]
        except (UnknownLabel, AmbiguousLabel) as error:
            return Unclear(error)
        return found[0] if len(found) == 1 else Unclear(f"{len(found)} steps match this line")


def _headed(kind: str, node: gherkin.Feature | gherkin.Rule | gherkin.Scenario) -> Iterator[Mark]:
    yield from ((tag.location.line, ("tag", tag.name)) for tag in node.tags)
    yield node.location.line, (kind,)


def _rows(examples: gherkin.ExamplesTable) -> Iterator[tuple[int, Row]]:
    columns = [cell.value for cell in examples.table_header.cells] if examples.table_header else []
    for row in examples.table_body or []:
        values = [cell.value for cell in row.cells]
        yield row.location.line, dict(zip(columns, values, strict=True))
