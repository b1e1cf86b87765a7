"""Secrets on a page: where they stand, and how they are covered while a picture is taken.

What the page shows is read as text and judged here, by value: the secrets themselves are never
told to a page. A field is covered whatever its markup, if what stands in it is a secret, and a
field that is marked as one (``type=password``, ``autocomplete=cc-number``, ``data-secret``) in any
case. Text of an image, of a canvas, or that a closed component shows by itself cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Page

from checkout_conformance.redaction.secrets import find_secrets, hide, version

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
# Notes into which closed component somebody types: what stands in it cannot be read.
TYPING_SCRIPT = """addEventListener("input", (event) => {
  const element = event.composedPath()[0];
  if (!(element instanceof Element) || element.isContentEditable) return;
  if (element.matches("input, textarea, select")) return;
  (document[Symbol.for("checkout-conformance.typed-into")] ??= new Set()).add(element);
}, {capture: true, passive: true})"""

# What may hold a secret. A password shown as plain text keeps its autocomplete.
AUTOCOMPLETES = {
    *("current-password", "new-password", "one-time-code"),
    *("cc-number", "cc-csc", "cc-exp", "cc-exp-month", "cc-exp-year"),
}
EXPIRIES = {"cc-exp", "cc-exp-month", "cc-exp-year"}
NUMBERS = re.compile(r"\d+")
# Hiding a lone "1" would riddle every text; a card's security code has three digits.
SHORTEST_SECRET = 3
_CODE_FIELD = re.compile(
    r"cvv|cvc|csc|cvn|otp|pass|pin\b|one.?time|code|код|пароль|رمز|كود|كلمة", re.IGNORECASE
)
_OTHER_FIELD = re.compile(r"post|zip|promo|coupon|country|почтов|البريدي", re.IGNORECASE)
_CODE = re.compile(r"\s*\d(?:[ -]?\d){2,7}\s*")

Box = tuple[float, float, float, float]


class PageChanged(PlaywrightError):
    """The page changed, or could not be read, while its secrets were looked for."""


@dataclass(frozen=True)
class Entry:
    """A text of the page, or a field with its value, its names, and how it is marked."""

    text: str
    about: str = ""
    autocomplete: str = ""
    marked: bool = False

    @property
    def is_secret_by_itself(self) -> bool:
        """Whether it is a secret whatever stands in it, or a code in a field for codes."""
        return self.marked or self.is_named_secret or self._is_code

    @property
    def is_named_secret(self) -> bool:
        """Whether its autocomplete says so."""
        return not AUTOCOMPLETES.isdisjoint(self.autocomplete.split())

    @property
    def _is_code(self) -> bool:
        for_codes = _CODE_FIELD.search(self.about) and not _OTHER_FIELD.search(self.about)
        return bool(for_codes) and _CODE.fullmatch(self.text) is not None

    @property
    def is_expiry(self) -> bool:
        """Whether it is the month and year of a card, which no text need be searched for."""
        return not EXPIRIES.isdisjoint(self.autocomplete.split())


def find_page_secrets(page: Page) -> dict[Frame, list[int]]:
    """The entries of each frame that must be covered; frames without any are left out.

    What is covered already is left out too. Raises PageChanged.
    """
    return _find_in_frames(page, {"look": True})


def unmask(page: Page) -> bool:
    """Show everything again; whether meanwhile something came that must be covered.

    Raises PageChanged.
    """
    return bool(_find_in_frames(page, {"look": True, "unmask": True}))


def unmask_quietly(page: Page) -> None:
    """Show again what a picture that failed has left covered, where that can be done."""
    for frame in page.frames:
        with suppress(PageChanged):
            _ask(frame, {"unmask": True})


def mask(places: dict[Frame, list[int]]) -> list[Box]:
    """Make these entries invisible; their boxes in the window. Raises PageChanged."""
    boxes: list[Box] = []
    for frame, entries in places.items():
        found = _ask(frame, {"mask": entries})
        boxes += [moved for box in found if box for moved in _in_window(frame, box)]
    return boxes


def register_page_secrets(page: Page) -> None:
    """Learn the secrets that stand on the page, so that no text about it repeats them."""
    for frame in page.frames:
        try:
            entries = _entries(frame, {"look": True, "unmask": True})
        except PageChanged:
            continue  # A frame that is gone shows nothing either.
        for entry in entries:
            if entry.is_secret_by_itself:
                _learn(entry)


def _learn(entry: Entry) -> None:
    numbers = [] if entry.is_expiry else NUMBERS.findall(entry.text)
    for secret in [entry.text, *numbers]:
        if len(secret.strip()) >= SHORTEST_SECRET:
            hide(secret)


def _find_in_frames(page: Page, order: dict[str, object]) -> dict[Frame, list[int]]:
    found = {}
    for frame in page.frames:
        try:
            secret = secret_entries(tuple(_entries(frame, order)), version())
        except PageChanged:
            if not frame.is_detached():
                raise
            continue
        if secret:
            found[frame] = list(secret)
    return found


@lru_cache(maxsize=16)
def secret_entries(entries: Sequence[Entry], hidden: int) -> Sequence[int]:
    """Which of the entries are secrets, or parts of one that they spell together.

    ``hidden`` is the state of what is hidden: with another one the answer may be another.
    """
    secret = {number for number, entry in enumerate(entries) if entry.is_secret_by_itself}
    texts = [" ".join(entry.text.split()) for entry in entries]
    # A number may be spread over elements; but two numbers in two elements are two.
    for between in ("\n", " "):
        secret |= set(_touched(texts, between))
    return tuple(sorted(secret))


def _touched(texts: Sequence[str], between: str) -> Iterator[int]:
    """The numbers of the texts in which secrets stand."""
    places = find_secrets(between.join(texts))
    start, at = 0, 0
    for number, text in enumerate(texts):
        end = start + len(text)
        while at < len(places) and places[at][1] <= start:
            at += 1
        if any(place[0] < end for place in places[at : at + 1]):
            yield number
        start = end + len(between)


def _entries(frame: Frame, order: dict[str, object]) -> list[Entry]:
    return [Entry(*entry) for entry in _ask(frame, order)]


def _ask(frame: Frame, order: dict[str, object]) -> list[Any]:
    try:
        return list(frame.evaluate(SCRIPT, order))
    except PlaywrightError as error:
        reason = str(error).partition("\n")[0]
        raise PageChanged(f"its secrets could not be covered: {reason}") from None


def _in_window(frame: Frame, box: Sequence[object]) -> Iterator[Box]:
    """Where a box of a frame is in the window; nowhere if the frame is not to be seen."""
    left, top, right, bottom = map(float, box)  # type: ignore[arg-type]
    if frame.parent_frame is not None:
        outer = frame.frame_element().bounding_box()
        if outer is None:
            return
        x, y = outer["x"], outer["y"]
        left, top = max(left, 0) + x, max(top, 0) + y
        right, bottom = min(right, outer["width"]) + x, min(bottom, outer["height"]) + y
    if right > left and bottom > top:
        yield left, top, right, bottom
