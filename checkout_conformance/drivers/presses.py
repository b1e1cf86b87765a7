"""What is known of a press: which control it presses, and whether the page refused it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from playwright.sync_api import Error as PlaywrightError

from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator, Page

REFUSALS = "[role=alert], [aria-invalid=true]"
Watcher = Callable[[Page, Locator], None]


class Presses:
    """Passes each press to the watcher of the running scenario, if it has one."""

    def __init__(self) -> None:
        self._watcher: Watcher | None = None

    def watch(self, watcher: Watcher | None) -> None:
        """Call ``watcher`` with the page and the control before each press; None: nobody."""
        self._watcher = watcher

    def announce(self, page: Page, control: Locator) -> Locator:
        """Say that a control is about to be pressed; return the control that was found by name.

        Waits for it as the press would. Raises Playwright's TimeoutError, as the press would, if
        nothing has its name.
        """
        if self._watcher is None:
            return control
        found = control.soon() if isinstance(control, NamedLocator) else control
        self._watcher(page, found)
        return found


PRESSES = Presses()


class OpenSite(Protocol):
    """The part of a page object that is read after a press."""

    main: Locator

    def control(self, label: str) -> Locator:
        """Return the button, or the link that looks like one, with the label."""


def shows_refusal(site: OpenSite, label: str) -> bool:
    """Return whether the page refuses the press: it says so, and the control is still there.

    False where that cannot be read.
    """
    try:
        return site.main.locator(REFUSALS).count() > 0 and site.control(label).count() > 0
    except PlaywrightError:
        return False
