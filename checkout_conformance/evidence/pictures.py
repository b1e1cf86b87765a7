"""Pictures of what the buyer saw, without what the buyer typed."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page

from checkout_conformance.evidence.page_masks import (
    Box,
    PageChanged,
    find_page_secrets,
    mask,
    unmask,
    unmask_quietly,
)

MASK_COLOUR = "#5f6b7a"
PICTURE_MS = 5000
# A page that goes on to the next one is looked at again.
ATTEMPTS = 3
SCROLLED = "[scrollX, scrollY]"
# Dark inside light: one of the two stands out from any page.
OUTLINE = (("#ffffff", 7), ("#c2185b", 5))
OUTLINE_WIDTH = 4
# A press would bring the control into the window too. Links lead away and send nothing.
SHOW_IN_FILLED_FORM = """control => {
    if (control.matches("a[href]")) return false;
    const around = control.form ?? control.closest("form, [role=form], dialog, main");
    const fields = around?.querySelectorAll(
        "input:not([type=submit], [type=button], [type=image], [type=reset]), select, textarea");
    const isFilledIn = field =>
        ["checkbox", "radio"].includes(field.type) ? field.checked
        // A quantity of 1 that nobody changed is no answer.
        : field.type === "number" || field.inputMode === "numeric"
        ? field.value !== field.defaultValue : field.value;
    const isFilled = [...(fields ?? [])].some(
        field => field.checkVisibility() && isFilledIn(field));
    if (isFilled) control.scrollIntoView({block: "nearest", behavior: "instant"});
    return isFilled;
}"""

PICTURE_TYPE, PICTURE_EXTENSION = "image/webp", "webp"
# A report of 300 scenarios has some 500 pictures. At this width the words can still be read.
WIDTH = 900
# The picture of a form only comes beside that of the result.
FORM_WIDTH = 520
QUALITY = 45


@dataclass(frozen=True)
class Snapshot:
    """A picture as the browser makes it fastest; no wider than ``width`` pixels once packed.

    Where secrets stood it shows nothing; ``masks`` says where, in its own pixels. ``outlined`` is
    the box of the control that is about to be pressed. The outline is drawn on the picture, so the
    page never has it.
    """

    jpeg: bytes
    width: int | None
    masks: tuple[Box, ...] = ()
    outlined: Box | None = None

    def packed(self) -> bytes:
        """The same as WebP, a fifth as large; this needs no browser, and takes as long again."""
        picture = Image.open(BytesIO(self.jpeg))
        pen = ImageDraw.Draw(picture)
        for left, top, right, bottom in self.masks:
            if right - left >= 1 and bottom - top >= 1:
                pen.rectangle((left, top, right, bottom), fill=MASK_COLOUR)
        if self.outlined:
            _outline(pen, self.outlined)
        if self.width:
            # Words stay as clear as with Pillow's usual filter, and a fifth of the time is saved.
            picture.thumbnail((self.width, picture.height), Image.Resampling.HAMMING)
        packed = BytesIO()
        # A slower method saves another 4 % of the bytes for three times the work.
        picture.save(packed, "WEBP", quality=QUALITY, method=2)
        return packed.getvalue()


def take_picture(page: Page) -> Snapshot:
    """What is in the window, secrets covered; at most ``WIDTH`` pixels wide."""
    jpeg, boxes = _screenshot(page, full_page=False)
    return Snapshot(jpeg, WIDTH, boxes)


def take_form_picture(page: Page, control: Locator) -> Snapshot | None:
    """What is in the window, secrets covered, with the control to be pressed outlined.

    None if the control belongs to no form that shows an answer of the buyer.
    """
    if not control.evaluate(SHOW_IN_FILLED_FORM, timeout=PICTURE_MS):
        return None
    jpeg, boxes = _screenshot(page, full_page=False)
    box = control.bounding_box(timeout=PICTURE_MS)
    if box is None:
        return None
    right, bottom = box["x"] + box["width"], box["y"] + box["height"]
    return Snapshot(jpeg, FORM_WIDTH, boxes, (box["x"], box["y"], right, bottom))


def take_full_picture(page: Page) -> Snapshot:
    """The whole page, secrets covered, as wide as it is."""
    jpeg, boxes = _screenshot(page, full_page=True)
    return Snapshot(jpeg, None, boxes)


def _screenshot(page: Page, full_page: bool) -> tuple[bytes, tuple[Box, ...]]:
    """A picture without secrets, and the boxes where they stood.

    Raises PlaywrightError if they could not be covered: then there is no picture.
    """
    for attempt in range(ATTEMPTS):
        try:
            boxes = _mask_secrets(page, full_page)
            jpeg = _capture(page, full_page)
            # What came meanwhile may stand on the picture.
            if not unmask(page):
                return jpeg, boxes
        except PageChanged:
            unmask_quietly(page)
            if attempt == ATTEMPTS - 1:
                raise
    raise PageChanged("secrets came to the page whenever a picture of it was taken")


def _mask_secrets(page: Page, full_page: bool) -> tuple[Box, ...]:
    places = find_page_secrets(page)
    # Most pages have nothing to mask.
    if not places:
        return ()
    x, y = page.evaluate(SCROLLED) if full_page else (0, 0)
    return tuple(
        (left + x, top + y, right + x, bottom + y) for left, top, right, bottom in mask(places)
    )


def _capture(page: Page, full_page: bool) -> bytes:
    return page.screenshot(
        type="jpeg", quality=90, full_page=full_page, scale="css", timeout=PICTURE_MS
    )


def _outline(pen: ImageDraw.ImageDraw, box: Box) -> None:
    left, top, right, bottom = box
    for colour, away in OUTLINE:
        around = (left - away, top - away, right + away, bottom + away)
        pen.rounded_rectangle(around, radius=away + 3, outline=colour, width=OUTLINE_WIDTH)
