"""Answers are chosen from radio buttons and list boxes, on both drivers."""

from __future__ import annotations

from typing import Any

import pytest

from checkout_conformance.drivers.choices import choose, expect_chosen
from checkout_conformance.drivers.finding import choice, in_content
from checkout_conformance.drivers.lists_in_pages import next_pages
from checkout_conformance.drivers.navigation import follow_out
from checkout_conformance.drivers.page import Locator
from checkout_conformance.targets.names import name_of
from tests.support.recording_site import RecordingSite

Tab = Any
RADIOS = (
    "<label><input type=radio name=way value=bank> Bank</label>"
    "<label><input type=radio name=way value=qiwi> QIWI Wallet (0 %)</label>"
)
LIST_BOX = (
    "<select name=way><option value=''>–<option value=bank>Bank"
    "<option value=qiwi>QIWI Wallet (0 %)</select>"
)
WITHOUT_VALUES = "<select name=way><option>–<option>Bank<option> QIWI Wallet </select>"
EITHER = pytest.mark.parametrize("answers", [RADIOS, LIST_BOX, WITHOUT_VALUES])


def answer(tab: Tab, words: str) -> Locator:
    return in_content(tab, name_of(words), choice, "choice")


@EITHER
def test_an_answer_is_chosen(fresh: Tab, site: RecordingSite, answers: str) -> None:
    site.serve("/", f"<main>{answers}</main>")
    fresh.goto(site.url())
    choose(answer(fresh, "QIWI Wallet"), fresh)
    expect_chosen(answer(fresh, "QIWI Wallet"), fresh)


@EITHER
def test_another_answer_is_not(fresh: Tab, site: RecordingSite, answers: str) -> None:
    site.serve("/", f"<main>{answers}</main>")
    fresh.goto(site.url())
    choose(answer(fresh, "Bank"), fresh)
    with pytest.raises(AssertionError):
        expect_chosen(answer(fresh, "QIWI Wallet"), fresh, timeout=100)


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("<a href='?page=2'>Next page</a>", 1),
        ("<a href='?page=2' rel=next>2</a>", 1),
        ("<a href='?page=2'>Следующая</a>", 1),
        ("<a href='?page=2'>التالي</a>", 1),
        ("<a href='?page=1'>Previous page</a>", 0),
        ("<a href='/nextdoor'>What comes next</a>", 0),
    ],
)
def test_the_next_page_of_a_list_is_found(
    fresh: Tab, site: RecordingSite, link: str, found: int
) -> None:
    site.serve("/", f"<main>{link}</main>")
    fresh.goto(site.url())
    assert next_pages(fresh).count() == found


@pytest.mark.parametrize("target", ["", "target=_blank"])
def test_a_new_tab_goes_on_in_the_old_one(fresh: Tab, site: RecordingSite, target: str) -> None:
    site.serve("/there", "<h1>There</h1>")
    site.serve("/", f"<a href='{site.url('/there', 'b.localhost')}' {target}>Go</a>")
    fresh.goto(site.url())
    follow_out(fresh.get_by_role("link"), fresh)
    assert fresh.url == site.url("/there", "b.localhost")
    assert len(fresh.context.pages) == 1
