"""Which labels the documented walks press, fill in or look for, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_bdd.feature import get_features

from checkout_conformance.clauses import OUR_LANGUAGE, clause_of, read_clauses
from checkout_conformance.project import FEATURES
from checkout_conformance.targets.glossary import Glossary

QUOTED = re.compile(r'"([^"]+)"')


def labels_of_walks() -> list[tuple[str, str]]:
    """Pairs of a clause's id and a label's name, once each, in the order of the documents."""
    known = Glossary("en").names()
    found = dict.fromkeys(pair for pair in _quoted() if pair[1] in known)
    position = {clause: place for place, clause in enumerate(read_clauses())}
    return sorted(found, key=lambda pair: position[pair[0]])


def _quoted() -> Iterator[tuple[str, str]]:
    for feature in get_features([str(FEATURES)]):
        if feature.language != OUR_LANGUAGE:
            continue
        for scenario in feature.scenarios.values():
            for step in scenario.steps if scenario.rule is None else ():
                clause = clause_of(step, scenario)
                yield from ((clause, name) for name in QUOTED.findall(step.name) if clause)
