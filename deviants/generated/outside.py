"""The generated deviants that no clause forbids, each with the reason."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from deviants.generated.collection import generated

REASONS = Path(__file__).parent / "outside.toml"


@cache
def outside() -> dict[str, str]:
    """Return the reasons, by the names of the deviants.

    ``outside.toml`` has patterns of names for each reason.
    """
    return {
        one.name: reason
        for reason, patterns in reasons().items()
        for one in generated()
        if any(fnmatchcase(one.name, pattern) for pattern in patterns)
    }


@cache
def reasons() -> dict[str, list[str]]:
    """Return the patterns of the names for each reason."""
    return tomllib.loads(REASONS.read_text(encoding="utf-8"))
