"""Every window of the browser is guarded and recorded, whoever opens it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from checkout_conformance.drivers.devices import PHONE
from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.evidence.browser_recorder import recorder_of
from checkout_conformance.targets.target import Target


class GuardThatCounts:
    """Stands for the network guard: keeps the windows that it was given."""

    def __init__(self) -> None:
        self.watched: list[BrowserContext] = []

    def watch(self, context: BrowserContext) -> None:
        """Keep it."""
        self.watched.append(context)


@pytest.fixture
def guard() -> GuardThatCounts:
    return GuardThatCounts()


def test_the_window_of_a_scenario_is_guarded_and_recorded(
    page: Page, guard: GuardThatCounts, request: pytest.FixtureRequest
) -> None:
    assert guard.watched == [page.context]
    assert recorder_of(request.node).pages() == [page]


def test_a_window_for_one_more_buyer_is_guarded_and_recorded_too(
    new_context: Callable[..., BrowserContext],
    guard: GuardThatCounts,
    request: pytest.FixtureRequest,
) -> None:
    page = new_context().new_page()
    assert guard.watched == [page.context]
    assert page in recorder_of(request.node).pages()


def test_a_context_without_a_browser_speaks_the_targets_language_or_another(
    http_contexts: Callable[..., HttpContext], target: Target
) -> None:
    assert http_contexts().locale == target.locale
    assert http_contexts(locale="ru").locale == "ru"


def test_a_context_without_a_browser_says_that_it_is_another_device(
    http_contexts: Callable[..., HttpContext],
) -> None:
    assert "Mobile" in http_contexts(device=PHONE).user_agent
    assert "Mobile" not in http_contexts().user_agent


def test_a_browser_context_is_another_device_too(
    new_context: Callable[..., BrowserContext],
) -> None:
    desktop, phone = new_context().new_page(), new_context(device=PHONE).new_page()
    assert "Mobile" in phone.evaluate("navigator.userAgent")
    assert "Mobile" not in desktop.evaluate("navigator.userAgent")
    assert phone.viewport_size != desktop.viewport_size
