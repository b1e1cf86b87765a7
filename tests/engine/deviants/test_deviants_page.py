"""The kill matrix reads well: on a phone, by a screen reader, with nothing from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from checkout_conformance.deviants.deviant import REFERENCE
from checkout_conformance.deviants.page import render_matrix
from checkout_conformance.reporting.evidence import ScenarioEvidence
from tests.support.judged_deviant import BROKE, JUDGE, TILES, nothing, ruled
from tests.support.sample_evidence import DEVIATES, IN_ENGLISH

ON_A_PHONE = {"width": 390, "height": 800}


def evidence() -> list[ScenarioEvidence]:
    """A deviant that was killed, one that survived, one that broke the harness."""
    return [ruled("no-tiles", DEVIATES), ruled("dull"), ruled("odd", BROKE), ruled(REFERENCE)]


@pytest.fixture
def shown(tmp_path: Path, page: Page) -> Page:
    deviants = [TILES, *(replace(TILES, name=name, make=nothing) for name in ("dull", "odd"))]
    file = tmp_path / "deviants.html"
    file.write_text(render_matrix(JUDGE.matrix(deviants, evidence())), encoding="utf-8")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(file.as_uri())
    assert requests == [file.as_uri()]
    return page


def test_the_matrix_shows_the_outcome_of_each_deviant(shown: Page) -> None:
    for name, outcome in (("no-tiles", "killed"), ("dull", "passed"), ("odd", "not judged")):
        row = shown.get_by_role("row").filter(has_text=name)
        expect(row.get_by_role("cell").last).to_contain_text(outcome)
    assert IN_ENGLISH.target not in shown.get_by_role("table").inner_text()


def test_the_page_fits_on_a_phone(shown: Page) -> None:
    shown.set_viewport_size(ON_A_PHONE)  # type: ignore[arg-type]
    width = shown.evaluate("document.documentElement.scrollWidth")
    assert width <= ON_A_PHONE["width"]


def test_axe_finds_nothing_wrong(shown: Page) -> None:
    found = Axe().run(shown).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
