"""The history of full runs: which are kept, what is new, and what is flaky."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checkout_conformance.plan import read_plan
from checkout_conformance.reporting.allure_html import ReportError
from checkout_conformance.reporting.basis import Basis, add_basis
from checkout_conformance.reporting.command import main
from checkout_conformance.reporting.conformance import Verdict
from checkout_conformance.reporting.history import (
    KEPT,
    ClauseThen,
    PastRun,
    is_flaky,
    new_failures,
    newly,
    read_history,
    remember,
)
from checkout_conformance.reporting.history_view import HistoryView
from checkout_conformance.reporting.places import HISTORY, begin_run
from checkout_conformance.reporting.selection import Choice, write_choice
from tests.support.sample_results import IN_BROWSER, OVER_HTTP, write_result, write_whole_run

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
PASSED, FAILED, NOT_RUN = Verdict.PASSED, Verdict.FAILED, Verdict.NOT_RUN


def run_at(
    number: int,
    verdict: Verdict = PASSED,
    *,
    seconds: float = 1.0,
    judged_by: str = "same",
    failing: Sequence[str] = (),
    browser: str = "chromium",
) -> PastRun:
    """The run of that hour, of which W1.1 is the only clause."""
    return PastRun(
        ended=BEGIN + timedelta(hours=number),
        seconds=seconds,
        target="mock",
        locale="en",
        device="desktop",
        browser=browser,
        judged_by=judged_by,
        conforms=verdict is PASSED,
        clauses={"W1.1": ClauseThen(verdict=verdict, seconds=seconds)},
        failing=list(failing),
    )


def runs_of(*verdicts: Verdict) -> list[PastRun]:
    return [run_at(number, verdict) for number, verdict in enumerate(verdicts)]


class TestFile:
    """The file that CI keeps."""

    def test_a_run_is_added_to_those_in_its_setting(self, tmp_path: Path) -> None:
        file = tmp_path / "new" / HISTORY
        remember(file, run_at(1))
        remember(file, run_at(2, browser="firefox"))
        assert [run.ended for run in remember(file, run_at(3))] == [
            run_at(1).ended,
            run_at(3).ended,
        ]
        assert len(read_history(file)) == 3

    def test_a_report_made_again_replaces_the_line(self, tmp_path: Path) -> None:
        file = tmp_path / HISTORY
        for verdict in (FAILED, PASSED):
            remember(file, run_at(1, verdict))
        assert [run.clauses["W1.1"].verdict for run in read_history(file)] == [PASSED]

    def test_the_report_of_an_old_run_knows_nothing_of_later_ones(self, tmp_path: Path) -> None:
        file = tmp_path / HISTORY
        remember(file, run_at(5))
        assert remember(file, run_at(1)) == [run_at(1)]
        assert [run.ended.hour for run in read_history(file)] == [1, 5]

    def test_the_last_runs_of_each_setting_are_kept(self, tmp_path: Path) -> None:
        file = tmp_path / HISTORY
        remember(file, run_at(0, browser="firefox"))
        for number in range(KEPT + 2):
            remember(file, run_at(number))
        kept = read_history(file)
        assert len(kept) == KEPT + 1
        assert min(run.ended for run in kept if run.browser == "chromium") == run_at(2).ended

    @pytest.mark.parametrize("text", ["{}\n", "no JSON\n", '{"version": 2}\n'])
    def test_an_unreadable_one_is_named_and_left_as_it_is(self, tmp_path: Path, text: str) -> None:
        file = tmp_path / HISTORY
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ReportError, match=r"clause-history\.jsonl.*cannot be read"):
            remember(file, run_at(1))
        assert file.read_text(encoding="utf-8") == text

    def test_a_new_run_leaves_it(self, tmp_path: Path) -> None:
        (tmp_path / HISTORY).write_text("kept", encoding="utf-8")
        begin_run(tmp_path, is_selection=False)
        assert (tmp_path / HISTORY).read_text(encoding="utf-8") == "kept"


class TestNews:
    """What is new since the last run."""

    def test_a_clause_that_failed_is_new_only_once(self) -> None:
        assert newly(runs_of(PASSED, FAILED), FAILED) == ["W1.1"]
        assert newly(runs_of(FAILED, FAILED), FAILED) == []
        assert newly(runs_of(FAILED, PASSED), PASSED) == ["W1.1"]
        assert newly(runs_of(FAILED), FAILED) == []

    def test_scenarios_that_fail_for_the_first_time_are_named(self) -> None:
        runs = [run_at(1, FAILED, failing=["a: old"]), run_at(2, FAILED, failing=["a: old", "b"])]
        assert new_failures(runs) == ["b"]
        assert new_failures(runs[:1]) == []


class TestFlaky:
    """Back and forth, with nothing changed in the features."""

    @pytest.mark.parametrize(
        ("verdicts", "expected"),
        [
            ((PASSED, FAILED, PASSED), True),
            ((FAILED, PASSED, NOT_RUN, FAILED), True),
            ((PASSED, FAILED, FAILED), False),
            ((FAILED, PASSED, PASSED), False),
            ((PASSED, NOT_RUN, PASSED), False),
            ((PASSED, FAILED, *[PASSED] * 10), False),
        ],
    )
    def test_a_clause_that_went_back_and_forth(
        self, verdicts: Sequence[Verdict], expected: bool
    ) -> None:
        assert is_flaky("W1.1", runs_of(*verdicts)) is expected

    def test_other_features_may_be_the_reason(self) -> None:
        first = run_at(0, PASSED, judged_by="other")
        assert not is_flaky("W1.1", [first, run_at(1, FAILED), run_at(2, PASSED)])

    def test_nobody_can_tell_if_the_features_are_not_known(self) -> None:
        verdicts = enumerate((PASSED, FAILED, PASSED))
        assert not is_flaky("W1.1", [run_at(n, one, judged_by="") for n, one in verdicts])


class TestTrend:
    """A clause, and the runs, as the page shows them."""

    def test_the_usual_time_is_that_of_the_earlier_passes(self) -> None:
        runs = [
            run_at(0, PASSED, seconds=1),
            run_at(1, FAILED, seconds=9),
            run_at(2, PASSED, seconds=3),
            run_at(3, PASSED, seconds=50),
        ]
        trend = HistoryView(runs).trend("W1.1")
        assert trend is not None
        assert (trend.passed, len(trend.verdicts), trend.usual) == (3, 4, 2)
        assert trend.is_flaky

    def test_there_is_none_without_an_earlier_run(self) -> None:
        assert HistoryView(runs_of(PASSED)).trend("W1.1") is None
        assert not HistoryView(runs_of(PASSED))

    def test_the_longest_run_has_the_longest_bar(self) -> None:
        bars = HistoryView([run_at(0, seconds=20), run_at(1, seconds=5)]).bars
        assert [(bar.run.seconds, bar.percent) for bar in bars] == [(5, 25), (20, 100)]


class TestReport:
    """``report`` keeps the history and shows it."""

    @staticmethod
    def report(*arguments: object) -> int:
        return main([*map(str, arguments), "--no-allure"])

    @staticmethod
    def moved(folder: Path, seconds: int) -> None:
        """Have the run of these results happen later."""
        for file in folder.glob("*-result.json"):
            result = json.loads(file.read_text(encoding="utf-8"))
            result["start"] += 1000 * seconds
            result["stop"] += 1000 * seconds
            file.write_text(json.dumps(result), encoding="utf-8")

    def test_the_page_says_what_is_new_and_the_document_does_not(self, tmp_path: Path) -> None:
        results = write_whole_run(tmp_path / "results")
        add_basis(results, Basis(files={"features/a.feature": "1"}, tools={}))
        assert self.report(results, "--into", tmp_path) == 0
        assert "since-title" not in (tmp_path / "conformance.html").read_text(encoding="utf-8")
        self.moved(results, 100)
        failing = next(one for one in read_plan() if one.clauses == ("W1.4",) and not one.edition)
        write_result(results, 999, failing, "failed")
        assert self.report(results, "--into", tmp_path) == 1
        page = (tmp_path / "conformance.html").read_text(encoding="utf-8")
        since = page.partition('id="since-title"')[2]
        assert "Newly failed:" in since
        assert f"{failing.feature}: {failing.name}" in since.partition("</section>")[0]
        assert "Passed in 1 of the last 2 runs" in page
        first, second = read_history(tmp_path / HISTORY)
        assert first.judged_by == second.judged_by != ""
        assert (first.passed, second.passed) == (31, 30)
        assert "history" not in json.loads((tmp_path / "conformance.json").read_text("utf-8"))

    def test_a_selection_is_not_part_of_it(self, tmp_path: Path) -> None:
        results = write_whole_run(tmp_path / "results")
        write_choice(results, Choice(options=["-m W1"], scenarios=[]))
        self.report(results, "--into", tmp_path)
        assert not list(tmp_path.rglob(HISTORY))

    def test_runs_over_http_count_only_if_there_is_nothing_else(self, tmp_path: Path) -> None:
        browser = write_whole_run(tmp_path / "browser", IN_BROWSER)
        http = write_whole_run(tmp_path / "http", replace(OVER_HTTP, locale="ar"))
        file = tmp_path / "kept" / "file.jsonl"
        self.report(browser, http, "--into", tmp_path / "both", "--history", file)
        self.report(http, "--into", tmp_path / "alone", "--history", file)
        found = {(run.browser, run.locale) for run in read_history(file)}
        assert found == {("chromium", "en"), ("http", "ar")}

    def test_an_unreadable_history_takes_nothing_from_the_verdict(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        results = write_whole_run(tmp_path / "results")
        (tmp_path / HISTORY).write_text("{", encoding="utf-8")
        assert self.report(results, "--into", tmp_path) == 2
        told = capsys.readouterr()
        assert told.out.startswith("Conforms: 31 of 31 clauses passed.")
        assert told.err.startswith("No history: ")
        assert (tmp_path / "conformance.html").exists()
