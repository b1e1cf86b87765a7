"""The page reads well: verdict first, everything in it, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from checkout_conformance.clauses import LANGUAGES, read_clauses
from checkout_conformance.evidence.setting import Setting
from checkout_conformance.plan import PlannedScenario
from checkout_conformance.reporting.conformance_page import render_conformance
from checkout_conformance.reporting.judge import ConformanceJudge
from tests.support.few_scenarios import few_scenarios
from tests.support.html_standards import found_by_html_validate, found_by_vnu
from tests.support.sample_evidence import (
    DEVIATES,
    IN_ENGLISH,
    NOT_OFFERED,
    ON_A_PHONE,
    planned,
    ran,
    section,
)

OWN_FEATURE = "../theirs/checkout.feature"
VERDICTS = {
    "en": "Does not conform: 4 of 31 clauses passed; 1 failed; 25 not run; "
    "1 not offered; scenarios outside the clauses that failed: 1.",
    "ar": "غير مطابق: اجتاز 4 بنود من 31؛ فشل: 1؛ لم يُشغَّل: 25؛ غير متاح: 1؛ "
    "سيناريوهات فاشلة خارج البنود: 1.",
    "ru": "Не соответствует: пройдено 4 пункта из 31; 1 не пройдено; "
    "25 не запущено; 1 не поддерживается; сценариев вне пунктов не пройдено: 1.",
}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The pages of a run with every verdict in it, by language."""
    plan = [planned for planned in few_scenarios() if not planned.edition]
    walks = [one for one in plan if one.clauses[0] == "W1.1" and one.is_walk]
    rest = [one for one in plan if one.clauses[0] in walks[0].clauses and not one.is_walk]
    evidence = [
        replace(ran(one.name, *map(section, one.clauses), file=one.feature), example=one.example)
        for one in walks
    ]
    for one in rest:
        clause = one.clauses[0]
        status, message = {"W1.2": ("failed", DEVIATES), "W1.6": ("skipped", NOT_OFFERED)}.get(
            clause, ("passed", "")
        )
        done = ran(one.name, section(clause, status), status=status, message=message)
        evidence.append(
            type(done)(**{**vars(done), "feature": one.feature, "example": one.example})
        )
    long = "a" * 80
    account = ran("An account", section("W1.4"))
    row = (("account", long),)
    evidence.append(replace(account, title=f"An account [{long}]", example=row, clauses=("W1.4",)))
    evidence.append(
        replace(
            ran("Our own", section("", "failed"), status="failed", message=DEVIATES),
            feature=OWN_FEATURE,
            missing=("The whole page",),
        )
    )
    document = ConformanceJudge(evidence, few_scenarios()).conformance(read_clauses().values())
    return {language: render_conformance(document, [], language) for language in LANGUAGES}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def shown(pages: dict[str, str], language: str, tmp_path: Path, page: Page) -> Page:
    file = tmp_path / "conformance.html"
    file.write_text(pages[language], encoding="utf-8")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(file.as_uri())
    assert requests == [file.as_uri()]
    return page


