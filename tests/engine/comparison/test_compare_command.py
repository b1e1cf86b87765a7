"""``checkout-conformance compare``: both drivers come to the same verdicts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checkout_conformance.comparison.command import main
from checkout_conformance.evidence.setting import UNKNOWN, Setting
from checkout_conformance.plan import PlannedScenario, read_plan
from checkout_conformance.reporting.selection import Choice, write_choice
from tests.support.sample_results import IN_BROWSER, OVER_HTTP, write_result

FIRST, SECOND, THIRD = [one for one in read_plan() if not one.edition and not one.example][:3]
NOT_TRIED = "Skipped: not tried by this driver: script (the buyer presses Pay)"


class Runs:
    """The results of two runs, and what the command says of them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.browser, self.http = folder / "browser", folder / "http"
        self._capsys = capsys
        self._number = 0

    def add(
        self,
        planned: PlannedScenario,
        browser: str | None = "passed",
        http: str | None = "passed",
        message: str = "AssertionError: W1.1: a difference\nmore",
        locale: str = "en",
    ) -> None:
        """Add a scenario with its status in each of the runs; None for no result."""
        for folder, status, setting in [
            (self.browser, browser, IN_BROWSER),
            (self.http, http, OVER_HTTP),
        ]:
            if status is not None:
                self._number += 1
                told = replace(setting, locale=locale)
                write_result(folder, self._number, planned, status, message, told)

    def compare(self) -> tuple[int, str]:
        """The exit status and the output."""
        status = main([str(self.browser), str(self.http)])
        captured = self._capsys.readouterr()
        return status, captured.out + captured.err


@pytest.fixture
def runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runs:
    """Two runs with a scenario that passed on both drivers."""
    runs = Runs(tmp_path, capsys)
    runs.add(FIRST)
    return runs


def test_equal_verdicts_are_only_counted(runs: Runs) -> None:
    runs.add(SECOND)
    assert runs.compare() == (0, "Scenarios on two drivers: 2 (2 the same).\n")


def test_a_verdict_that_differs_is_named_with_what_each_driver_said(runs: Runs) -> None:
    runs.add(SECOND, http="failed")
    status, said = runs.compare()
    assert status == 1
    assert said == (
        "Verdicts that differ: 1\n"
        f"  {SECOND.name} ({SECOND.feature}) [en · desktop]\n"
        "    browser: passed\n"
        "    http: failed: AssertionError: W1.1: a difference\n"
        "Scenarios on two drivers: 2 (1 the same, 1 different).\n"
    )


@pytest.mark.parametrize("both", ["failed", "broken"])
def test_a_failure_on_both_is_no_difference(runs: Runs, both: str) -> None:
    runs.add(SECOND, browser=both, http=both)
    assert runs.compare()[0] == 0


def test_a_deviation_that_one_driver_could_not_try_is_a_difference(runs: Runs) -> None:
    runs.add(SECOND, browser="failed", http="broken")
    assert runs.compare()[0] == 1


@pytest.mark.parametrize("browser", ["passed", "failed"])
def test_not_tried_by_one_is_no_difference_and_listed_with_the_need(
    runs: Runs, browser: str
) -> None:
    runs.add(SECOND, browser=browser, http="skipped", message=NOT_TRIED)
    status, said = runs.compare()
    assert status == 0
    assert "Not tried by one of the drivers: 1\n" in said
    assert "    http: not tried by this driver: script (the buyer presses Pay)\n" in said
    assert said.endswith("2 (1 the same, 1 not tried by one).\n")


def test_any_other_skip_on_one_driver_only_is_a_difference(runs: Runs) -> None:
    runs.add(SECOND, http="skipped", message="Skipped: not offered by the target: clock")
    status, said = runs.compare()
    assert status == 1
    assert "    http: not offered: clock\n" in said


@pytest.mark.parametrize("missing", ["browser", "http"])
def test_a_scenario_that_one_run_does_not_have_leaves_no_telling(runs: Runs, missing: str) -> None:
    ran = "passed"
    runs.add(
        SECOND,
        browser=None if missing == "browser" else ran,
        http=None if missing == "http" else ran,
    )
    status, said = runs.compare()
    assert status == 2
    assert "Missing in one of the runs: 1\n" in said
    assert f"    {missing}: no result\n" in said


def test_a_difference_is_told_even_if_a_scenario_is_missing(runs: Runs) -> None:
    runs.add(SECOND, http=None)
    runs.add(THIRD, http="failed")
    assert runs.compare()[0] == 1


def test_the_same_scenario_in_another_language_is_another(runs: Runs) -> None:
    runs.add(FIRST, http="failed", locale="ar")
    status, said = runs.compare()
    assert status == 1
    assert "[ar · desktop]" in said
    assert "(1 the same, 1 different)" in said


def test_of_two_results_the_worse_counts(runs: Runs) -> None:
    runs.add(FIRST, browser=None, http="failed")
    assert runs.compare()[0] == 1


def test_one_that_broke_before_it_began_could_not_be_tried(runs: Runs) -> None:
    unknown = Setting(*[UNKNOWN] * 4)
    write_result(runs.http, 99, FIRST, "broken", "no page", unknown)
    status, said = runs.compare()
    assert status == 1
    assert "    http: could not be tried: no page\n" in said


class TestSelections:
    def test_what_one_user_left_out_is_not_missing(self, runs: Runs) -> None:
        runs.add(SECOND, http=None)
        write_choice(runs.http, Choice(options=["-m W1"], scenarios=[FIRST.key]))
        assert runs.compare() == (
            0,
            "Scenarios on two drivers: 2 (1 the same, 1 not chosen in one run).\n",
        )

    def test_what_was_chosen_and_has_no_result_is(self, runs: Runs) -> None:
        runs.add(SECOND, http=None)
        write_choice(runs.http, Choice(options=["-m W1"], scenarios=[FIRST.key, SECOND.key]))
        assert runs.compare()[0] == 2

    def test_without_a_scenario_in_common_there_is_no_telling(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        runs = Runs(tmp_path, capsys)
        runs.add(FIRST, http=None)
        runs.add(SECOND, browser=None)
        write_choice(runs.browser, Choice(options=["-m W1"], scenarios=[FIRST.key]))
        write_choice(runs.http, Choice(options=["-m W2"], scenarios=[SECOND.key]))
        assert runs.compare()[0] == 2


def test_nothing_tried_over_http_proves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = Runs(tmp_path, capsys)
    runs.add(FIRST, http="skipped", message=NOT_TRIED)
    assert runs.compare()[0] == 2


class TestWrongFolders:
    def test_a_run_of_the_other_driver_is_refused(self, runs: Runs) -> None:
        runs.browser, runs.http = runs.http, runs.browser
        status, said = runs.compare()
        assert status == 2
        assert "has a run with the driver http" in said

    def test_the_same_run_twice_is_refused(self, runs: Runs) -> None:
        runs.http = runs.browser
        status, said = runs.compare()
        assert status == 2
        assert "has a run with the driver chromium" in said

    def test_a_folder_without_results_is_named(self, runs: Runs, tmp_path: Path) -> None:
        runs.http = tmp_path / "nope"
        status, said = runs.compare()
        assert status == 2
        assert "there is no folder" in said
