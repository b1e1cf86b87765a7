"""Where scenarios stand in their feature files, for annotations."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pytest_bdd.feature import get_features

from checkout_conformance.team import path_of


@cache
def lines_in(feature: str, features: Path | None = None) -> dict[str, int]:
    """Return the line of each scenario of a feature file, by name; empty without the file."""
    path = features / feature if features else path_of(feature)
    if not path.is_file():
        return {}
    [read] = get_features([str(path)])
    return {one.name: one.line_number for one in read.scenarios.values()}


def line_of(feature: str, title: str, features: Path | None = None) -> int:
    """Return the line of a scenario, whose title may end in its example; 1 if it is not found."""
    lines = lines_in(feature, features)
    fitting = [name for name in lines if title == name or title.startswith(f"{name} ")]
    return lines[max(fitting, key=len)] if fitting else 1
