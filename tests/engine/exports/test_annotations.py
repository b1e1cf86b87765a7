from __future__ import annotations

import json

from checkout_conformance.exports.annotations import github_of, gitlab_of
from checkout_conformance.exports.lines import line_of
from checkout_conformance.project import FEATURES
from checkout_conformance.reporting.conformance import Conformance
from tests.engine.exports.conftest import FEATURE


def test_a_failure_stands_beside_the_line_of_its_scenario(scenario: str) -> None:
    line = line_of(FEATURE, f"{scenario} [an example]")
    assert scenario in (FEATURES / FEATURE).read_text(encoding="utf-8").splitlines()[line - 1]


def test_a_scenario_that_is_no_more_stands_at_the_beginning() -> None:
    assert line_of(FEATURE, "No such scenario") == 1
    assert line_of("no.feature", "No such scenario") == 1


def test_github_gets_one_line_for_each_failure(document: Conformance, scenario: str) -> None:
    first, second = github_of(document).splitlines()
    line = line_of(FEATURE, scenario)
    assert first.startswith(f"::error file=features/{FEATURE},line={line},title=W1.2 ")
    assert first.endswith(
        "::the site deviates from the document. Expected: the tile."
        " Actual: 50 %25 off: none%0A<b>\x00"
    )
    assert second.startswith(f"::error file=features/{FEATURE},line=1,title=other Before all::")


def test_nothing_in_a_title_ends_it_early(document: Conformance) -> None:
    check = document.other_checks[0].model_copy(update={"scenario": "a: b, c::d"})
    changed = document.model_copy(update={"clauses": [], "other_checks": [check]})
    assert "title=other a%3A b%2C c%3A%3Ad::" in github_of(changed)


def test_gitlab_gets_an_issue_for_each_failure(document: Conformance) -> None:
    issues = json.loads(gitlab_of(document))
    assert [issue["check_name"] for issue in issues] == ["W1.2", "other"]
    assert len({issue["fingerprint"] for issue in issues}) == 2
    assert issues[1]["location"] == {"path": f"features/{FEATURE}", "lines": {"begin": 1}}
