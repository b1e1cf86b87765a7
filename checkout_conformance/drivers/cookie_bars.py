"""Bars and windows that ask about cookies: they are answered as soon as they are in the way."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Locator, Page

ABOUT = re.compile(r"cookie|куки|ملفات تعريف الارتباط|الكوكيز", re.IGNORECASE)
# A bar is a small part of the page, not the part with its content.
_KINDS = "dialog[open], [role=dialog], [role=alertdialog], [role=region], section, aside, form, div"
BARS = f":is({_KINDS}):not(:has(main, nav, h1, input:not([type=hidden])))"
_FEWEST = "necessary|essential|reject|decline|отклон\\w*|необходим\\w*|رفض|الضرورية"
_ANY = f"{_FEWEST}|accept|agree|got it|принять|соглас\\w*|قبول|موافق"
# Of a few words: another button, of a shop that sells cookies, is not for the harness to press.
_FEW_WORDS = r"^\W*(?:\w+\W+){{0,2}}(?:{})(?:\W+\w+){{0,2}}\W*$"
FEWEST = re.compile(_FEW_WORDS.format(_FEWEST), re.IGNORECASE)
ANY = re.compile(_FEW_WORDS.format(_ANY), re.IGNORECASE)


def answer_cookie_bars(context: BrowserContext) -> None:
    """Answer each bar about cookies that is shown when something is pressed, on every page."""
    context.on("page", _watch)


def _watch(page: Page) -> None:
    bars = page.locator(BARS).filter(has_text=ABOUT)
    answers = bars.get_by_role("button", name=ANY).or_(bars.get_by_role("link", name=ANY))

    def answer(first: Locator) -> None:
        fewest = answers.filter(has_text=FEWEST)
        (fewest.first if fewest.count() else first).click()

    page.add_locator_handler(answers.first, answer, no_wait_after=True)
