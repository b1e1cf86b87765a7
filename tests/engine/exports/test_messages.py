"""Cucumber Messages, read back by the official package and opened with the official formatter."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import cucumber_messages
import pytest

from checkout_conformance.clauses import read_clauses
from checkout_conformance.exports import command
from checkout_conformance.exports.error import ExportError
from checkout_conformance.exports.messages import messages_of
from checkout_conformance.plan import PlannedScenario, read_plan
from checkout_conformance.project import FEATURES
from checkout_conformance.redaction.secrets import redact
from checkout_conformance.reporting.command import judge_results
from checkout_conformance.reporting.conformance import Conformance, Verdict
from checkout_conformance.reporting.evidence import ClauseSection, StepEvidence
from checkout_conformance.reporting.judge import ConformanceJudge
from tests.engine.exports.conftest import FEATURE
from tests.support.sample_evidence import DEVIATES, ran
from tests.support.sample_results import write_result, write_whole_run

# The folder whose node_modules has @cucumber/html-formatter; it is no dependency of the project.
FORMATTER = os.environ.get("CHECKOUT_HTML_FORMATTER", "")
FORMAT = """
import {createReadStream, createWriteStream} from "node:fs";
import {createInterface} from "node:readline";
import {CucumberHtmlStream} from "@cucumber/html-formatter";
const [from, into] = process.argv.slice(-2);
const stream = new CucumberHtmlStream();
stream.pipe(createWriteStream(into));
for await (const line of createInterface({input: createReadStream(from)})) {
  stream.write(JSON.parse(line));
}
stream.end();
"""


@pytest.fixture(scope="module")
def walk() -> PlannedScenario:
    return next(one for one in read_plan() if one.feature == FEATURE and one.is_walk)


@pytest.fixture(scope="module")
def failed_walk(walk: PlannedScenario) -> Conformance:
    """A walk whose fourth own step failed."""
    sections = (
        _section("W1.1", "Given the buyer is signed in to the wallet"),
        _section("W1.1", 'When the buyer opens "Pay" in the menu'),
        _section("W1.1", "Then the wallet shows what can be paid, by category"),
        _section("W1.2", 'When the buyer chooses the category "Entertainment"', "failed"),
    )
    done = ran(walk.name, *sections, status="failed", message=DEVIATES, file=walk.feature)
    return ConformanceJudge([done], read_plan()).conformance(read_clauses().values())


def _section(clause: str, step: str, status: str = "passed") -> ClauseSection:
    return ClauseSection(clause, status, 1.5, (StepEvidence(step, status, 1.5),), None)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Conformance:
    """A run of every scenario."""
    return judge_results([write_whole_run(tmp_path_factory.mktemp("run") / "results")])


def read(text: str) -> list[dict[str, Any]]:
    """The messages, each of which the official package reads and writes without a loss."""
    messages = [json.loads(line) for line in text.splitlines()]
    convert = cucumber_messages.message_converter
    for message in messages:
        assert len(message) == 1
        assert convert.to_dict(convert.from_dict(message, cucumber_messages.Envelope)) == message
    return messages


def of_kind(messages: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [message[kind] for message in messages if kind in message]


def test_a_whole_run_has_a_case_for_each_scenario_and_the_features_word_by_word(
    whole: Conformance,
) -> None:
    text = messages_of(whole)
    messages = read(text)
    has_a_case_of_a_pickle_for_each_scenario(messages)
    has_the_features_word_by_word(messages)
    assert not any("4111 1111 1111 1111" in line for line in text.splitlines())


def has_a_case_of_a_pickle_for_each_scenario(messages: list[dict[str, Any]]) -> None:
    planned = [one for one in read_plan() if not one.edition]
    cases, pickles = of_kind(messages, "testCase"), of_kind(messages, "pickle")
    names = {one["id"]: one["name"] for one in pickles}
    assert Counter(names[one["pickleId"]] for one in cases) == Counter(one.name for one in planned)
    results = of_kind(messages, "testStepFinished")
    assert {one["testStepResult"]["status"] for one in results} == {"PASSED"}
    assert len(results) == sum(len(one["testSteps"]) for one in cases)
    assert of_kind(messages, "testRunFinished")[0]["success"] is True


def has_the_features_word_by_word(messages: list[dict[str, Any]]) -> None:
    """Word by word, but for the numbers of cards."""
    sources = of_kind(messages, "source")
    assert len(sources) == len({one.feature for one in read_plan() if not one.edition})
    for source in sources:
        file = FEATURES / source["uri"].removeprefix("features/")
        assert source["data"] == redact(file.read_text(encoding="utf-8"))


def test_a_failed_step_has_the_message_and_those_after_it_are_skipped(
    failed_walk: Conformance,
) -> None:
    messages = read(messages_of(failed_walk))
    results = [one["testStepResult"] for one in of_kind(messages, "testStepFinished")]
    statuses = [one["status"] for one in results]
    # The preparation, which the document does not tell of, came before what was reached.
    assert statuses[:6] == ["PASSED"] * 4 + ["FAILED", "SKIPPED"]
    assert set(statuses[5:]) == {"SKIPPED"}
    assert results[4]["message"].endswith("Expected: the tile is there. Actual: nothing")
    assert results[4]["duration"] == {"seconds": 1, "nanos": 500_000_000}
    assert results[0]["duration"] == {"seconds": 0, "nanos": 0}
    assert of_kind(messages, "testRunFinished")[0]["success"] is False


def test_what_was_not_run_has_a_pickle_and_no_case(failed_walk: Conformance) -> None:
    messages = read(messages_of(failed_walk))
    assert len(of_kind(messages, "testCase")) == 1
    assert len(of_kind(messages, "pickle")) > 100


def test_a_failure_before_the_first_clause_is_not_lost(walk: PlannedScenario) -> None:
    done = ran(walk.name, status="broken", message="no browser", file=walk.feature)
    document = ConformanceJudge([done], read_plan()).conformance(read_clauses().values())
    results = of_kind(read(messages_of(document)), "testStepFinished")
    assert Counter(one["testStepResult"]["status"] for one in results)["FAILED"] == 1
    assert document.count(Verdict.COULD_NOT_BE_TRIED) == 1


def test_results_of_other_features_are_an_error(
    document: Conformance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ExportError, match=r"has no scenario 'A pass'. Use the version"):
        messages_of(document)
    file = tmp_path / "conformance.json"
    file.write_text(document.model_dump_json(), encoding="utf-8")
    assert command.main([str(file), "--as", "messages"]) == 2
    assert "Not exported: wallet/" in capsys.readouterr().err


@pytest.mark.skipif(
    not FORMATTER or not shutil.which("node"),
    reason="@cucumber/html-formatter is not here: name its folder in CHECKOUT_HTML_FORMATTER",
)
def test_the_official_formatter_opens_it(tmp_path: Path, page: Any) -> None:
    results = write_whole_run(tmp_path / "results")
    failing = next(one for one in read_plan() if one.clauses == ("W1.4",) and not one.edition)
    for file in results.glob("*-result.json"):
        if json.loads(file.read_text(encoding="utf-8"))["name"] == failing.name:
            file.unlink()
    write_result(results, 999, failing, "failed")
    file, html = tmp_path / "messages.ndjson", tmp_path / "cucumber.html"
    file.write_text(messages_of(judge_results([results])), encoding="utf-8")
    node = ["node", "--input-type=module", "-e", FORMAT, "--", str(file), str(html)]
    subprocess.run(node, cwd=FORMATTER, check=True, timeout=60)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(html.as_uri())
    page.get_by_text("Paying on the wallet's own site").first.wait_for()
    total = len([one for one in read_plan() if not one.edition])
    page.get_by_text(f"({total - 1} / {total}) passed").wait_for()
    assert errors == []
