"""The results of a session: ratios, the noise verdict, the table and the chart."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.harnesses.installed import PYTHON_LOCK
from benchmarks.measurement.noise import Noise
from benchmarks.measurement.session import BenchmarkSession
from benchmarks.report.chart import svg
from benchmarks.report.comparison import comparison_of
from benchmarks.report.figures import Figure, ratio
from benchmarks.report.results import Results, read_results, results_of
from benchmarks.report.table import markdown, number

QUIET, LOUD = [0.1] * 19 + [0.102], [0.1] * 15 + [0.2] * 5


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


def test_the_versions_of_the_peers_are_those_of_the_lock() -> None:
    facts = results().facts
    lock = PYTHON_LOCK.read_text(encoding="utf-8")
    assert f"\nrobotframework-requests=={facts['robotframework-requests']} \\\n" in lock
