"""What people who see, hear or move differently meet on the sites: axe looks for problems."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from checkout_conformance.people import Buyer
from checkout_conformance.targets.glossary import LOCALES
from checkout_conformance.targets.target import Target
from steps.support.controls import Controls
from tests.support.page_states import DESKTOP, MOBILE, Visit

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Colours are those of the style sheets whatever the language, and take axe half of its time.
WITHOUT_CONTRAST = {**STANDARD, "rules": {"color-contrast": {"enabled": False}}}
COLOURS_SEEN_IN = "ar"
# Of 255: the background of a page that is read in the dark.
DARK = 60
DIRECTIONS = {"ar": "rtl"}
# How far a page sticks out of the window, in pixels: WCAG's reflow, at which axe does not look.
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(params=LOCALES)
def reader(target: Target, request: pytest.FixtureRequest) -> Target:
    """The sites as a reader of each language sees them."""
    return target.in_locale(request.param)


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], reader: Target) -> dict[str, Any]:
    """A window in the reader's language."""
    return {**browser_context_args, "locale": reader.locale}


@pytest.fixture
def visit(
    page: Page, reader: Target, new_visitor: Callable[[str], Buyer], controls: Controls
) -> Visit:
    """Somebody who looks at each state of a page with axe."""
    look = partial(assert_accessible, page, reader)
    return Visit(page, reader, new_visitor("reader"), controls, look)


def assert_accessible(page: Page, reader: Target) -> None:
    """Nothing on the page breaks WCAG 2.2 A or AA, as far as a program can tell."""
    html = page.locator("html")
    assert html.get_attribute("lang") == reader.locale, page.url
    assert html.get_attribute("dir") == DIRECTIONS.get(reader.locale, "ltr"), page.url
    assert page.evaluate(STICKS_OUT) == 0, f"{page.url} is wider than the window"
    # A phone's bar covers what can be scrolled from under it; at the page's end it covers nothing.
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    sees_colours = reader.locale == COLOURS_SEEN_IN
    found = Axe().run(page, options=STANDARD if sees_colours else WITHOUT_CONTRAST)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    if sees_colours:
        assert_readable_in_the_dark(page)


def assert_readable_in_the_dark(page: Page) -> None:
    """The page is dark if the reader asks for that, and its words stand out."""
    page.emulate_media(color_scheme="dark")
    assert brightness_of_ground(page) < DARK, f"{page.url} is not dark"
    found = Axe().run(page, options=CONTRAST)
    assert found.violations_count == 0, f"{page.url} in the dark\n{found.generate_report()}"
    page.emulate_media(color_scheme="light")


def brightness_of_ground(page: Page) -> float:
    """How bright the page's background is: 0 is black, 255 is white."""
    drawn = page.locator("html").evaluate("page => getComputedStyle(page).backgroundColor")
    colours = [int(part) for part in re.findall(r"[0-9]+", str(drawn))[:3]]
    return sum(colours) / len(colours)


@pytest.mark.parametrize("walk", DESKTOP)
def test_the_pages_are_accessible(visit: Visit, walk: Callable[[Visit], None]) -> None:
    walk(visit)


@pytest.mark.mobile
@pytest.mark.parametrize("walk", MOBILE)
def test_the_pages_on_a_phone_are_accessible(visit: Visit, walk: Callable[[Visit], None]) -> None:
    walk(visit)
