"""behave's hooks: one browser for the process, one walk for the scenario."""

from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.peers.sites import Sites, browser_options
from benchmarks.peers.walk import Walk


def before_all(context: Any) -> None:
    """Start the browser."""
    program, switches = browser_options()
    context.playwright = sync_playwright().start()
    context.browser = context.playwright.chromium.launch(executable_path=program, args=switches)
    context.sites = Sites()


def after_all(context: Any) -> None:
    """Stop it."""
    context.browser.close()
    context.playwright.stop()


def before_scenario(context: Any, _scenario: Any) -> None:
    """A new buyer in a fresh browser context."""
    context.walk = Walk(context.browser, context.sites)


def after_scenario(context: Any, _scenario: Any) -> None:
    """Close it."""
    context.walk.close()
