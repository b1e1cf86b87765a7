"""The matrix of twins reads well: on a phone, by a screen reader, with nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from checkout_conformance.twins.page import render_matrix
from tests.engine.deviants.test_deviants_page import ON_A_PHONE
from tests.engine.twins.test_twin_judge import matrix_of
from tests.support.judged_deviant import ruled
from tests.support.sample_evidence import DEVIATES


@pytest.fixture
def shown(tmp_path: Path, page: Page) -> Page:
    file = tmp_path / "twins.html"
    file.write_text(render_matrix(matrix_of(ruled("in-a-list", DEVIATES))), encoding="utf-8")
    page.goto(file.as_uri())
    return page


def test_the_matrix_counts_the_failures_at_a_clause(shown: Page) -> None:
    row = shown.get_by_role("row").filter(has_text="in-a-list")
    expect(row.get_by_role("cell")).to_have_text(["! false alarm", "0 of 1", "1"])


def test_the_page_fits_on_a_phone(shown: Page) -> None:
    shown.set_viewport_size(ON_A_PHONE)  # type: ignore[arg-type]
    assert shown.evaluate("document.documentElement.scrollWidth") <= ON_A_PHONE["width"]


def test_axe_finds_nothing_wrong(shown: Page) -> None:
    found = Axe().run(shown).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
