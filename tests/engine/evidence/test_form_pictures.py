"""The picture of a filled form just before it is sent."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Page

from checkout_conformance.evidence.pictures import Snapshot, take_form_picture, take_picture

FORM = """<form style="margin: 100px"><label>Amount <input id="amount"></label>
    <label>Code <input autocomplete="one-time-code" value="482913"></label>
    <button>Pay</button></form><a href="#there">Help</a>"""
OUTLINE_COLOUR = (194, 24, 91)
OUTER = "one => one.outerHTML"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_control_to_be_pressed_is_outlined_on_the_picture_only(
    page: Page, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_content('<meta name="color-scheme" content="light dark">' + FORM)
    page.locator("#amount").fill("150.00")
    markup = page.get_by_role("button").evaluate(OUTER)
    button = page.get_by_role("button")
    taken = take_form_picture(page, button)
    assert taken is not None
    assert button.evaluate(OUTER) == markup
    box = button.bounding_box()
    assert box is not None
    place = (box["x"] - 3, box["y"] + box["height"] / 2)
    outlined = _colour_at(taken, place)
    assert _near(outlined, OUTLINE_COLOUR), outlined
    assert not _near(_colour_at(take_picture(page), place), OUTLINE_COLOUR)
    # The code is covered as on every picture.
    assert taken.masks


def _colour_at(snapshot: Snapshot, place: tuple[float, float]) -> tuple[int, ...]:
    found = (
        Image.open(BytesIO(replace(snapshot, width=None).packed()))
        .convert("RGB")
        .getpixel((round(place[0]), round(place[1])))
    )
    assert isinstance(found, tuple)
    return found


def _near(colour: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 50 for one, other in zip(colour, wanted, strict=True))


@pytest.mark.parametrize(
    "markup",
    [
        "<form><input><button>Pay</button></form>",
        '<form><input type="number" value="1"><button>Pay</button></form>',
        '<form><input value="1"><a href="#there">Pay</a></form>',
        '<form><input type="hidden" value="1"><input type=checkbox><button>Pay</button></form>',
        '<form style="display: none"><input value="1"></form><main><button>Pay</button></main>',
    ],
    ids=["empty form", "number as it was", "link", "nothing chosen", "no form around"],
)
def test_a_press_that_sends_no_filled_form_has_no_picture_of_it(page: Page, markup: str) -> None:
    page.set_content(markup)
    assert take_form_picture(page, page.get_by_text("Pay")) is None


def test_a_control_below_the_window_is_brought_into_the_picture(page: Page) -> None:
    page.set_content('<form><input value="1"><p style="height: 3000px"></p><button>Pay</button>')
    taken = take_form_picture(page, page.get_by_role("button"))
    assert taken is not None
    assert taken.outlined is not None
    size = page.viewport_size
    assert size is not None
    assert 0 < taken.outlined[3] <= size["height"]
