"""Questions that the browser asks for a page: ``window.confirm()``. Over HTTP nothing asks."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Dialog
from playwright.sync_api import Page as BrowserPage

from checkout_conformance.drivers.page import Page


def question_at(page: Page, act: Callable[[], None], *, accept: bool) -> str:
    """Call ``act`` and answer the browser's question; return its words, "" if it asks none."""
    if not isinstance(page, BrowserPage):
        act()
        return ""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        if accept:
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", answer)
    try:
        act()
    finally:
        page.remove_listener("dialog", answer)
    return asked[-1] if asked else ""
