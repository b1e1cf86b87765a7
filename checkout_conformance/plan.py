"""The plan of a complete run: every scenario of the features, with its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path

from pytest_bdd.feature import get_features
from pytest_bdd.parser import Feature, ScenarioTemplate, render_string

from checkout_conformance.clauses import clauses_of
from checkout_conformance.project import FEATURES
from checkout_conformance.redaction.secret_words import MASK
from checkout_conformance.redaction.secrets import redact
from checkout_conformance.team import feature_roots, team

ON_A_PHONE = "mobile"
# What binds features to pytest.
TEST_MODULES = "test_*.py"
Key = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class PlannedScenario:
    """A scenario of the features, or a row of its Examples."""

    feature: str
    name: str
    example: tuple[tuple[str, str], ...]
    clauses: tuple[str, ...]
    is_walk: bool
    on_a_phone: bool

    @property
    def key(self) -> Key:
        """The key by which the scenario is found in the evidence."""
        return key_of(self.feature, self.name, self.example)

    @property
    def edition(self) -> str:
        """The language folder of the feature: "" for English, else for example "ar"."""
        top = Path(self.feature.rpartition(":")[2]).parts[0]
        return top if len(top) == 2 else ""


def key_of(feature: str, name: str, example: Iterable[tuple[str, str]]) -> Key:
    """Return a scenario's unique key; redacted, because the evidence is redacted too."""
    return feature, redact(name), tuple((column, redact(value)) for column, value in example)


def planned_key(key: Key, plan: Iterable[PlannedScenario]) -> Key:
    """The planned key that ``key`` stands for, or ``key`` itself if no single one fits.

    Evidence is written without what its process has registered as a secret. A short secret may
    also be a word or a number of a feature, so a key of evidence can have more masks than the
    plan has.
    """
    # Most keys have no mask: looking through the plan for each of them would take minutes.
    if not any(MASK in text for text in _texts(key)):
        return key
    known = {planned.key for planned in plan}
    fitting = [one for one in known if _stands_for(key, one)] if key not in known else []
    return fitting[0] if len(fitting) == 1 else key


def _stands_for(masked: Key, planned: Key) -> bool:
    texts, whole = _texts(masked), _texts(planned)
    return len(texts) == len(whole) and all(map(_fits, texts, whole))


def _texts(key: Key) -> list[str]:
    feature, name, example = key
    return [feature, name, *(text for column in example for text in column)]


def _fits(masked: str, whole: str) -> bool:
    pieces = map(re.escape, masked.split(MASK))
    return re.fullmatch(".+".join(pieces), whole, re.DOTALL) is not None


def feature_files(arguments: Iterable[str], never: Sequence[str] = ()) -> Iterator[Path]:
    """Find the features in the folders of pytest's arguments.

    ``never`` are patterns of folders that pytest does not enter by itself, as in its settings.
    """
    patterns = [f"*/{pattern}/*" for pattern in never]
    for argument in arguments:
        path = Path(argument.partition("::")[0]).absolute()
        folder = path if path.is_dir() else path.parent
        for file in folder.rglob("*.feature"):
            below = f"/{folder.name}/{file.relative_to(folder).as_posix()}"
            if not any(fnmatch(below, pattern) for pattern in patterns):
                yield file


def features_to_run() -> list[Path]:
    """Return the folders of a run of everything: ours, and that of the team's project."""
    return [folder for folder in feature_roots().values() if _is_bound(folder)]


def _is_bound(folder: Path) -> bool:
    return any(folder.rglob(TEST_MODULES))


@lru_cache
def read_plan(folder: Path | None = None) -> tuple[PlannedScenario, ...]:
    """Return every scenario in ``folder``, in the order of the files.

    Without ``folder``: ours, less what the team's project replaces, and those of that project.
    """
    if folder is not None:
        return tuple(_planned(folder, ""))
    own = team()
    ours = tuple(one for one in _planned(FEATURES, "") if not is_replaced(one.feature, one.name))
    if own is None or not own.features.is_dir():
        return ours
    return (*ours, *_planned(own.features, f"{own.table.name}:"))


def is_replaced(feature: str, scenario: str) -> bool:
    """Whether the team's project replaces that scenario of ours, or the whole feature."""
    own = team()
    if own is None:
        return False
    return feature in own.replaced("feature") or scenario in own.replaced("scenario")


def _planned(folder: Path, beginning: str) -> Iterator[PlannedScenario]:
    features = sorted(get_features([str(folder)]), key=lambda feature: feature.filename)
    for feature in features:
        path = Path(feature.filename).resolve().relative_to(folder.resolve())
        yield from _scenarios(feature, beginning + path.as_posix())


def _scenarios(feature: Feature, where: str) -> Iterator[PlannedScenario]:
    for scenario in feature.scenarios.values():
        for row in _rows(scenario):
            yield PlannedScenario(
                feature=where,
                name=render_string(scenario.name, row),
                example=tuple(sorted(row.items())),
                clauses=tuple(clauses_of(scenario)),
                is_walk=scenario.rule is None,
                on_a_phone=ON_A_PHONE in _tags(scenario),
            )


def _rows(scenario: ScenarioTemplate) -> list[dict[str, str]]:
    rows = [dict(row) for examples in scenario.examples for row in examples.as_contexts()]
    return rows or [{}]


def _tags(scenario: ScenarioTemplate) -> set[str]:
    of_rule = scenario.rule.tags if scenario.rule else set()
    return set(scenario.tags) | set(of_rule) | set(scenario.feature.tags)
