"""Read Allure's result files; an unreadable file is an error with its reason.

It is never skipped, because it may be the result of a failure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ValidationError, field_validator, model_validator

from checkout_conformance.evidence.allure_labels import FEATURE, SCENARIO
from checkout_conformance.reporting.allure_html import RUN_FIRST, ReportError, short

PATTERN = "*-result.json"
# How many of the files that cannot be read are named.
NAMED = 3


class _Named(BaseModel):
    name: str
    value: str = ""


class _Attachment(BaseModel):
    name: str
    source: str

    @field_validator("source")
    @classmethod
    def _lies_beside_the_result(cls, source: str) -> str:
        if Path(source).name != source:
            raise ValueError("an attachment lies beside its result")
        return source


class _Step(BaseModel):
    name: str
    status: Literal["passed", "failed", "broken", "skipped", "unknown"]
    start: int
    stop: int
    steps: list[_Step] = []
    attachments: list[_Attachment] = []


class _Details(BaseModel):
    message: str = ""


class _Result(_Step):
    labels: list[_Named] = []
    parameters: list[_Named] = []
    statusDetails: _Details = _Details()

    @model_validator(mode="after")
    def _a_scenario_has_a_name(self) -> Self:
        names = {label.name for label in self.labels}
        if FEATURE in names and SCENARIO not in names:
            raise ValueError("the scenario's name is missing")
        return self


def read_results(folders: Iterable[Path]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every result in ``folders``, each with its folder.

    Raises ReportError for a folder that is not there or holds no result, and for files that cannot
    be read or are not results of Allure.
    """
    files = [(folder, file) for folder in folders for file in _files_in(folder)]
    read = [(folder, _read(file)) for folder, file in files]
    _refuse([reason for _, reason in read if isinstance(reason, str)])
    return ((folder, result) for folder, result in read if isinstance(result, dict))


def _files_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise ReportError(
            f"there is no folder {short(folder)}. Check the path. Run {RUN_FIRST} first."
        )
    found = sorted(folder.glob(PATTERN))
    if not found:
        raise ReportError(f"no results in {short(folder)}. Run {RUN_FIRST} first.")
    return found


def _read(file: Path) -> dict[str, Any] | str:
    """The result in ``file``, or the reason why there is none."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        _Result.model_validate(content)
    except OSError as error:
        return f"{short(file)} cannot be read: {error.strerror}"
    except ValidationError as error:
        return f"{short(file)} is not a result of Allure: {_first(error)}"
    except (ValueError, RecursionError):
        what = "is cut off or is not JSON" if file.stat().st_size else "is empty"
        return f"{short(file)} {what}"
    return dict(content)


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else str(first["msg"])


def _refuse(reasons: Sequence[str]) -> None:
    if not reasons:
        return
    more = len(reasons) - NAMED
    shown = [*reasons[:NAMED], *([f"and {more} more"] if more > 0 else [])]
    raise ReportError(f"{'; '.join(shown)}. Run it again, or delete the unreadable files.")


def missing_files(folder: Path, step: dict[str, Any]) -> Iterator[str]:
    """The names of the attachments of a step, and of its steps, that are not there or empty."""
    for attachment in step.get("attachments", []):
        file = folder / attachment["source"]
        if not file.is_file() or not file.stat().st_size:
            yield attachment["name"]
    for inner in step.get("steps", []):
        yield from missing_files(folder, inner)
