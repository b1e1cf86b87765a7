"""Pictures of what the buyer saw, without what the buyer typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

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

PICTURE_TYPE, PICTURE_EXTENSION = "image/webp", "webp"
# A report of 300 scenarios has some 500 pictures. At this width the words can still be read.
WIDTH = 900
QUALITY = 45


@dataclass(frozen=True)
class Snapshot:
    """A picture as the browser makes it fastest; no wider than ``width`` pixels once packed."""

    jpeg: bytes
    width: int | None

    def packed(self) -> bytes:
        """The same as WebP, a fifth as large; this needs no browser, and takes as long again."""
        picture = Image.open(BytesIO(self.jpeg))
        if self.width:
            # Words stay as clear as with Pillow's usual filter, and a fifth of the time is saved.
            picture.thumbnail((self.width, picture.height), Image.Resampling.HAMMING)
        packed = BytesIO()
        picture.save(packed, "WEBP", quality=QUALITY, method=1)
        return packed.getvalue()


def take_picture(page: Page) -> Snapshot:
    """What is in the window, secrets covered; at most ``WIDTH`` pixels wide."""
    return Snapshot(_screenshot(page, full_page=False), WIDTH)


def take_full_picture(page: Page) -> Snapshot:
    """The whole page, secrets covered, as wide as it is."""
    return Snapshot(_screenshot(page, full_page=True), None)


def _screenshot(page: Page, full_page: bool) -> bytes:
    # With something to cover a picture takes half as long again, and most pages have nothing.
    if not _may_show_secrets(page):
        bare = _shot(page, full_page, [])
        # What came meanwhile may stand on the picture.
        if not _may_show_secrets(page):
            return bare
    return _shot(page, full_page, list(secret_places(page)))


def _may_show_secrets(page: Page) -> bool:
    try:
        return any(place.count() for place in secret_places(page))
    except PlaywrightError:
        return True  # A frame came or went, and the next one may show any.


def _shot(page: Page, full_page: bool, mask: list[Locator]) -> bytes:
    return page.screenshot(
        type="jpeg",
        quality=90,
        full_page=full_page,
        scale="css",
        mask=mask,
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
