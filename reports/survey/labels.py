"""Which labels the documented walks press, fill in or look for, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_bdd.feature import get_features

from reports.allure_place import FEATURES
from reports.clauses import clause_of
from steps.glossary import Glossary

QUOTED = re.compile(r'"([^"]+)"')


def labels_of_walks() -> list[tuple[str, str]]:
    """Pairs of a clause's id and a label's name, once each, in the order of the documents."""
    known = Glossary("en").names()
    return sorted(dict.fromkeys(pair for pair in _quoted() if pair[1] in known), key=_in_order)


def _quoted() -> Iterator[tuple[str, str]]:
    files = [str(FEATURES / folder) for folder in ("wallet", "cards")]
    for feature in get_features(files):
        for scenario in feature.scenarios.values():
            for step in scenario.steps if scenario.rule is None else ():
                clause = clause_of(step, scenario)
                yield from ((clause, name) for name in QUOTED.findall(step.name) if clause)


def _in_order(pair: tuple[str, str]) -> tuple[str, int]:
    procedure, _, number = pair[0].partition(".")
    # The wallet's document comes first.
    return procedure.replace("W", "A"), int(number)
