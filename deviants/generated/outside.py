"""The generated deviants that no clause forbids, each with the reason."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from deviants.generated.collection import generated
from deviants.generated.faults import operator_of

REASONS = Path(__file__).parent / "outside.toml"


@cache
def outside() -> dict[str, str]:
    """Return the reasons, by the names of the deviants.

    ``outside.toml`` gives a reason to a whole operator, or to single deviants.
    """
    told = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    operators, deviants = told.get("operators", {}), told.get("deviants", {})
    of_operators = {
        one.name: operators[operator_of(one.name)]
        for one in generated()
        if operator_of(one.name) in operators
    }
    single = {name: reason for reason, names in deviants.items() for name in names}
    return of_operators | single
