"""What a press by its label says before it happens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from checkout_conformance.drivers.page import Locator
from checkout_conformance.drivers.page import Page as AnyPage
from checkout_conformance.drivers.presses import PRESSES
from checkout_conformance.drivers.site import Site
from checkout_conformance.targets.target import Target

FORM = """<main><button onclick="document.title = 'pressed'">Pay</button></main>"""


@pytest.fixture
def announced() -> Iterator[list[tuple[str | None, str]]]:
    """The words of each announced control, and the page's title at that moment."""
    found: list[tuple[str | None, str]] = []

    def watch(page: AnyPage, control: Locator) -> None:
        assert isinstance(page, Page)
        found.append((control.text_content(), page.title()))

    PRESSES.watch(watch)
    yield found
    PRESSES.watch(None)


def test_a_press_is_announced_before_it_happens(
    page: Page, announced: list[tuple[str | None, str]]
) -> None:
    page.set_content(FORM)
    Site(page, Target("", "en")).press("Pay")
    assert announced == [("Pay", "")]
    assert page.title() == "pressed"


def test_nothing_is_announced_if_there_is_nothing_to_press(
    page: Page, announced: list[tuple[str | None, str]]
) -> None:
    page.set_content("<main></main>")
    page.set_default_timeout(300)
    with pytest.raises(PlaywrightTimeout, match="Pay"):
        Site(page, Target("", "en")).press("Pay")
    assert announced == []
