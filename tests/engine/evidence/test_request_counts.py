"""What --count-requests counts, and what it tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_bdd.parser import Step

from checkout_conformance.evidence.request_counts import PROPERTY, Counted, Counting, figures
from checkout_conformance.targets.sent_requests import SENT


class Node:
    """The item of a scenario, as far as it is told of."""

    def __init__(self) -> None:
        self.user_properties: list[tuple[str, object]] = []


class Request:
    """The request of a scenario."""

    def __init__(self) -> None:
        self.node = Node()


def step(kind: str, text: str) -> Step:
    return Step(text, kind, 0, 1, kind.capitalize())


def counted(*steps: tuple[str, str, int]) -> object:
    """The counts that are kept of a scenario. A step has its kind, text and number of requests."""
    request, counting = Request(), Counting()
    counting.pytest_bdd_before_scenario(request)  # type: ignore[arg-type]
    for kind, text, number in steps:
        counting.pytest_bdd_before_step()
        for _ in range(number):
            SENT.add()
        counting.pytest_bdd_after_step(step(kind, text))
    [(name, counts)] = request.node.user_properties
    assert name == PROPERTY
    return counts


def test_the_requests_of_each_given_are_counted_and_no_others() -> None:
    counts = counted(
        ("given", "an account", 1),
        ("given", "a full cart", 3),
        ("given", "an account", 1),
        ("when", "the buyer pays", 5),
        ("then", "it is paid", 2),
    )
    assert counts == {"an account": 2, "a full cart": 3}


def test_the_figures_name_the_scenarios_with_too_many_the_worst_first() -> None:
    counts = {"a": {"x": 6, "y": 5}, "b": {"x": 10}, "c": {"x": 20}, "d": {}}
    assert figures(counts) == [
        "requests for preconditions: 10.2 on average, 20 at most;"
        " 2 of 4 scenarios send more than 10",
        "  20 c",
        "  11 a",
    ]
    assert figures({}) == ["no scenario was counted"]


def test_the_file_has_the_counts_of_every_scenario_by_step(
    tmp_path: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "counts.json"
    monkeypatch.setattr(pytestconfig.option, "count_requests", file, raising=False)
    monkeypatch.delattr(pytestconfig, "workerinput", raising=False)
    whole = Counted(pytestconfig)
    for when in ("setup", "call", "teardown"):
        properties = [(PROPERTY, {"an account": 1})]
        whole.pytest_runtest_logreport(
            pytest.TestReport(
                "a", ("", 1, ""), {}, "passed", None, when, user_properties=properties
            )
        )
    whole.pytest_sessionfinish()
    assert json.loads(file.read_text(encoding="utf-8")) == {"a": {"an account": 1}}
