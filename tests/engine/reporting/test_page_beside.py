"""What the page shows beside the verdict: earlier runs, tickets, pictures of a walk, Allure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from checkout_conformance.clauses import LANGUAGES, read_clauses
from checkout_conformance.plan import PlannedScenario
from checkout_conformance.reporting.conformance import Verdict
from checkout_conformance.reporting.conformance_page import Beside, render_conformance
from checkout_conformance.reporting.history import ClauseThen, PastRun
from checkout_conformance.reporting.history_view import HistoryView
from checkout_conformance.reporting.judge import ConformanceJudge
from checkout_conformance.reporting.ticket import ticket_of
from tests.support.few_scenarios import few_scenarios
from tests.support.sample_evidence import ran, section

FAILURE = (
    "AssertionError: W1.3: the document expects: the tile <b>Steam</b>; the page showed: ![x](y)"
)


def past_run(number: int, failed: str) -> PastRun:
    """The run of that hour: one clause failed, the others passed."""
    verdict = {one: Verdict.FAILED if one == failed else Verdict.PASSED for one in read_clauses()}
    return PastRun(
        ended=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=number),
        seconds=60.0 + number,
        target="mock",
        locale="en",
        device="desktop",
        browser="chromium",
        judged_by="same",
        conforms=not failed,
        clauses={one: ClauseThen(verdict=verdict[one], seconds=0.5) for one in verdict},
        failing=["w.feature: A scenario"] if failed else [],
    )


# W1.2 is flaky, W1.3 has newly failed, C1.1 has newly passed.
HISTORY = [past_run(number, failed) for number, failed in enumerate(["", "W1.2", "C1.1", "W1.3"])]


@pytest.fixture(scope="module")
def walk() -> PlannedScenario:
    return next(
        one
        for one in few_scenarios()
        if one.clauses[:1] == ("W1.1",) and one.is_walk and not one.example
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, walk: PlannedScenario) -> dict[str, Path]:
    """The pages of a walk that failed at its third clause, by language."""
    folder = tmp_path_factory.mktemp("page")
    sections = []
    for number, clause in enumerate(walk.clauses[:3]):
        Image.new("RGB", (900, 600), ("navy", "teal", "maroon")[number]).save(
            folder / f"{number}.webp"
        )
        status = "failed" if number == 2 else "passed"
        sections.append(replace(section(clause, status), picture=folder / f"{number}.webp"))
    done = ran(walk.name, *sections, status="failed", message=FAILURE, file=walk.feature)
    document = ConformanceJudge([done], few_scenarios()).conformance(read_clauses().values())
    beside = Beside(HistoryView(HISTORY), has_allure=True)
    found = {}
    for language in LANGUAGES:
        found[language] = folder / f"{language}.html"
        page = render_conformance(document, [folder], language, beside)
        found[language].write_text(page, encoding="utf-8")
    failed = next(one for one in document.clauses if one.id == "W1.3")
    ticket = ticket_of(document, failed, read_clauses()["W1.3"])
    (folder / "ticket.md").write_text(ticket, encoding="utf-8")
    return found


@pytest.fixture
def shown(pages: dict[str, Path], page: Page) -> Page:
    page.goto(pages["en"].as_uri())
    return page


def test_what_is_new_stands_at_the_top(shown: Page) -> None:
    since = shown.locator("header .since")
    expect(since.locator(".failed").first).to_contain_text("Newly failed: W1.3")
    expect(since.locator(".passed")).to_contain_text("Newly passed: C1.1")
    expect(since.locator(".flaky")).to_contain_text(re.compile("Flaky: W1.2 .*, C1.1 "))
    expect(since.locator(".failed a")).to_have_attribute("href", "#W1.3")
    expect(since).not_to_contain_text("have changed")


def test_each_clause_has_its_trend_in_words_and_marks(shown: Page) -> None:
    trend = shown.locator("[id='W1.2'] .trend")
    expect(trend).to_contain_text("Passed in 3 of the last 4 runs")
    expect(trend.locator(".marks")).to_have_text("✓✗✓✓")
    expect(trend).to_contain_text("flaky")
    expect(shown.locator("[id='W1.1'] .trend")).not_to_contain_text("flaky")


def test_the_last_runs_are_listed_with_their_time(shown: Page) -> None:
    rows = shown.locator("#runs tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("30 of 31 clauses passed")
    expect(rows.first).to_contain_text("63 s")


def test_a_clause_can_be_copied_for_a_ticket(shown: Page, pages: dict[str, Path]) -> None:
    ticket = shown.locator("[id='W1.3'] .ticket")
    ticket.locator("summary").click()
    area = ticket.get_by_role("textbox", name="Markdown of W1.3")
    assert not area.is_editable()
    text = area.input_value()
    assert text == (pages["en"].parent / "ticket.md").read_text(encoding="utf-8")
    assert text.startswith(f"## W1.3 · {read_clauses()['W1.3'].title['en']}: failed\n\n> ")
    assert "- Expected: the tile &lt;b>Steam&lt;/b>\n- Actual: !\\[x](y)\n" in text
    assert text.endswith("1. step of W1.3 **(failed)**")


def test_a_failure_leads_to_the_pictures_of_its_walk(shown: Page) -> None:
    walked = shown.locator("[id='W1.3'] .walked")
    walked.locator("summary").click()
    links = walked.get_by_role("link")
    expect(links).to_have_count(2)
    links.first.click()
    expect(shown.locator("[id='W1.1'] figure .close")).to_be_visible()
    expect(shown.locator("[id='W1.1'] .walked")).to_have_count(0)


def test_it_leads_to_allure_only_if_that_is_there(shown: Page, pages: dict[str, Path]) -> None:
    link = shown.get_by_role("link", name="Allure's report, scenario by scenario")
    expect(link).to_have_attribute("href", "allure.html")
    document = ConformanceJudge([], few_scenarios()).conformance(read_clauses().values())
    assert "allure.html" not in render_conformance(document, [])


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("en", 400, "dark"), ("ar", 400, "light"), ("ru", 1280, "light")],
)
def test_it_is_accessible_and_never_wider_than_the_screen(
    pages: dict[str, Path], page: Page, language: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(pages[language].as_uri())
    page.locator("[id='W1.3'] .ticket summary").click()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(too_wide)


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_every_word_beside_the_verdict_is_translated(pages: dict[str, Path], language: str) -> None:
    text = pages[language].read_text(encoding="utf-8")
    english = r"Since the last|Newly|Flaky|flaky<|Passed in|usually|Copy for|Pictures of|Compared"
    assert not re.search(english, text)
