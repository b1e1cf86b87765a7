"""The keys lead from one open picture of the conformance report to the next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from checkout_conformance.clauses import read_clauses
from checkout_conformance.reporting.conformance_page import render_conformance
from checkout_conformance.reporting.judge import ConformanceJudge
from tests.support.few_scenarios import few_scenarios
from tests.support.sample_evidence import ran, section

CLAUSES = ("W1.1", "W1.2", "W1.3")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The pages of a walk with a picture of each of its first three clauses."""
    walks = [one for one in few_scenarios() if one.is_walk and not one.example]
    walk = next(one for one in walks if one.clauses[:1] == ("W1.1",))
    pictures = []
    for clause in CLAUSES:
        pictures.append(tmp_path / f"{clause}.webp")
        Image.new("RGB", (90, 60)).save(pictures[-1])
    sections = [
        replace(section(one), picture=file) for one, file in zip(CLAUSES, pictures, strict=True)
    ]
    evidence = [ran(walk.name, *sections, file=walk.feature)]
    document = ConformanceJudge(evidence, few_scenarios()).conformance(read_clauses().values())
    for language in ("en", "ar"):
        page = render_conformance(document, [tmp_path], language)
        (tmp_path / f"{language}.html").write_text(page, encoding="utf-8")
    return tmp_path


def open_first(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.locator("[id='W1.1'] figure .larger").click()
    expect_open(page, "W1.1")


def expect_open(page: Page, clause: str) -> None:
    expect(page.locator("figure .close:visible")).to_have_count(1)
    expect(page.locator(f"[id='{clause}'] figure .close")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "onward", "back"),
    [("en", "ArrowRight", "ArrowLeft"), ("ar", "ArrowLeft", "ArrowRight")],
)
def test_the_arrow_keys_lead_on_and_back_as_the_page_is_read(
    folder: Path, page: Page, language: str, onward: str, back: str
) -> None:
    open_first(page, folder / f"{language}.html")
    page.keyboard.press(onward)
    expect_open(page, "W1.2")
    page.keyboard.press(onward)
    page.keyboard.press(onward)
    # There is none after it.
    expect_open(page, "W1.3")
    page.keyboard.press(back)
    expect_open(page, "W1.2")


def test_escape_closes_the_picture(folder: Path, page: Page) -> None:
    open_first(page, folder / "en.html")
    page.keyboard.press("Escape")
    expect(page.locator("figure .close:visible")).to_have_count(0)
    assert page.url.endswith("#W1.1")


def test_without_an_open_picture_the_keys_do_nothing(folder: Path, page: Page) -> None:
    page.goto((folder / "en.html").as_uri())
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    assert page.url.endswith("en.html")
