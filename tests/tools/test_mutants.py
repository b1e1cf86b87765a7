"""What mutation testing amounts to: which survivors are to be explained, which reasons are idle."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tools.mutants import TABLE, Mutant, change_in, evaluate, function_of, write

ROOT = Path(__file__).parents[2]
LINE = "if left >= 5:"
SURVIVOR = Mutant("m.x_f__mutmut_1", "m.f", LINE, "survived", f"-if left > 5:\n+{LINE}")
KILLED = Mutant("m.x_f__mutmut_2", "m.f", "", "killed")
BY_TYPES = Mutant("m.x_f__mutmut_3", "m.f", "", "caught by type check")


def test_a_survivor_without_a_reason_is_to_be_explained() -> None:
    verdict = evaluate([SURVIVOR, KILLED, BY_TYPES], {})
    assert verdict.unexplained == [SURVIVOR]
    assert (verdict.tried, verdict.killed_by_tests, verdict.caught_by_types) == (3, 1, 1)
    assert verdict.score == 66.7


def test_a_reason_explains_the_very_change_of_its_function_only() -> None:
    assert evaluate([SURVIVOR], {"m.f": {LINE: "as"}}).unexplained == []
    assert evaluate([SURVIVOR], {"m.g": {LINE: "as"}}).unexplained == [SURVIVOR]
    assert evaluate([SURVIVOR], {"m.f": {"if left:": "as"}}).unexplained == [SURVIVOR]


def test_a_reason_whose_survivor_is_gone_is_idle() -> None:
    assert evaluate([KILLED], {"m.f": {LINE: "as"}}).idle == [f"m.f: {LINE}"]
    assert evaluate([SURVIVOR], {"m.f": {LINE: "as"}}).idle == []


def test_a_reason_about_a_rule_that_was_not_tried_is_not_idle() -> None:
    assert evaluate([KILLED], {"m.g": {LINE: "as"}}).idle == []


@pytest.mark.parametrize("status", ["no tests", "suspicious", "segfault"])
def test_what_no_test_has_judged_has_survived(status: str) -> None:
    untested = Mutant("m.x_f__mutmut_4", "m.f", LINE, status)
    assert evaluate([untested], {}).unexplained == [untested]


@pytest.mark.parametrize(
    ("name", "function"),
    [
        (
            "mock_sites.shared.values.money.x_parse_amount__mutmut_26",
            "mock_sites.shared.values.money.parse_amount",
        ),
        (
            "mock_sites.shared.values.money.x__decimal__mutmut_2",
            "mock_sites.shared.values.money._decimal",
        ),
        ("a.b.xǁSigningǁ__init____mutmut_6", "a.b.Signing.__init__"),
    ],
)
def test_a_mutant_is_named_by_its_function(name: str, function: str) -> None:
    assert function_of(name) == function


def test_a_change_is_what_the_mutant_brings_or_leaves_out() -> None:
    head = "--- a.py\n+++ a.py\n@@ -1 +1 @@\n"
    assert change_in(f"{head}-    if left > 5:\n+    {LINE}\n") == LINE
    assert change_in(f"{head}-    left(\n-        1\n") == "without left( 1"


def test_survivors_are_written_for_people_and_for_programs(tmp_path: Path) -> None:
    write(evaluate([SURVIVOR, KILLED], {"m.f": {"gone": "as"}}), tmp_path)
    facts = json.loads((tmp_path / "mutants.json").read_text())
    assert facts["score"] == 50.0
    assert facts["unexplained"][0]["change"] == LINE
    told = (tmp_path / "mutants.txt").read_text()
    assert f"+{LINE}" in told
    assert "idle reason: m.f: gone" in told


def test_every_judge_has_rules_and_tests_that_are_there() -> None:
    suites = tomllib.loads(TABLE.read_text(encoding="utf-8"))["suites"]
    named = [file for suite in suites.values() for file in suite["rules"] + suite["tests"]]
    assert [file for file in named if not (ROOT / file).is_file()] == []
