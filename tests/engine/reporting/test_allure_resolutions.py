"""Known deviations become Allure's accepted failures."""

from __future__ import annotations

import json
import re
from datetime import date

from checkout_conformance.plan import read_plan
from checkout_conformance.reporting.allure_resolutions import resolutions_of
from checkout_conformance.reporting.judge import ConformanceJudge
from checkout_conformance.reporting.known_deviation import KnownDeviation, KnownState
from tests.support.sample_evidence import some_clauses


def known(state: KnownState, scenario: str | None = None) -> KnownDeviation:
    return KnownDeviation(
        target="mock",
        clause="W1.4",
        scenario=scenario,
        reason="It is late.",
        ticket="ACME-7",
        until=date(2030, 1, 1),
        state=state,
    )


def test_only_a_deviation_of_a_whole_clause_that_happened_is_accepted() -> None:
    empty = ConformanceJudge([], read_plan()).conformance(some_clauses("W1.4"))
    deviations = [
        known(KnownState.HAPPENED),
        known(KnownState.PAST),
        known(KnownState.DID_NOT_HAPPEN),
        known(KnownState.HAPPENED, "A wrong code pays nothing"),
    ]
    document = empty.model_copy(update={"known_deviations": deviations})
    [rule] = json.loads(resolutions_of(document))
    assert (rule["resolution"], rule["comment"]) == ("accepted", "It is late. ACME-7")
    assert re.search(rule["messageRegexp"], "AssertionError: W1.4: the document expects: a form")
    assert not re.search(rule["messageRegexp"], "AssertionError: W1.3: the document expects: x")
    assert not re.search(rule["messageRegexp"], "AssertionError: W1.40: the document expects: x")
