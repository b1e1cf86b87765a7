"""The pages of the sites follow the HTML standard, in each language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from checkout_conformance.drivers.devices import PHONE
from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.drivers.http.page import HttpPage
from checkout_conformance.people import Buyer
from checkout_conformance.targets.glossary import LOCALES
from checkout_conformance.targets.target import Target
from steps.support.controls import Controls
from tests.support.html_standards import found_by_html_validate, found_by_vnu
from tests.support.page_states import DESKTOP, MOBILE, Visit


@pytest.fixture
def pages(
    target: Target,
    new_visitor: Callable[[str], Buyer],
    controls: Controls,
    http_contexts: Callable[..., HttpContext],
    tmp_path: Path,
) -> Path:
    """A folder with each page in each of its states, as the sites send it in each language."""
    for locale in LOCALES:
        reader, folder = target.in_locale(locale), tmp_path / locale
        folder.mkdir()
        for device, walks in ((None, DESKTOP), (PHONE, MOBILE)):
            for walk in walks:
                page = http_contexts(locale, device).new_page()
                keep = partial(_keep, page, folder, walk.__name__)
                person = new_visitor(f"{walk.__name__} {device} {locale}")
                walk(Visit(page, reader, person, controls, keep))
    return tmp_path


def _keep(page: HttpPage, folder: Path, walk: str) -> None:
    number = len(list(folder.iterdir()))
    (folder / f"{number:03}-{walk}.html").write_text(page.content(), encoding="utf-8")


@pytest.mark.timeout(300)
def test_no_validator_finds_anything(pages: Path, subtests: pytest.Subtests) -> None:
    # Both look at the same pages, once, since their own start takes longer than a page; where one
    # is missing the other looks.
    for find in (found_by_html_validate, found_by_vnu):
        with subtests.test(find.__name__):
            assert find(pages) == []
