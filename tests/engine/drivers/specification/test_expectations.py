"""Every driver's expectations hold for the same pages, and fail with the same first line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error

from tests.engine.drivers.specification.conftest import Tab
from tests.support.recording_site import RecordingSite

Expect = Callable[..., Any]
SHORT = 150.0

PAGE = """<!doctype html><title>Page</title>
    <h1 id="title" lang="en">Order <b>No. 7</b></h1>
    <ul><li>Tea</li><li>Coffee  beans</li><li>Milk</li></ul>
    <p id="hidden" hidden>Hidden</p><p id="empty"></p>
    <button id="off" disabled>Off</button><button id="on" aria-describedby="title">On</button>
    <label>Name <input id="name" value="Anna"></label><input id="fixed" value="x" readonly>
    <label>Box <input type="checkbox" id="ticked" checked></label>
    <input type="checkbox" id="unticked">
    <b role="switch" id="switched" aria-checked="true">On</b>
    <b role="switch" id="unswitched" aria-checked="false">Off</b>
    <select id="city"><option value="m">Moscow<option value="c" selected>Cairo</select>"""

# Selector, expectation, arguments.
MET = [
    ("#title", "to_be_visible"),
    ("#hidden", "to_be_hidden"),
    ("#nowhere", "to_be_hidden"),
    ("#empty", "to_be_hidden"),
    ("#on", "to_be_enabled"),
    ("#off", "to_be_disabled"),
    ("#name", "to_be_editable"),
    ("#ticked", "to_be_checked"),
    ("#unticked", "not_to_be_checked"),
    ("#switched", "to_be_checked"),
    ("#unswitched", "not_to_be_checked"),
    ("#title", "to_have_text", "Order No. 7"),
    ("#title", "to_have_text", " Order  No. 7 "),
    ("#title", "to_have_text", re.compile("No. \\d")),
    ("#hidden", "to_have_text", "Hidden"),
    ("#empty", "to_have_text", ""),
    ("li", "to_have_text", ["Tea", "Coffee beans", "Milk"]),
    ("li", "to_have_text", ["Tea", re.compile("beans$"), "Milk"]),
    ("#nowhere", "to_have_text", []),
    ("#title", "to_contain_text", "No. 7"),
    ("#title", "to_contain_text", re.compile("^Order")),
    ("li", "to_contain_text", ["Te", "Mil"]),
    ("li", "to_contain_text", ["Te", "Mil"]),
    ("#title", "not_to_contain_text", "No. 8"),
    ("#title", "not_to_contain_text", re.compile("\\d\\d")),
    ("li", "to_have_count", 3),
    ("#nowhere", "to_have_count", 0),
    ("#title", "to_have_attribute", "lang", "en"),
    ("#title", "to_have_attribute", "lang", re.compile("e")),
    ("#name", "to_have_value", "Anna"),
    ("#name", "to_have_value", re.compile("^A")),
    ("#city", "to_have_value", "c"),
    ("#name", "to_have_accessible_name", "Name"),
    ("#name", "to_have_accessible_name", re.compile("na", re.IGNORECASE)),
    ("#on", "to_have_accessible_description", "Order No. 7"),
]
UNMET = [
    ("#hidden", "to_be_visible"),
    ("#nowhere", "to_be_visible"),
    ("#title", "to_be_hidden"),
    ("#off", "to_be_enabled"),
    ("#on", "to_be_disabled"),
    ("#nowhere", "to_be_disabled"),
    ("#fixed", "to_be_editable"),
    ("#unticked", "to_be_checked"),
    ("#ticked", "not_to_be_checked"),
    ("#unswitched", "to_be_checked"),
    ("#title", "to_have_text", "Order"),
    ("#title", "to_have_text", "order no. 7"),
    ("#title", "to_have_text", re.compile("^No")),
    ("#nowhere", "to_have_text", "Order"),
    ("#nowhere", "to_have_text", ""),
    ("li", "to_have_text", ["Tea", "Milk"]),
    ("li", "to_have_text", ["Tea", "Milk", "Coffee beans"]),
    ("li", "to_have_text", []),
    ("#title", "to_contain_text", "No. 8"),
    ("li", "to_contain_text", ["Milk", "Tea"]),
    ("#title", "not_to_contain_text", "No. 7"),
    ("#nowhere", "not_to_contain_text", "No. 7"),
    ("li", "to_have_count", 2),
    ("#title", "to_have_attribute", "lang", "e"),
    ("#title", "to_have_attribute", "dir", ""),
    ("#name", "to_have_value", "Ann"),
    ("#city", "to_have_value", "Cairo"),
    ("#name", "to_have_accessible_name", "Nam"),
    ("#on", "to_have_accessible_description", "Order"),
]
SEVERAL = [one for one in UNMET if one[0] == "#title" and not isinstance(one[-1], list)]


def told(case: Any) -> str:
    return " ".join(str(part) for part in case)


@pytest.fixture
def shown(tab: Tab, site: RecordingSite) -> Tab:
    site.serve("/", PAGE)
    tab.goto(site.url("/"))
    return tab


@pytest.mark.parametrize("case", MET, ids=told)
def test_it_is_met(shown: Tab, expect: Expect, case: Any) -> None:
    selector, expectation, *arguments = case
    getattr(expect(shown.locator(selector)), expectation)(*arguments, timeout=SHORT)


@pytest.mark.parametrize("case", UNMET, ids=told)
def test_it_is_not_met(shown: Tab, expect: Expect, case: Any) -> None:
    selector, expectation, *arguments = case
    with pytest.raises(AssertionError) as caught:
        getattr(expect(shown.locator(selector)), expectation)(*arguments, timeout=SHORT)
    line = str(caught.value).splitlines()[0].casefold()
    expected = first_line(expectation, arguments)
    assert line == expected if "accessible" not in expectation else line.startswith(expected)


def first_line(expectation: str, arguments: list[Any]) -> str:
    """The first line of an unmet expectation, as Playwright words it."""
    words = expectation.replace("_", " ")
    # Of an accessible name or description Playwright does not show the expected one here.
    shown = "" if "accessible" in words else "".join(f" '{one}'" for one in arguments[-1:])
    return f"Locator expected {words}{shown}".casefold()


@pytest.mark.parametrize("case", SEVERAL, ids=told)
def test_it_needs_one_element(shown: Tab, expect: Expect, case: Any) -> None:
    _, expectation, *arguments = case
    with pytest.raises((AssertionError, Error), match="strict mode violation"):
        getattr(expect(shown.locator("li")), expectation)(*arguments, timeout=SHORT)


def test_its_message_can_be_replaced(shown: Tab, expect: Expect) -> None:
    with pytest.raises(AssertionError, match=r"^The cart\n"):
        expect(shown.locator("#title"), "The cart").to_be_hidden(timeout=SHORT)


def test_the_address_is_expected(shown: Tab, site: RecordingSite, expect: Expect) -> None:
    expect(shown).to_have_url(site.url("/"))
    expect(shown).to_have_url(re.compile(r":\d+/$"))
    with pytest.raises(AssertionError, match=r"^Page (URL )?expected to"):
        expect(shown).to_have_url(re.compile("/cart"), timeout=SHORT)
