"""Real browsers beside a load: what they count, apart from the virtual buyers."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from checkout_conformance.drivers.chromium import find_chromium
from checkout_conformance.load.canaries import CanaryLost, require_mock_sites, running_canaries
from checkout_conformance.load.canary import Tally, at_share
from checkout_conformance.load.job import CanaryJob
from checkout_conformance.targets.file import SafetyRefusal
from checkout_conformance.targets.target import target_file
from tests.engine.load.test_load import QUICK, load, rows


def test_what_a_canary_measures_is_counted_by_kind_and_name() -> None:
    tally = Tally()
    for seconds in (0.1, 0.2, 0.9):
        tally.record("clause", "W1.1", seconds, None)
    tally.record("clause", "W1.1", 0.3, "no menu")
    tally.record("visit", "W1", 2.0, "at W1.1")

    counted = tally.counted()

    clause, visit = counted.rows
    assert (clause.name, clause.times, clause.failures) == ("W1.1", 4, 1)
    assert (clause.median, clause.longest) == (250, 900)
    assert (visit.times, visit.failures) == (1, 1)
    assert {(one.name, one.reason, one.times) for one in counted.failures} == {
        ("W1.1", "no menu", 1),
        ("W1", "at W1.1", 1),
    }


def test_the_share_of_values_that_are_lower() -> None:
    values = [float(number) for number in range(1, 101)]

    assert at_share(values, 0.95) == 96
    assert at_share(values, 0.99) == 100
    assert at_share([7.0], 0.99) == 7


def test_canaries_walk_mock_sites_only(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('name = "own"\n[sites.shop]\nurl = "https://shop.example.test"\n')

    require_mock_sites(target_file("mock"))
    with pytest.raises(SafetyRefusal, match="own has sites of its own"):
        require_mock_sites(target_file(str(file)))


def test_a_canary_that_cannot_walk_leaves_no_counts() -> None:
    job = CanaryJob(
        target="mock",
        urls={},
        control_token="none",
        merchant_key="none",
        procedures=["W9"],
        seed="1",
        think=(0, 0),
    )

    with (
        running_canaries([job]) as end,
        pytest.raises(CanaryLost, match="a canary gave no result"),
    ):
        end()


@pytest.mark.timeout(180)
@pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium")
@pytest.mark.skipif(find_spec("locust") is None, reason="Locust is not installed")
def test_a_real_browser_walks_beside_the_load_and_is_counted_apart(tmp_path: Path) -> None:
    procedures = ("--procedure", "W1", "--procedure", "C2")
    done, counted = load(tmp_path, *QUICK, *procedures, "--seconds", "4", "--canaries", "1")

    assert done.returncode == 0, done.stdout + done.stderr
    arrived = int(done.stdout.partition(" buyers come")[0])
    assert sum(row["times"] for row in rows(counted, "visit").values()) == arrived
    in_browser = {row["name"]: row for row in counted["canaries"]}
    assert in_browser["W1"]["times"] >= 1
    assert in_browser["W1.6"]["failures"] == 0
    assert counted["canary_failures"] == []
    assert "In real browsers (canaries):" in done.stdout
    assert "Clauses in real browsers (canaries)" in (tmp_path / "load.html").read_text()
