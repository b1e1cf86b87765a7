"""Tell the evidence of a run which control is about to be pressed."""

from __future__ import annotations

from collections.abc import Callable

from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator, Page

Watcher = Callable[[Page, Locator], None]


class Presses:
    """Passes each press to the watcher of the running scenario, if it has one."""

    def __init__(self) -> None:
        self._watcher: Watcher | None = None

    def watch(self, watcher: Watcher | None) -> None:
        """Call ``watcher`` with the page and the control before each press; None: nobody."""
        self._watcher = watcher

    def announce(self, page: Page, control: Locator) -> None:
        """Say that a control is about to be pressed.

        Waits for it as the press would. Raises Playwright's TimeoutError, as the press would, if
        nothing has its name.
        """
        if self._watcher is not None:
            found = control.soon() if isinstance(control, NamedLocator) else control
            self._watcher(page, found)


PRESSES = Presses()
