"""One field of the conformance report filters clauses and scenarios as one types."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from checkout_conformance.clauses import LANGUAGES, read_clauses
from checkout_conformance.reporting.conformance_page import render_conformance
from checkout_conformance.reporting.judge import ConformanceJudge
from tests.support.few_scenarios import few_scenarios
from tests.support.sample_evidence import DEVIATES, ran, section

WORDS = {
    "en": ("Search", "Clauses and scenarios found: 1"),
    "ar": ("بحث", "البنود والسيناريوهات التي وُجدت: 1"),
    "ru": ("Поиск", "Найдено пунктов и сценариев: 1"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a run in which W1.2 failed and a scenario outside the clauses passed."""
    planned = next(one for one in few_scenarios() if one.clauses == ("W1.2",) and not one.edition)
    evidence = [
        ran(
            planned.name,
            section("W1.2", "failed"),
            file=planned.feature,
            status="failed",
            message=DEVIATES,
        ),
        ran("The Zebra crosses", section(""), file="../theirs/checkout.feature"),
    ]
    document = ConformanceJudge(evidence, few_scenarios()).conformance(read_clauses().values())
    made = tmp_path_factory.mktemp("pages")
    for language in LANGUAGES:
        page = render_conformance(document, [], language)
        (made / f"{language}.html").write_text(page, encoding="utf-8")
    return made


@pytest.fixture
def opened(folder: Path, page: Page) -> Page:
    page.goto((folder / "en.html").as_uri())
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_typing_leaves_what_has_all_the_words_and_says_how_many(
    folder: Path, page: Page, language: str
) -> None:
    label, found = WORDS[language]
    page.goto((folder / f"{language}.html").as_uri())
    field = page.get_by_role("searchbox", name=label, exact=True)
    expect(page.locator("article:visible")).to_have_count(32)
    expect(page.get_by_role("status")).to_have_text("")
    field.press_sequentially("CROSSES zebra")
    expect(page.locator("article:visible")).to_have_id("other-1")
    expect(page.get_by_role("status")).to_have_text(found)
    field.fill("no such words")
    expect(page.locator("article:visible")).to_have_count(0)
    field.fill("")
    expect(page.locator("article:visible")).to_have_count(32)
    expect(page.get_by_role("status")).to_have_text("")


def test_vowel_signs_make_no_difference(folder: Path, page: Page) -> None:
    title = read_clauses()["W1.2"].title["ar"]
    page.goto((folder / "ar.html").as_uri())
    page.locator("#search").fill("".join(f"{letter}\u064e" for letter in title.split()[0]))
    expect(page.locator("article#W1\\.2")).to_be_visible()
    expect(page.locator("article:visible")).not_to_have_count(32)


def test_slash_focuses_the_field_and_is_typed_only_there(opened: Page) -> None:
    field = opened.locator("#search")
    opened.keyboard.press("/")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    opened.keyboard.type("a/b")
    expect(field).to_have_value("a/b")


def test_it_counts_what_the_filter_leaves(opened: Page) -> None:
    opened.locator("#search").fill("W1")
    opened.locator("#show-failed").check()
    expect(opened.locator("article:visible")).to_have_id("W1.2")
    expect(opened.get_by_role("status")).to_have_text(WORDS["en"][1])


def test_a_scenario_below_a_clause_is_unfolded(opened: Page) -> None:
    name = next(one.name for one in few_scenarios() if one.clauses == ("W1.2",) and not one.edition)
    expect(opened.locator("[id='W1.2'] .checks")).to_be_hidden()
    opened.locator("#search").fill(name)
    expect(opened.locator("[id='W1.2'] .checks")).to_be_visible()
    opened.locator("#search").fill("")
    expect(opened.locator("[id='W1.2'] .checks")).to_be_hidden()


def test_an_address_can_carry_a_search(folder: Path, page: Page) -> None:
    page.goto((folder / "en.html").as_uri() + "?search=zebra")
    expect(page.locator("#search")).to_have_value("zebra")
    expect(page.locator("article:visible")).to_have_id("other-1")


def test_a_link_to_a_hidden_clause_ends_the_search(opened: Page) -> None:
    opened.locator("#search").fill("zebra")
    opened.locator("#matrix a[href='#W1.3']").click()
    expect(opened.locator("[id='W1.3']")).to_be_in_viewport()
    expect(opened.locator("#search")).to_have_value("")


def test_without_scripts_everything_can_be_read_and_no_dead_field_stands_there(
    folder: Path, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "en.html").as_uri())
    expect(page.locator("article:visible")).to_have_count(32)
    expect(page.locator("#search")).to_be_hidden()
    context.close()


def test_only_the_script_of_the_page_may_run(opened: Page) -> None:
    opened.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        " {textContent: 'document.title = \"injected\"'}))"
    )
    expect(opened).not_to_have_title("injected")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_field_fits_the_screen(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    box = opened.locator(".search").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
