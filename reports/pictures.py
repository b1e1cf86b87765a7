"""Pictures of what the buyer saw, without what the buyer typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


def take_picture(page: Page) -> bytes:
    """What is in the window, secrets covered: a WebP picture of at most ``WIDTH`` pixels."""
    return _small(_screenshot(page, full_page=False), WIDTH)


def take_full_picture(page: Page) -> bytes:
    """The whole page, secrets covered: a WebP picture as wide as the page."""
    return _small(_screenshot(page, full_page=True), None)


def _screenshot(page: Page, full_page: bool) -> bytes:
    # JPEG is what the browser makes fastest; it is packed tighter afterwards.
    return page.screenshot(
        type="jpeg",
        quality=90,
        full_page=full_page,
        scale="css",
        mask=list(secret_places(page)),
        mask_color=MASK_COLOUR,
        timeout=PICTURE_MS,
    )


def _small(screenshot: bytes, width: int | None) -> bytes:
    picture = Image.open(BytesIO(screenshot))
    if width:
        # Words stay as clear as with Pillow's usual filter, and a fifth of the time is saved.
        picture.thumbnail((width, picture.height), Image.Resampling.HAMMING)
    packed = BytesIO()
    picture.save(packed, "WEBP", quality=QUALITY, method=1)
    return packed.getvalue()


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
