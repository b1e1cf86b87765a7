"""Find the secrets on a page and mask them while a picture is taken.

The texts of the page are read and compared here, so the page never gets the secrets themselves. A
field is masked if its value is a secret, and always if it is marked as one (``type=password``,
``autocomplete=cc-number``, ``data-secret``). Text in an image, in a canvas or in a closed component
cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Page

from checkout_conformance.evidence.page_entries import Entry, register_secrets
from checkout_conformance.redaction.secrets import find_secrets, version

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
# Records which closed component was typed into: its value cannot be read.
TYPING_SCRIPT = """addEventListener("input", (event) => {
  const element = event.composedPath()[0];
  if (!(element instanceof Element) || element.isContentEditable) return;
  if (element.matches("input, textarea, select")) return;
  (document[Symbol.for("checkout-conformance.typed-into")] ??= new Set()).add(element);
}, {capture: true, passive: true})"""

Box = tuple[float, float, float, float]


class PageChanged(PlaywrightError):
    """The page changed or could not be read while its secrets were searched for."""


def find_page_secrets(page: Page) -> dict[Frame, list[int]]:
    """Return the entries of each frame that must be masked and are not masked yet.

    Raises PageChanged.
    """
    return _find_in_frames(page, {"look": True})


def unmask(page: Page) -> bool:
    """Remove all masks; return whether new secrets have appeared on the page.

    Raises PageChanged.
    """
    return bool(_find_in_frames(page, {"look": True, "unmask": True}))


def unmask_quietly(page: Page) -> None:
    """Remove the masks of a failed picture where possible."""
    for frame in page.frames:
        with suppress(PageChanged):
            _ask(frame, {"unmask": True})


def mask(places: dict[Frame, list[int]]) -> list[Box]:
    """Mask these entries; return their boxes in the window. Raises PageChanged."""
    boxes: list[Box] = []
    for frame, entries in places.items():
        found = _ask(frame, {"mask": entries})
        boxes += [moved for box in found if box for moved in _in_window(frame, box)]
    return boxes


def register_page_secrets(page: Page) -> None:
    """Register the secrets on the page, so that no report repeats them."""
    for frame in page.frames:
        # A frame that no longer exists shows nothing.
        with suppress(PageChanged):
            register_secrets(_entries(frame, {"look": True, "unmask": True}))


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
    """Return the numbers of the entries that are secrets or parts of one.

    ``hidden`` is the version of the registered secrets; it is part of the cache's key.
    """
    secret = {number for number, entry in enumerate(entries) if entry.is_secret_by_itself}
    texts = [" ".join(entry.text.split()) for entry in entries]
    # One number may be spread over elements, but two elements may also have two numbers.
    for between in ("\n", " "):
        secret |= set(_touched(texts, between))
    return tuple(sorted(secret))


def _touched(texts: Sequence[str], between: str) -> Iterator[int]:
    """Yield the indexes of the texts that contain secrets."""
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
        raise PageChanged(f"its secrets could not be masked: {reason}") from None


def _in_window(frame: Frame, box: Sequence[object]) -> Iterator[Box]:
    """Yield a frame's box in window coordinates; nothing if it is not visible."""
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