def test_the_verdict_comes_first(shown: Page, language: str) -> None:
    first = shown.locator("body :text-matches('.')").first
    expect(first).to_have_text(VERDICTS[language])
    expect(shown.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")


def test_every_clause_is_listed_and_a_failed_one_shows_the_actual_state(
    shown: Page, language: str
) -> None:
    for clause in read_clauses().values():
        expect(shown.locator(f"[id='{clause.id}']")).to_contain_text(clause.text[language])
    failed = shown.locator("[id='W1.2'] .failure").first
    expect(failed).to_contain_text("the tile is there")
    expect(failed).to_contain_text("nothing")
    expect(shown.locator("[id='W1.6']")).to_contain_text("clock")


def test_scenarios_without_a_clause_have_their_own_section(shown: Page) -> None:
    others = shown.locator("#others")
    expect(others.locator("h3")).to_contain_text("Our own")
    expect(others.locator(".failure")).to_contain_text("the tile is there")
    expect(others).to_contain_text(OWN_FEATURE)


def test_missing_evidence_is_said_at_the_top(shown: Page) -> None:
    missing = shown.locator("header details.missing")
    expect(missing.locator("summary")).to_have_text(re.compile("1|واحد"))
    missing.locator("summary").click()
    expect(missing).to_contain_text("The whole page")


def test_each_procedure_has_a_card_that_leads_to_it(shown: Page) -> None:
    cards = shown.locator(".cards li")
    expect(cards).to_have_count(5)
    expect(cards.first).to_have_class("failed")
    expect(cards.first).to_contain_text(re.compile("[46].*[46]"))
    cards.first.locator("a").click()
    assert shown.url.endswith("#W1")


def test_what_failed_and_why_is_on_the_first_screen(shown: Page) -> None:
    first = shown.locator("header > section").first
    expect(first).to_have_attribute("id", "failures")
    expect(first.locator("li")).to_have_count(1)
    expect(first.locator("a")).to_have_attribute("href", "#W1.2")
    expected, actual = first.locator(".failure > div").all()
    expect(expected).to_contain_text("the tile is there")
    expect(actual).to_contain_text("nothing")
    sides = [one.bounding_box() for one in (expected, actual)]
    assert sides[0] is not None
    assert sides[1] is not None
    assert sides[0]["y"] == sides[1]["y"]
    viewport = shown.viewport_size
    assert viewport is not None
    assert sides[0]["y"] + sides[0]["height"] < viewport["height"]
    above = shown.locator(".cards").bounding_box()
    assert above is not None
    assert sides[0]["y"] < above["y"]


def test_the_clauses_of_one_verdict_can_be_shown_alone(shown: Page) -> None:
    shown.locator("#show-failed").check()
    expect(shown.locator("article:visible")).to_have_count(2)
    shown.locator("#show-not_offered").check()
    expect(shown.locator("article:visible")).to_have_id("W1.6")
    shown.locator("#show-all").check()
    expect(shown.locator("article:visible")).to_have_count(32)


# A look at a page of this size takes seconds: each width and each scheme is seen once.
@pytest.mark.parametrize(("width", "scheme"), [(400, "light"), (1280, "dark")])
def test_it_is_accessible_and_never_wider_than_the_screen(
    shown: Page, width: int, scheme: Literal["light", "dark"]
) -> None:
    shown.emulate_media(color_scheme=scheme)
    shown.set_viewport_size({"width": width, "height": 900})
    found = Axe().run(shown, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    shown.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not shown.evaluate(too_wide)


def test_every_word_of_the_template_is_translated(pages: dict[str, str]) -> None:
    template = Path(__file__).parents[3] / "reports" / "templates" / "conformance.html"
    words = re.findall(r"""_\((?:"([^"]+)"|'([^']+)')""", template.read_text(encoding="utf-8"))
    assert len(words) > 10
    for double, single in words:
        said = (double or single).partition("%(")[0].strip()
        for language in ("ar", "ru"):
            assert not re.search(rf">\s*{re.escape(said)}\b", pages[language]), (said, language)


def test_a_picture_is_enlarged_and_closed_without_a_script(
    pages_with_a_picture: Path, page: Page
) -> None:
    page.goto(pages_with_a_picture.as_uri())
    figure = page.locator("[id='W1.2'] figure")
    small = figure.bounding_box()
    figure.get_by_role("link", name="Enlarge").click()
    large = figure.bounding_box()
    assert small is not None
    assert large is not None
    assert large["width"] > 1.5 * small["width"]
    figure.get_by_role("link", name="Close").click()
    expect(page.locator("[id='W1.2'] .close")).to_be_hidden()
    # The card and the film strip have it in small.
    expect(page.locator(".cards li:first-child img")).to_be_visible()
    expect(page.locator(".film li:first-child img").first).to_be_visible()


def test_the_filled_form_stands_before_the_result(pages_with_a_picture: Path, page: Page) -> None:
    page.goto(pages_with_a_picture.as_uri())
    captions = page.locator("[id='W1.1'] figcaption")
    expect(captions).to_have_text(["Before the press", "Afterwards"])
    expect(page.locator("[id='W1.2'] figcaption")).to_have_count(0)
    alt = "The form before the press at W1.1"
    expect(page.locator("[id='W1.1']").get_by_role("img", name=alt)).to_be_visible()


@pytest.fixture
def pages_with_a_picture(tmp_path: Path) -> Path:
    """The page of a walk whose clauses have a picture."""
    Image.new("RGB", (900, 600), "navy").save(tmp_path / "picture.webp")
    walk = next(
        one
        for one in few_scenarios()
        if one.clauses[:1] == ("W1.1",) and one.is_walk and not one.example
    )
    sections = [replace(section(one), picture=tmp_path / "picture.webp") for one in walk.clauses]
    Image.new("RGB", (900, 600), "olive").save(tmp_path / "form.webp")
    sections[0] = replace(sections[0], form=tmp_path / "form.webp")
    evidence = [ran(walk.name, *sections, file=walk.feature)]
    document = ConformanceJudge(evidence, few_scenarios()).conformance(read_clauses().values())
    file = tmp_path / "conformance.html"
    file.write_text(render_conformance(document, [tmp_path]), encoding="utf-8")
    return file


VAULT = ("C2.1", "C2.2")
ROW = (("language", "Arabic"),)


def storyboard_of(*walks: tuple[PlannedScenario, Setting]) -> str:
    """What the page shows of C2.1 before its list of scenarios."""
    evidence = [
        replace(
            ran(one.name, *map(section, one.clauses), setting=setting, file=one.feature),
            example=one.example,
        )
        for one, setting in walks
    ]
    plan = [one for one, _setting in walks]
    document = ConformanceJudge(evidence, plan).conformance(read_clauses().values())
    shown = render_conformance(document, []).partition('id="C2.1"')[2]
    return shown.partition("<details")[0]


def test_the_walk_on_a_computer_comes_before_the_one_on_a_phone() -> None:
    storyboard = storyboard_of(
        (planned("in the vault on the phone", *VAULT, phone=True), ON_A_PHONE),
        (planned("in the vault on the computer", *VAULT), IN_ENGLISH),
    )
    assert 0 < storyboard.find("vault on the computer") < storyboard.find("vault on the phone")


def test_a_row_of_examples_is_shown_only_if_no_other_walk_was_run() -> None:
    plain = planned("the documented way", *VAULT), IN_ENGLISH
    row = replace(planned("other circumstances", *VAULT, phone=True), example=ROW), ON_A_PHONE

    assert "other circumstances" not in storyboard_of(plain, row)
    assert "other circumstances" in storyboard_of(row)


@pytest.mark.parametrize("find", [found_by_html_validate, found_by_vnu])
def test_no_validator_finds_anything(
    find: Callable[[Path], list[str]], pages: dict[str, str], tmp_path: Path
) -> None:
    for language, page in pages.items():
        (tmp_path / f"{language}.html").write_text(page, encoding="utf-8")

    assert find(tmp_path) == []
