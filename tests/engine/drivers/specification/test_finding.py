"""Every driver finds the same elements of the specification's pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.drivers.specification.conftest import Tab

Show = Callable[[str], Tab]

TEXTS = [
    # The smallest elements with the text, in any letter case, as a part of it.
    ("duplicates", "same", False, ["twice-text", "inner", "second", "third"]),
    ("duplicates", "Same", True, ["twice-text", "inner", "second"]),
    ("duplicates", re.compile("^Same$"), False, ["twice-text", "inner", "second"]),
    ("duplicates", "pay", False, ["pay", "pay-again", "pay-later", "repay"]),
    ("duplicates", "Nowhere", False, []),
    # What is hidden is found too.
    ("hidden", "Hidden", True, ["attribute"]),
    ("hidden", "hidden too", False, ["inside-hidden"]),
    ("hidden", "script", False, []),
    ("buttons", "place order", False, ["valued"]),
    ("spaces", "Pay now", False, ["many", "in-line"]),
    ("spaces", "Pay 10 USD", False, ["fixed"]),
    ("spaces", re.compile("10 +USD"), False, ["line"]),
    ("spaces", re.compile(r"Pay\s10\s\sUSD"), False, ["fixed"]),
    ("spaces", "payments", False, ["soft"]),
    ("spaces", "café €5", False, ["entities"]),
    ("right_to_left", "ادفع الآن", True, ["title"]),
    ("right_to_left", "№ 7", False, ["order-number"]),
    ("right_to_left", "карта", False, ["upper"]),
    ("right_to_left", re.compile(r"\d"), False, ["price", "order-number", "sum"]),
    ("right_to_left", re.compile(r"\w+ Straße"), False, []),
    ("right_to_left", re.compile("карта", re.IGNORECASE), False, ["upper"]),
    ("scriptless", "Scripts are off", False, []),
    ("scriptless", "Scripts are off", True, ["in-notice"]),
    ("scriptless", "inside", False, []),
    ("details", "hidden paragraph", False, ["in-closed", "refers"]),
]
LABELS = [
    ("labels", "E-mail", True, ["email"]),
    ("labels", "e-mail", False, ["email"]),
    ("labels", "e-mail", True, []),
    ("labels", "with the country", False, ["phone"]),
    ("labels", "hidden", False, ["quiet", "partly"]),
    ("labels", "Search all shops", True, ["spoken"]),
    ("labels", "Before it", True, ["blank"]),
    ("labels", "Card", True, ["referring", "overruled", "again"]),
    ("labels", "number", True, ["referring"]),
    ("labels", "Nor this", False, []),
    ("labels", re.compile("^second$"), False, ["two"]),
    ("labels", "Secret", False, []),
    ("labels", "Sum", True, ["sum"]),
    ("labels", "Unread", False, []),
    ("duplicates", "Card", True, ["card", "other-card"]),
    ("duplicates", "again", False, ["code"]),
    ("fieldsets", "City", False, ["city"]),
    ("right_to_left", "رقم الهاتف", True, ["phone"]),
]
ROLES = [
    ("duplicates", "button", "pay", False, ["pay", "pay-again", "pay-later", "repay"]),
    ("duplicates", "button", "Pay", True, ["pay", "pay-again"]),
    ("duplicates", "button", re.compile("^Pay"), False, ["pay", "pay-again", "pay-later"]),
    ("spaces", "button", "Pay 10 USD", True, ["fixed"]),
    ("spaces", "button", re.compile("10 USD"), False, ["fixed"]),
    ("right_to_left", "button", re.compile("^ادفع 100"), False, ["pay"]),
    ("right_to_left", "heading", re.compile(r"^ادفع\b"), False, []),
    ("tables", "row", "Status Paid", True, ["fact"]),
    ("details", "button", "Hidden button", False, []),
    ("inputs", "textbox", "Password", True, ["password"]),
]


def ids(found: Any) -> list[str]:
    return [one.get_attribute("id") for one in found.all()]


@pytest.mark.parametrize(("page", "wanted", "exact", "expected"), TEXTS)
def test_a_text_finds_the_smallest_elements_with_it(
    show: Show, page: str, wanted: Any, exact: bool, expected: list[str]
) -> None:
    assert ids(show(page).get_by_text(wanted, exact=exact)) == expected


@pytest.mark.parametrize(("page", "wanted", "exact", "expected"), LABELS)
def test_a_label_finds_its_controls(
    show: Show, page: str, wanted: Any, exact: bool, expected: list[str]
) -> None:
    assert ids(show(page).get_by_label(wanted, exact=exact)) == expected


@pytest.mark.parametrize(("page", "role", "wanted", "exact", "expected"), ROLES)
def test_a_role_and_a_name_find_the_elements_with_both(
    show: Show, page: str, role: str, wanted: Any, exact: bool, expected: list[str]
) -> None:
    assert ids(show(page).get_by_role(role, name=wanted, exact=exact)) == expected


@pytest.mark.parametrize(("level", "expected"), [(1, ["h1"]), (2, ["region-title", "heading"])])
def test_a_level_finds_the_headings_that_have_it(
    show: Show, level: int, expected: list[str]
) -> None:
    assert ids(show("regions").get_by_role("heading", level=level)) == expected


def test_a_search_inside_an_element_finds_nothing_outside_it(show: Show) -> None:
    page = show("duplicates")
    assert ids(page.locator("#outer").get_by_text("Same", exact=True)) == ["second"]
    assert ids(page.locator("#pay").get_by_text("Pay")) == ["pay"]
    assert ids(page.locator("#pay").get_by_role("button")) == []
    assert ids(page.get_by_role("button").filter(has_text="later")) == ["pay-later"]
