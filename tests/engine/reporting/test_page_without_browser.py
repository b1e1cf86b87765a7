"""The page of runs over HTTP says first that they certify nothing, and what was not tried."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from checkout_conformance.clauses import LANGUAGES, read_clauses
from checkout_conformance.drivers.capabilities import Capability
from checkout_conformance.reporting.certification import certify
from checkout_conformance.reporting.conformance_page import render_conformance
from checkout_conformance.reporting.evidence import ScenarioEvidence
from checkout_conformance.reporting.feature_words import feature_words
from checkout_conformance.reporting.languages import words_in
from tests.support.few_scenarios import few_scenarios
from tests.support.sample_evidence import DEVIATES, IN_ENGLISH, NOT_TRIED, ran, section

VERDICTS = {
    "en": "Not certified (run without a browser): 4 of 31 clauses passed; "
    "1 failed (to be confirmed in a browser); 25 not run; 1 not tried by this driver.",
    "ar": "غير معتمد (تشغيل بلا متصفح): اجتاز 4 بنود من 31؛ فشل (يلزم التأكد في متصفح): 1؛ "
    "لم يُشغَّل: 25؛ لم يُجرَّب (يلزم متصفح): 1.",
    "ru": "Не подтверждено (прогон без браузера): пройдено 4 пункта из 31; 1 не пройдено "
    "(требуется подтверждение в браузере); 25 не запущено; 1 не проверено (нужен браузер).",
}
CONFIRM = {
    "en": "to be confirmed in a browser. A page with scripts",
    "ar": "يلزم التأكد في متصفح. قد تبدو الصفحة",
    "ru": "требуется подтверждение в браузере. Страница со скриптами",
}
NEEDS = {"en": "script, focus", "ar": "النصوص البرمجية، التركيز", "ru": "скрипты, фокус"}


def of_w1(browser: str = "http", has_failed: bool = True) -> list[ScenarioEvidence]:
    """The scenarios of W1: of a run over HTTP, one fails and another cannot be tried."""
    plan = [planned for planned in few_scenarios() if not planned.edition]
    setting = replace(IN_ENGLISH, browser=browser)
    told = {"W1.2": ("failed", DEVIATES), "W1.6": ("skipped", NOT_TRIED)} if has_failed else {}
    found = []
    for one in plan:
        if one.clauses[0].startswith("W1."):
            last = one.clauses[-1] if not one.is_walk else ""
            status, message = told.get(last, ("passed", ""))
            sections = [*map(section, one.clauses[:-1]), section(one.clauses[-1], status)]
            done = ran(one.name, *sections, status=status, message=message, setting=setting)
            found.append(replace(done, feature=one.feature, example=one.example))
    return found


def page_of(evidence: list[ScenarioEvidence], language: str) -> str:
    document = certify(evidence, few_scenarios(), read_clauses().values())
    return render_conformance(document, [], language)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def shown(language: str, page: Page, tmp_path: Path) -> Page:
    """The page of a run over HTTP alone."""
    file = tmp_path / "conformance.html"
    file.write_text(page_of(of_w1(), language), encoding="utf-8")
    page.goto(file.as_uri())
    return page


def test_it_says_so_first_and_marks_clauses_and_failures(shown: Page, language: str) -> None:
    expect(shown.locator(".verdict")).to_have_text(VERDICTS[language])
    expect(shown.get_by_role("note")).to_be_visible()
    expect(shown.locator("[id='W1.1'] .only")).to_be_visible()
    expect(shown.locator("[id='W1.2'] .failure").first).to_contain_text(CONFIRM[language])
    expect(shown.locator("[id='W1.6'] h3 .badge.not_tried")).to_be_visible()


def test_what_was_not_tried_is_a_table_with_the_needs(shown: Page, language: str) -> None:
    rows = shown.locator("#not-tried tbody tr")
    wanted = [one for one in of_w1() if one.status == "skipped"]
    assert wanted
    expect(rows).to_have_count(len(wanted))
    expect(rows.first).to_contain_text(feature_words(language).title(wanted[0].title))
    expect(rows.first).to_contain_text(NEEDS[language])
    expect(rows.first).to_contain_text("(the buyer presses Pay)")


def test_it_is_accessible_and_not_wider_than_a_phone(shown: Page) -> None:
    shown.set_viewport_size({"width": 400, "height": 900})
    found = Axe().run(shown, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not shown.evaluate(too_wide)


def test_beside_a_browser_it_has_a_line_and_a_column_but_no_walk(
    page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "conformance.html"
    evidence = [*of_w1("chromium", has_failed=False), *of_w1()]
    file.write_text(page_of(evidence, "en"), encoding="utf-8")
    page.goto(file.as_uri())
    expect(page.locator(".verdict")).to_have_text(
        "Does not conform: 6 of 31 clauses passed; 25 not run."
    )
    expect(page.locator(".beside")).to_contain_text("Without a browser: 4 of 31 clauses passed")
    expect(page.locator("#matrix thead th").nth(2)).to_have_text("en · desktop · without a browser")
    expect(page.locator("[id='W1.1'] .story")).to_have_count(1)
    expect(page.locator("[id='W1.1'] .story .scenario")).to_contain_text("chromium")
    expect(page.locator("[id='W1.2'] h3 .badge")).to_contain_text("passed")
    expect(page.locator("[id='W1.2'] .failure").first).to_contain_text("to be confirmed")


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("capability", Capability)
def test_every_capability_is_translated(language: str, capability: Capability) -> None:
    assert words_in(language).gettext(capability.value) != capability.value
