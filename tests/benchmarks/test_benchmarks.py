"""The results of benchmarks: ratios, the noise verdict, the table and the chart."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.cache import PeerMissing
from benchmarks.chart import svg
from benchmarks.comparison import comparison_of
from benchmarks.figures import Figure, ratio
from benchmarks.harnesses import PEERS, write_feature, write_suite
from benchmarks.measured import RunFailed, measure
from benchmarks.noise import Noise, slowdown
from benchmarks.results import Results, read_results, results_of
from benchmarks.session import BenchmarkSession
from benchmarks.shares import shares
from benchmarks.side_by_side import joined
from benchmarks.table import markdown, number

FEATURES = Path(__file__).parents[2] / "features"
QUIET, LOUD = [0.1] * 19 + [0.102], [0.1] * 15 + [0.2] * 5
# Works for a fifth of a second in a child that nobody waits for.
ORPHAN = (
    "import subprocess, sys; subprocess.Popen([sys.executable, '-c', "
    "'import time; end = time.process_time() + .2\\nwhile time.process_time() < end: pass'])"
)


def results(seconds: list[float] | None = None) -> Results:
    """Results of two harnesses, one of which could not be measured."""
    session = BenchmarkSession(3, Noise(seconds or QUIET), {"Robot": "no robot here"})
    measured: dict[str, tuple[float, ...]] = {
        "ours": (60.0, 90.0, 66.0),
        "<theirs>": (30.0, 30.0, 30.0),
    }
    part = comparison_of("Scenarios a minute, in parallel", "a minute", "ours", measured)
    return results_of(session, [part])


def test_a_ratio_is_that_within_a_round() -> None:
    slow_second_round = Figure("one", "s", (2.0, 20.0, 2.2))
    base = Figure("base", "s", (1.0, 10.0, 1.0))
    assert ratio(slow_second_round, base) == 2.0


def test_a_figure_knows_its_least_its_median_and_its_most() -> None:
    figure = Figure("one", "s", (3.0, 1.0, 8.0))
    assert (figure.least, figure.middle, figure.most) == (1.0, 3.0, 8.0)


def test_a_quiet_machine_can_tell_and_a_loud_one_cannot() -> None:
    assert not Noise(QUIET).too_much
    assert Noise(LOUD).too_much
    assert slowdown([0.1]) == 0.0


def test_the_table_warns_of_a_noisy_machine() -> None:
    assert "too noisy to tell" in markdown(results(LOUD))
    assert "too noisy" not in markdown(results())


def test_the_table_starts_with_ratios_and_lists_skipped_harnesses() -> None:
    table = markdown(results())
    assert "| ours | 1.00 | 66 | 60 | 90 |" in table
    assert "| <theirs> | 0.45 | 30 | 30 | 30 |" in table
    assert "- Robot: no robot here" in table


def test_the_results_can_be_read_back(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_text(results().as_json(), encoding="utf-8")
    assert markdown(read_results(file)) == markdown(results())


def test_the_chart_is_sorted_by_result_and_loads_nothing() -> None:
    found = results()
    picture = svg(found.parts[0], found)
    texts = [text.text for text in ElementTree.fromstring(picture).iter() if text.text]
    assert texts.index("<theirs>") < texts.index("ours"), "less is better here"
    assert not re.search(r"href|url\(|<script", picture)


@pytest.mark.parametrize(("value", "shown"), [(0.8912, "0.891"), (66.04, "66"), (1234.5, "1,234")])
def test_numbers_are_as_long_as_a_reader_needs(value: float, shown: str) -> None:
    assert number(value) == shown


def test_scenarios_are_divided_evenly_among_workers() -> None:
    assert shares(60, 7) == [9, 9, 9, 9, 8, 8, 8]
    assert shares(2, 3) == [1, 1]


def test_rounds_are_interleaved() -> None:
    calls: list[str] = []

    def run(name: str) -> float:
        calls.append(name)
        return float(len(calls))

    found = BenchmarkSession(2).interleave("part", {"a": lambda: run("a"), "b": lambda: run("b")})
    assert calls == ["a", "b", "a", "b"]
    assert found == {"a": (1.0, 3.0), "b": (2.0, 4.0)}


def test_a_peer_that_is_not_there_is_left_out_and_named() -> None:
    def missing() -> float:
        raise PeerMissing("no chromedriver")

    session = BenchmarkSession(2)
    assert session.interleave("part", {"a": lambda: 1.0, "b": missing}) == {"a": (1.0, 1.0)}
    assert session.missing == {"b": "no chromedriver"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")
def test_processor_time_of_orphans_is_counted() -> None:
    assert measure([sys.executable, "-c", ORPHAN]).cpu > 0.2


def test_a_run_that_fails_is_no_measurement() -> None:
    with pytest.raises(RunFailed, match="because"):
        measure([sys.executable, "-c", "raise SystemExit('because')"])


def test_of_several_at_a_time_the_worst_status_counts() -> None:
    with pytest.raises(RunFailed):
        measure(joined([["true"], ["false"], ["true"]]))
    assert measure(joined([["true"], ["true"]])).wall > 0


def test_the_peers_walk_the_walk_of_our_feature(tmp_path: Path) -> None:
    ours = FEATURES / "wallet" / "paying_on_the_wallet_site.feature"
    walk = sentences(ours.read_text(encoding="utf-8").split("@W1.1")[0])
    assert sentences((PEERS / "walk.feature").read_text(encoding="utf-8")) == walk
    assert sentences((PEERS / "robot" / "walk.robot").read_text(encoding="utf-8")) == walk
    write_feature(tmp_path / "walk.feature", 3)
    assert (tmp_path / "walk.feature").read_text(encoding="utf-8").endswith("| 2 |\n")
    write_suite(tmp_path / "walk.robot", 3)
    assert (tmp_path / "walk.robot").read_text(encoding="utf-8").endswith("Time 2\n    2\n")


def sentences(feature: str) -> list[str]:
    """The steps of a feature."""
    words = ("Given", "When", "Then", "And")
    return [line.strip() for line in feature.splitlines() if line.strip().startswith(words)]
