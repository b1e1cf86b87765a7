"""Pictures of what the buyer saw, without what the buyer typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Frame, Locator, Page
from playwright.sync_api import Error as PlaywrightError

from steps.secrets import hide

# What may hold a secret. A password shown as plain text keeps its autocomplete.
_AUTOCOMPLETES = (
    "current-password",
    "new-password",
    "one-time-code",
    "cc-number",
    "cc-csc",
    "cc-exp",
    "cc-exp-month",
    "cc-exp-year",
)
_FIELDS = ["input[type=password]", *(f"[autocomplete~={name}]" for name in _AUTOCOMPLETES)]
SECRETS = ", ".join([*_FIELDS, "[data-secret]"])
READ_SECRETS = "found => found.map(one => one.value ?? one.innerText)"
NUMBERS = re.compile(r"\d+")
# Hiding a lone "1" would riddle every text; a card's security code has three digits.
SHORTEST_SECRET = 3
MASK_COLOUR = "#5f6b7a"
PICTURE_MS = 5000


ONLOOKER = pytest.StashKey["Onlooker"]()


class Onlooker:
    """Follows the pages of a scenario, to know which one the buyer looks at."""

    def __init__(self) -> None:
        self._pages: list[Page] = []

    def watch(self, context: BrowserContext) -> None:
        """Follow every page that ``context`` opens."""
        context.on("page", self._follow)

    def _follow(self, page: Page) -> None:
        self._pages.append(page)
        page.on("framenavigated", lambda frame: self._to_front(page, frame))

    def _to_front(self, page: Page, frame: Frame) -> None:
        if frame == page.main_frame:
            self._pages.remove(page)
            self._pages.append(page)

    def pages(self) -> list[Page]:
        """The open pages; the one that last went somewhere comes first."""
        return [page for page in reversed(self._pages) if not page.is_closed()]


def onlooker_of(item: pytest.Item) -> Onlooker:
    """The onlooker of a scenario: whoever opens a browser context for it has it watched."""
    return item.stash.setdefault(ONLOOKER, Onlooker())


def take_picture(page: Page) -> bytes:
    """A JPEG of what is in the window, secrets covered."""
    masks = list(secret_places(page))
    return page.screenshot(
        type="jpeg",
        quality=70,
        scale="css",
        mask=masks,
        mask_color=MASK_COLOUR,
        timeout=PICTURE_MS,
    )


def take_full_picture(page: Page) -> bytes:
    """A PNG of the whole page, secrets covered."""
    masks = list(secret_places(page))
    return page.screenshot(
        type="png",
        full_page=True,
        scale="css",
        mask=masks,
        mask_color=MASK_COLOUR,
        timeout=PICTURE_MS,
    )


def secret_places(page: Page) -> Iterator[Locator]:
    """Everything on the page, frames included, that may show a secret."""
    return (frame.locator(SECRETS) for frame in page.frames)


def hide_secrets_of(page: Page) -> None:
    """Learn the secrets that stand on the page, so that no text about it repeats them."""
    for place in secret_places(page):
        try:
            values = place.evaluate_all(READ_SECRETS)
        except PlaywrightError:
            continue  # A frame that is gone shows nothing either.
        for value in map(str, values):
            for secret in [value, *NUMBERS.findall(value)]:
                if len(secret) >= SHORTEST_SECRET:
                    hide(secret)
