"""The expiry of a card where a site has two list boxes for it, month and year."""

from __future__ import annotations

import re

from checkout_conformance.drivers.choices import value_of
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.targets.target import not_offered

MONTH = "select[autocomplete~=cc-exp-month], select[name*=month i], select[id*=month i]"
YEAR = "select[autocomplete~=cc-exp-year], select[name*=year i], select[id*=year i]"


def expiry_boxes(page: Page) -> tuple[Locator, Locator]:
    """Return the list boxes for the month and the year."""
    return page.locator(MONTH).first, page.locator(YEAR).first


def choose_number(box: Locator, number: str, expiry: str) -> None:
    """Choose a month or a year, which may have two digits or four."""
    if not number.isdecimal():
        not_offered(f"an expiry {expiry!r}: it is chosen from list boxes")
    wanted = re.compile(rf"^\D*(?:20)?0?{int(number)}\D*$")
    option = box.locator("option").filter(has_text=wanted)
    if not option.count():
        not_offered(f"an expiry {expiry!r}: it is chosen from list boxes")
    box.select_option(value_of(option))
