"""What runs left behind, read back from their Allure results: scenarios, sections, steps.

Allure's results are the only record of a run. A killed run has the results of its finished
scenarios; several runs are merged by reading several folders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from allure_commons.types import LabelType

from checkout_conformance.clauses import CLAUSE_ID
from checkout_conformance.evidence.allure_labels import FEATURE, SCENARIO, WALK
from checkout_conformance.evidence.arguments import DATA_TABLE, DOC_STRING
from checkout_conformance.evidence.scenario_story import FORM, MISSING_SUFFIX, PICTURE, WHOLE_PAGE
from checkout_conformance.evidence.setting import UNKNOWN, Setting
from checkout_conformance.plan import Key, key_of, planned_key, read_plan
from checkout_conformance.reporting.results import missing_files, read_results

HEADING = re.compile(rf"({CLAUSE_ID.pattern})(?: · |$)")
SETTING = [field.name for field in fields(Setting)]


@dataclass(frozen=True)
class StepEvidence:
    """A Gherkin step that was run; its status is Allure's word."""

    text: str
    status: str
    seconds: float
    argument: str = ""


@dataclass(frozen=True)
class ClauseSection:
    """The steps of a scenario that belong to one clause, or to none (``""``): preparation.

    ``missing`` are the names of attachments that could not be made or whose files are gone.
    """

    clause: str
    status: str
    seconds: float
    steps: tuple[StepEvidence, ...]
    picture: Path | None
    missing: tuple[str, ...] = ()
    # The filled form, with the control outlined that was pressed next; only in a walk.
    form: Path | None = None


@dataclass(frozen=True)
class ScenarioEvidence:
    """A scenario that was run, or a row of its Examples; times are in seconds since 1970."""

    feature: str
    name: str
    title: str
    example: tuple[tuple[str, str], ...]
    setting: Setting
    status: str
    message: str
    began: float
    ended: float
    sections: tuple[ClauseSection, ...]
    # The clauses in its tags, and whether it is the walk of a whole procedure.
    clauses: tuple[str, ...] = ()
    is_walk: bool = False
    missing: tuple[str, ...] = ()
    # The folder of results that tells of it.
    folder: Path = Path()

    @property
    def key(self) -> Key:
        """The key by which the plan identifies the scenario."""
        return planned_key(key_of(self.feature, self.name, self.example), read_plan())


def read_evidence(folders: Iterable[Path]) -> list[ScenarioEvidence]:
    """Every scenario in these folders of Allure results; other tests are left out.

    Raises ReportError for a folder without results, and for a result that cannot be read.
    """
    results = read_results(folders)
    return [scenario_in(folder, result) for folder, result in results if is_scenario(result)]


def is_scenario(result: dict[str, Any]) -> bool:
    """Whether a result of Allure is that of a scenario which began."""
    return FEATURE in _labels(result)


def _labels(result: dict[str, Any]) -> dict[str, str]:
    return {label["name"]: label["value"] for label in result.get("labels", [])}


def scenario_in(folder: Path, result: dict[str, Any]) -> ScenarioEvidence:
    """What a result of Allure tells of a scenario; its pictures lie in ``folder``."""
    labels = _labels(result)
    rows = [(one["name"], one.get("value", "")) for one in result.get("parameters", [])]
    return ScenarioEvidence(
        feature=labels[FEATURE],
        name=labels[SCENARIO],
        title=result["name"],
        example=tuple(sorted(row for row in rows if row[0] not in SETTING)),
        setting=Setting(**{name: labels.get(name, UNKNOWN) for name in SETTING}),
        status=result["status"],
        message=result.get("statusDetails", {}).get("message", ""),
        began=result["start"] / 1000,
        ended=result["stop"] / 1000,
        sections=tuple(_sections(folder, result.get("steps", []))),
        clauses=tuple(_clauses(result)),
        is_walk=labels.get(LabelType.STORY) == WALK,
        missing=tuple(_missing(folder, result)),
        folder=folder,
    )


def _clauses(result: dict[str, Any]) -> list[str]:
    tags = [one["value"] for one in result.get("labels", []) if one["name"] == LabelType.TAG]
    return [tag for tag in dict.fromkeys(tags) if CLAUSE_ID.fullmatch(tag)]


def _missing(folder: Path, step: dict[str, Any]) -> Iterator[str]:
    """Yield the names of attachments whose files are gone or that could not be made."""
    yield from missing_files(folder, step)
    yield from _recorded_missing(step)


def _recorded_missing(step: dict[str, Any]) -> Iterator[str]:
    for attachment in step.get("attachments", []):
        if attachment["name"].endswith(MISSING_SUFFIX):
            yield attachment["name"].removesuffix(MISSING_SUFFIX)
    for inner in step.get("steps", []):
        yield from _recorded_missing(inner)


def _sections(folder: Path, steps: list[dict[str, Any]]) -> Iterator[ClauseSection]:
    for step in steps:
        heading = HEADING.match(step["name"])
        inner = step.get("steps", []) if heading else [step]
        yield ClauseSection(
            clause=heading[1] if heading else "",
            status=step["status"],
            seconds=_seconds(step),
            steps=tuple(_step(folder, one) for one in inner),
            picture=next(_files(folder, [step, *inner], PICTURE, WHOLE_PAGE), None),
            missing=tuple(_missing(folder, step)),
            # The last press of a clause leads to its result.
            form=next(_files(folder, [*reversed(inner), step], FORM), None),
        )


def _step(folder: Path, step: dict[str, Any]) -> StepEvidence:
    shown = [one for one in step.get("attachments", []) if one["name"] in (DATA_TABLE, DOC_STRING)]
    files = [folder / one["source"] for one in shown]
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in files if file.is_file()]
    return StepEvidence(step["name"], step["status"], _seconds(step), "\n".join(texts))


def _seconds(step: dict[str, Any]) -> float:
    return (step["stop"] - step["start"]) / 1000 if "stop" in step else 0.0


def _files(folder: Path, steps: Iterable[dict[str, Any]], *names: str) -> Iterator[Path]:
    """Yield the files of the attachments with these names that are there."""
    for step in steps:
        for attachment in step.get("attachments", []):
            path = folder / attachment["source"]
            if attachment["name"] in names and path.exists():
                yield path
