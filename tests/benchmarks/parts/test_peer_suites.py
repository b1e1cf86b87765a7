"""Scenarios a minute: which harnesses are measured, and what is said to be equal for them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks.harnesses import catalogue
from benchmarks.harnesses.harness import Harness
from benchmarks.measurement.command import Run
from benchmarks.measurement.session import BenchmarkSession
from benchmarks.parts import peer_suites
from benchmarks.parts.peer_suites import measure_http, measure_peers


@pytest.fixture(autouse=True)
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, int]]:
    """The runs of harnesses that take a second for two scenarios."""
    runs: list[tuple[str, int, int]] = []

    def quick(harness: Harness) -> Harness:
        def run(count: int, workers: int) -> Run:
            runs.append((harness.name, count, workers))
            return Run(count / 2, 0.0)

        return Harness(harness.name, harness.workers, run)

    for name in ("OURS", "RAW", "OURS_OVER_HTTP", "RAW_OVER_HTTP"):
        monkeypatch.setattr(peer_suites, name, quick(getattr(catalogue, name)))
    for name in ("PEERS", "PEERS_OVER_HTTP"):
        peers: Sequence[Harness] = getattr(catalogue, name)
        monkeypatch.setattr(peer_suites, name, [quick(peer) for peer in peers])
    return runs


def test_every_harness_over_http_runs_beside_ours_in_the_browser(
    runs: list[tuple[str, int, int]],
) -> None:
    session = BenchmarkSession(1)
    [part] = measure_http(session)
    assert runs == [
        ("checkout-conformance over HTTP", 300, 2),
        ("raw httpx script", 300, 2),
        ("behave with httpx", 300, 2),
        ("pytest-bdd with httpx", 300, 2),
        ("Robot Framework RequestsLibrary", 300, 2),
        ("checkout-conformance", 60, 2),
    ]
    assert {figure.values for figure in part.figures} == {(120.0,)}
    assert part.base == "checkout-conformance over HTTP"


@pytest.mark.parametrize(("ruby", "here"), [(None, True), ("/usr/bin/ruby", False)])
def test_capybara_is_named_with_the_reason_why_it_is_not_measured(
    ruby: str | None, here: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: ruby)
    session = BenchmarkSession(1)
    measure_http(session)
    why = session.missing["Capybara with rack_test"]
    assert "Rack application in its own process" in why
    assert ("this machine has no Ruby" in why) is here


def test_only_the_peers_that_are_asked_for_run(runs: list[tuple[str, int, int]]) -> None:
    session = BenchmarkSession(1)
    measure_http(session, ["behave"])
    assert [name for name, *_ in runs if "httpx" in name] == [
        "raw httpx script",
        "behave with httpx",
    ]
    assert not session.missing


def test_the_notes_say_what_is_equal_and_what_is_not() -> None:
    [part] = measure_peers(BenchmarkSession(1))
    equal, unequal = part.notes
    assert equal.startswith("Equal: 60 scenarios, 2 workers, 2 stacks of mock sites,")
    assert unequal.startswith("Not equal: ")


def test_the_notes_count_the_workers_of_each_harness_if_they_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = Harness("raw", 3, lambda count, workers: Run(1.0, 0.0))
    monkeypatch.setattr(peer_suites, "RAW", raw)
    [part] = measure_peers(BenchmarkSession(1), ["behave"])
    assert (
        "checkout-conformance: 2 and 2, raw: 3 and 3, behave with Playwright: 2 and 2"
        in (part.notes[0])
    )
