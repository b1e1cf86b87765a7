"""The report is one file that shows the results and asks nobody for anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from checkout_conformance.reporting import allure_html

WALK = "Paying for a game account"
LABELS = {
    "epic": "Wallet payments",
    "feature": "W1 Paying on the wallet site",
    "story": "W1.3 The tile",
}
ANALYTICS = (
    '<script async src="https://analytics.example/gtag/js?id=G-1"></script>\n'
    "<script>gtag('config', 'G-1');</script>"
)


def write_result(folder: Path, name: str, status: str, message: str = "") -> None:
    """One result as allure-pytest would leave it."""
    result = {
        "uuid": name,
        "historyId": name,
        "fullName": name,
        "name": name,
        "status": status,
        "statusDetails": {"message": message, "trace": message},
        "labels": [{"name": label, "value": value} for label, value in LABELS.items()],
        "start": 1_700_000_000_000,
        "stop": 1_700_000_001_000,
    }
    folder.mkdir(exist_ok=True)
    (folder / f"{name}-result.json").write_text(json.dumps(result))


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "allure-results"
    write_result(folder, WALK, "passed")
    return folder


def allure_page(head: str = '<meta charset="utf-8">', body: str = ANALYTICS) -> str:
    """The parts of Allure's page that matter here."""
    return f"<html><head>{head}</head><body>{body}<script>main()</script></body></html>"


def test_the_page_makes_no_requests(results: Path, tmp_path: Path, page: Page) -> None:
    file = tmp_path / "allure.html"
    allure_html.make_page([results], file)
    requests: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: refused.append(message.text))
    page.on("pageerror", lambda error: refused.append(str(error)))

    page.goto(file.as_uri())

    for branch in LABELS.values():
        page.get_by_text(branch, exact=True).click()
    expect(page.get_by_text(WALK)).to_be_visible()
    remote = [url for url in requests if not url.startswith((file.as_uri(), "data:", "blob:"))]
    assert not remote
    assert not refused


def test_the_page_names_no_analytics_service(results: Path, tmp_path: Path) -> None:
    file = tmp_path / "allure.html"
    allure_html.make_page([results], file)
    html = file.read_text(encoding="utf-8")
    assert not [word for word in ("googletagmanager", "gtag/js?", "gtag(") if word in html]


def test_failures_are_sorted_by_category(results: Path, tmp_path: Path, page: Page) -> None:
    write_result(results, "a label is wrong", "failed", "AssertionError: Locator expected")
    silent = "RuntimeError: W1.1: a site could not be reached: the buyer opens it; nothing answers"
    write_result(results, "a site is down", "broken", silent)
    write_result(results, "no clock", "skipped", "Skipped: not offered by the target: clock")
    write_result(results, "a step has a bug", "broken", "KeyError: 'order'")
    file = tmp_path / "allure.html"
    allure_html.make_page([results], file)

    page.goto(f"{file.as_uri()}#categories")

    for category in (
        "The site deviates from the document",
        "A site could not be reached",
        "Not offered by the target",
        "The harness broke",
    ):
        expect(page.get_by_text(category, exact=True)).to_be_visible()


def test_only_the_analytics_call_is_cut_out() -> None:
    html = allure_html.self_contained(allure_page(body=f"<script>first()</script>{ANALYTICS}"))
    assert "gtag" not in html
    assert "<script>first()</script>" in html
    assert "<script>main()</script>" in html


@pytest.mark.parametrize(
    "html",
    [
        allure_page(body=""),
        allure_page(body=f'{ANALYTICS}<img src="//cdn.example/logo.png">'),
        allure_page(body=f"{ANALYTICS}<link rel=stylesheet href='https://fonts.example/a.css'>"),
        allure_page(head=""),
    ],
    ids=["analytics not recognised", "remote image", "remote style", "no place for the policy"],
)
def test_a_page_that_changed_is_refused(html: str) -> None:
    with pytest.raises(allure_html.ReportError):
        allure_html.self_contained(html)


def test_the_error_without_node_names_the_command_to_run(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allure_html, "find_node", lambda: None)
    with pytest.raises(allure_html.ReportError, match="make setup"):
        allure_html.make_page([results], tmp_path / "allure.html")


def test_earlier_runs_are_remembered_beside_the_page(results: Path, tmp_path: Path) -> None:
    for _ in range(2):
        allure_html.make_page([results], tmp_path / "allure.html")
    runs = (tmp_path / "history.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(runs) == 2
    assert WALK in runs[0]


def test_a_page_without_all_results_is_not_written(results: Path, tmp_path: Path) -> None:
    (results / "cut-result.json").write_text('{"uuid": "cut')
    with pytest.raises(allure_html.ReportError, match="has 1 of 2 results"):
        allure_html.make_page([results], tmp_path / "allure.html")
    assert not (tmp_path / "allure.html").exists()
