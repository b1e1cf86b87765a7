"""Feature files as the guards read them: pytest-bdd's own reading, and Gherkin's beneath it.

Both are needed. pytest-bdd keeps one scenario per name and forgets Examples without rows, so what
it drops in silence can be seen in Gherkin's document only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pytest_bdd import gherkin_parser as gherkin
from pytest_bdd.parser import Feature, FeatureParser, ScenarioTemplate, Step, render_string

from checkout_conformance.evidence.feature_errors import written_in


@dataclass(frozen=True)
class FeatureFile:
    """One feature, read both ways; its name is its path below the folder of the features."""

    name: str
    feature: Feature
    document: gherkin.GherkinDocument

    @property
    def scenarios(self) -> Sequence[ScenarioTemplate]:
        """The scenarios that pytest-bdd would run."""
        return list(self.feature.scenarios.values())

    @property
    def written(self) -> Iterator[tuple[gherkin.Scenario, gherkin.Rule | None]]:
        """Every scenario that stands in the file, with its Rule."""
        return written_in(self.document)

    @property
    def tags(self) -> Iterator[gherkin.Tag]:
        """Every tag in the file, those of Examples too."""
        yield from self.document.feature.tags
        yield from (tag for c in self.document.feature.children if c.rule for tag in c.rule.tags)
        for scenario, _ in self.written:
            yield from scenario.tags
            yield from (tag for examples in scenario.examples for tag in examples.tags)

    def at(self, line: int) -> str:
        """A place in the file, for a finding."""
        return f"{self.name}:{line}"


def read_features(folder: Path) -> list[FeatureFile]:
    """Every feature below ``folder``."""
    paths = sorted(folder.rglob("*.feature"))
    return [_read(path, path.relative_to(folder).as_posix()) for path in paths]


def _read(path: Path, name: str) -> FeatureFile:
    feature = FeatureParser(str(path.parent), path.name).parse()
    return FeatureFile(name, feature, gherkin.get_gherkin_document(str(path)))


def own_steps(scenario: ScenarioTemplate) -> list[Step]:
    """The steps of the scenario itself, without those of a Background."""
    background = {id(step) for step in scenario.all_background_steps}
    return [step for step in scenario.steps if id(step) not in background]


def lines_of(scenario: ScenarioTemplate) -> Iterator[tuple[Step, str]]:
    """Every step with each text that the rows of the Examples give it."""
    rows = [row for examples in scenario.examples for row in examples.as_contexts()] or [{}]
    for step in scenario.steps:
        for text in dict.fromkeys(render_string(step.name, row) for row in rows):
            yield step, text
