"""``checkout-conformance report`` without readable evidence: status 2, one line, no report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from checkout_conformance.clauses import LANGUAGES
from checkout_conformance.plan import read_plan
from checkout_conformance.reporting.command import main
from checkout_conformance.reporting.conformance_page import no_report_page
from tests.engine.reporting.test_reports_command import document_in, run
from tests.support.sample_results import write_result

WHOLE = {"name": "test_x", "status": "passed", "labels": [], "start": 1, "stop": 2}
OURS = {"name": "feature_file", "value": "wallet/x.feature"}
STEP = {"name": "W1.1 · x", "start": 1, "stop": 2, "steps": []}
OUTSIDE = {"name": "What the buyer sees", "source": "../../secret.webp", "type": "image/webp"}
PAGES = ["conformance.html", "conformance.ar.html", "conformance.ru.html"]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A folder with the result of one scenario that passed."""
    folder = tmp_path / "good"
    write_result(folder, 1, next(one for one in read_plan() if not one.edition))
    return folder


@pytest.fixture
def into(tmp_path: Path) -> Path:
    """A folder with the report of an earlier run."""
    folder = tmp_path / "into"
    folder.mkdir()
    for name in [*PAGES, "conformance.json", "allure.html"]:
        (folder / name).write_text("Conforms", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param(json.dumps(WHOLE)[:-9], id="truncated"),
        pytest.param("\x00\xff", id="not text"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param("null", id="null"),
        pytest.param("[]", id="a list"),
        pytest.param("{}", id="another tool's"),
        pytest.param(json.dumps({**WHOLE, "status": "success"}), id="another status"),
        pytest.param(json.dumps({**WHOLE, "stop": None}), id="without an end"),
        pytest.param(json.dumps({**WHOLE, "labels": [OURS]}), id="a scenario without a name"),
        pytest.param(json.dumps({**WHOLE, "steps": [STEP]}), id="a step without a status"),
        pytest.param(json.dumps({**WHOLE, "attachments": [OUTSIDE]}), id="a file elsewhere"),
    ],
)
def test_a_result_that_cannot_be_read_is_named_and_no_old_report_stays(
    good: Path, into: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (good / "broken-result.json").write_bytes(content.encode("latin-1"))
    assert run(good, "--into", into) == 2
    captured = capsys.readouterr()
    [line] = captured.err.splitlines()
    assert line.startswith("No report: ")
    assert "broken-result.json" in line
    assert captured.out == ""
    assert_no_report(into, "broken-result.json")


def assert_no_report(into: Path, reason: str) -> None:
    """Nothing of an earlier report is left; each page says why."""
    assert sorted(file.name for file in into.iterdir()) == sorted(PAGES)
    for name in PAGES:
        page = (into / name).read_text(encoding="utf-8")
        assert "Conforms" not in page
        assert reason in page


def test_a_folder_in_a_results_place_is_named(
    good: Path, into: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (good / "a-result.json").mkdir()
    assert run(good, "--into", into) == 2
    assert "a-result.json cannot be read: Is a directory" in capsys.readouterr().err


def test_of_many_the_first_are_named_and_the_others_counted(
    good: Path, into: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(5):
        (good / f"{number}-result.json").write_text("")
    assert run(good, "--into", into) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "0-result.json is empty" in line
    assert "and 2 more" in line


@pytest.mark.parametrize("missing", ["typo", "empty"])
def test_a_missing_or_empty_folder_is_an_error(
    good: Path, into: Path, missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (good.parent / "empty").mkdir()
    assert run(good, good.parent / missing, "--into", into) == 2
    assert missing in capsys.readouterr().err
    assert_no_report(into, missing)


@pytest.mark.parametrize("option", ["--into", "--summary"])
def test_an_unwritable_folder_is_reported_in_one_line(
    good: Path, tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    options = {"--into": tmp_path / "into", option: tmp_path / "file" / "below"}
    given = [str(word) for pair in options.items() for word in pair]
    assert main([str(good), "--no-allure", *given]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("No report: ")
    assert "Not a directory" in lines[0]


def test_a_missing_picture_is_listed(
    good: Path, into: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [file] = good.glob("*-result.json")
    result = json.loads(file.read_text(encoding="utf-8"))
    names = ["What the buyer sees", "The trace is missing", "What the buyer sees"]
    sources = ["gone.webp", "there.txt", "empty.webp"]
    (good / "there.txt").write_text("no")
    (good / "empty.webp").write_text("")
    result["steps"][0]["attachments"] = [
        {"name": name, "source": source, "type": "x"}
        for name, source in zip(names, sources, strict=True)
    ]
    file.write_text(json.dumps(result), encoding="utf-8")
    run(good, "--into", into)
    assert "Missing pictures and attachments: 3" in capsys.readouterr().out
    [one] = document_in(into).missing
    assert one.names == ["What the buyer sees", "What the buyer sees", "The trace"]
    assert one.scenario == result["name"]
    page = (into / "conformance.html").read_text(encoding="utf-8")
    assert "3 pictures and attachments are missing" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_that_stands_in_for_a_report_is_in_each_language(
    page: Page, language: str
) -> None:
    page.set_content(no_report_page("one-result.json <is> cut off", language))
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_text("one-result.json <is> cut off")).to_be_visible()
    if language != "en":
        expect(page.locator("body")).not_to_contain_text("No report")
