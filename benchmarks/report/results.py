"""The results of a benchmark session as JSON: figures, machine, versions and date."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.harnesses.installed import JAVASCRIPT, PYTHON_LOCK
from benchmarks.measurement.session import BenchmarkSession
from benchmarks.report.comparison import Comparison
from benchmarks.report.figures import Figure
from checkout_conformance.drivers.chromium import find_chromium

OUR_PACKAGES = ("playwright", "pytest", "pytest-bdd", "pytest-xdist", "flask", "cheroot")
PEER_PACKAGES = (
    "behave",
    "robotframework",
    "robotframework-browser",
    "robotframework-requests",
    "selenium",
    "httpx",
    "lxml",
)


@dataclass(frozen=True)
class Results:
    """The results of one benchmark session."""

    parts: tuple[Comparison, ...]
    facts: Mapping[str, str]
    slowdown: float
    too_noisy: bool
    missing: Mapping[str, str]

    def as_json(self) -> str:
        """For ``results.json``."""
        return json.dumps(
            {
                "facts": dict(self.facts),
                "slowdown": round(self.slowdown, 3),
                "too_noisy": self.too_noisy,
                "missing": dict(self.missing),
                "parts": [_part_facts(part) for part in self.parts],
            },
            indent=1,
            ensure_ascii=False,
        )


def results_of(session: BenchmarkSession, parts: list[Comparison]) -> Results:
    """Gather what stands beside the figures."""
    return Results(
        tuple(parts), _facts(), session.noise.slowdown, session.noise.too_much, session.missing
    )


def results_in(text: str) -> Results:
    """The results that a ``results.json`` holds."""
    kept = json.loads(text)
    parts = tuple(
        Comparison(
            title=part["title"],
            unit=part["unit"],
            base=part["base"],
            figures=tuple(
                Figure(one["name"], part["unit"], tuple(one["values"])) for one in part["figures"]
            ),
            more_is_better=part["more_is_better"],
            notes=tuple(part["notes"]),
        )
        for part in kept["parts"]
    )
    return Results(parts, kept["facts"], kept["slowdown"], kept["too_noisy"], kept["missing"])


def _part_facts(part: Comparison) -> dict[str, Any]:
    return {
        "title": part.title,
        "unit": part.unit,
        "base": part.base,
        "more_is_better": part.more_is_better,
        "notes": list(part.notes),
        "figures": [
            {"name": one.name, "ratio": _rounded(part.ratio_of(one)), "values": list(one.values)}
            for one in part.figures
        ],
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


def _facts() -> dict[str, str]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "browser": _browser(),
        **{name: version(name) for name in OUR_PACKAGES},
        **_versions_of_peers(),
    }


def _browser() -> str:
    program = find_chromium()
    if program is None:
        return "Playwright's own"
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return f"{program.name} {said.stdout.strip().rpartition(' ')[2]}".strip()


def _versions_of_peers() -> dict[str, str]:
    lines = PYTHON_LOCK.read_text(encoding="utf-8").splitlines()
    pins = (line.removesuffix("\\").strip() for line in lines if line[:1].isalnum())
    locked = dict(pin.split("==", 1) for pin in pins)
    package = json.loads((JAVASCRIPT / "package.json").read_text(encoding="utf-8"))
    return {name: locked[name] for name in PEER_PACKAGES} | dict(package["dependencies"])


def read_results(file: Path) -> Results:
    """The results in a file."""
    return results_in(file.read_text(encoding="utf-8"))
