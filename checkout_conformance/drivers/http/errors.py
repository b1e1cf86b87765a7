"""Errors of the HTTP driver, worded as Playwright words its own.

Page objects that catch Playwright's errors catch these too, and reports explain both alike.
"""

from __future__ import annotations

from playwright.sync_api import Error, TimeoutError


class StrictModeError(Error):
    """An action or expectation found several elements where it needs one."""

    def __init__(self, told: str, count: int) -> None:
        super().__init__(f"strict mode violation: {told} resolved to {count} elements")


class ActionTimeout(TimeoutError):
    """An action did not find its element, or could not act on it."""

    def __init__(self, action: str, told: str, resolved: str = "", hindrance: str = "") -> None:
        log = [f"waiting for {told}"]
        if resolved:
            log += [f"locator resolved to {resolved}", f"element is {hindrance}"]
        lines = "".join(f"\n  - {line}" for line in log)
        super().__init__(f"{action}: Timeout: the page does not change any more.\nCall log:{lines}")


class WrongElement(Error):
    """An action is not for this kind of element."""

    def __init__(self, action: str, reason: str) -> None:
        super().__init__(f"{action}: Error: {reason}")
