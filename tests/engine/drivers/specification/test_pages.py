"""Every driver goes through pages, tabs and parts of pages alike."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from socket import create_server
from typing import Any

import pytest
from playwright.sync_api import Error, TimeoutError

from tests.engine.drivers.specification.conftest import Tab, press
from tests.support.recording_site import RecordingSite

Expect = Callable[..., Any]


def heading(tab: Tab) -> str:
    return str(tab.get_by_role("heading").inner_text())


def serve_walk(site: RecordingSite) -> None:
    """Serve /first, which leads to /second by a link and a form, and a redirect of the form."""
    site.serve(
        "/first",
        '<h1>First</h1><a href="/second">on</a>'
        '<form action="/save" method="post"><button>Save</button></form>'
        '<form action="/answer" method="post"><button>Ask</button></form>',
    )
    site.serve("/second", '<h1>Second</h1><a href="/third">on</a>')
    site.serve("/third", "<h1>Third</h1>")
    site.redirect("/save", "/second", 303)
    site.serve("/answer", '<h1>Answer</h1><a href="/third">on</a>')


def test_going_back_shows_the_pages_before(fresh: Tab, site: RecordingSite) -> None:
    serve_walk(site)
    fresh.goto(site.url("/first"))
    press(fresh, "on")
    press(fresh, "on")
    assert heading(fresh) == "Third"
    fresh.go_back()
    assert (fresh.url, heading(fresh)) == (site.url("/second"), "Second")
    fresh.go_back()
    assert (fresh.url, heading(fresh)) == (site.url("/first"), "First")


def test_going_back_after_a_redirected_form_shows_the_form(fresh: Tab, site: RecordingSite) -> None:
    serve_walk(site)
    fresh.goto(site.url("/first"))
    press(fresh, "Save")
    assert fresh.url == site.url("/second")
    fresh.go_back()
    assert (fresh.url, heading(fresh)) == (site.url("/first"), "First")
    assert site.lines().count("POST /save") == 1


def test_reloading_after_a_redirected_form_sends_nothing(fresh: Tab, site: RecordingSite) -> None:
    serve_walk(site)
    fresh.goto(site.url("/first"))
    press(fresh, "Save")
    fresh.reload()
    assert site.lines()[-2:] == ["GET /second", "GET /second"]


def test_reloading_the_answer_to_a_form_sends_it_again(fresh: Tab, site: RecordingSite) -> None:
    serve_walk(site)
    fresh.goto(site.url("/first"))
    press(fresh, "Ask")
    fresh.reload()
    assert heading(fresh) == "Answer"
    assert site.lines().count("POST /answer") == 2


def test_going_on_and_back_then_on_elsewhere(fresh: Tab, site: RecordingSite) -> None:
    serve_walk(site)
    fresh.goto(site.url("/first"))
    press(fresh, "on")
    fresh.go_back()
    fresh.goto(site.url("/third"))
    fresh.go_back()
    assert heading(fresh) == "First"


def test_a_part_of_the_page_is_not_asked_for(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/", '<h1>Long</h1><a href="#end">on</a><p id="end">End</p>')
    fresh.goto(site.url("/"))
    press(fresh, "on")
    assert fresh.url == site.url("/#end")
    assert site.lines() == ["GET /"]
    fresh.go_back()
    assert fresh.url == site.url("/")
    fresh.reload()
    assert site.lines() == ["GET /", "GET /"]


def test_a_link_may_open_a_tab(fresh: Tab, site: RecordingSite, driver_name: str) -> None:
    site.serve("/", '<a href="/second" target="_blank">on</a>')
    site.serve("/second", "<h1>Second</h1>")
    opened: list[Any] = []
    fresh.context.on("page", lambda tab: opened.append(tab))
    fresh.goto(site.url("/"))
    with fresh.context.expect_page() if driver_name == "browser" else nullcontext():
        fresh.get_by_role("link").click()
    [tab] = opened
    tab.get_by_role("heading", name="Second").wait_for()
    assert tab.url == site.url("/second")
    assert fresh.url == site.url("/")
    assert fresh.context.pages == [fresh, tab]
    tab.close()
    assert tab.is_closed()
    assert fresh.context.pages == [fresh]


def test_a_page_may_lead_on_by_itself(fresh: Tab, site: RecordingSite, expect: Expect) -> None:
    serve_walk(site)
    site.serve("/wait", '<meta http-equiv="refresh" content="0; url=/second">')
    fresh.goto(site.url("/first"))
    fresh.goto(site.url("/wait"))
    expect(fresh).to_have_url(site.url("/second"))
    expect(fresh.get_by_role("heading")).to_have_text("Second")


@pytest.mark.parametrize("around", ["{}", "<noscript>{}</noscript>"])
def test_an_expectation_waits_for_a_page_that_reads_itself_again(
    fresh: Tab, site: RecordingSite, expect: Expect, around: str
) -> None:
    again = around.format('<meta http-equiv="refresh" content="1">')
    waiting = f"<head>{again}</head><h1>Waiting</h1>"
    site.serve("/order", waiting, waiting, "<h1>Paid</h1>")
    fresh.goto(site.url("/order"))
    expect(fresh.get_by_role("heading")).to_have_text("Paid")
    assert site.lines() == ["GET /order"] * 3
    assert fresh.url == site.url("/order")


def test_what_reads_itself_again_is_one_page_of_the_history(
    fresh: Tab, site: RecordingSite, expect: Expect
) -> None:
    serve_walk(site)
    again = '<head><meta http-equiv="refresh" content="1"></head><h1>Waiting</h1>'
    site.serve("/order", again, "<h1>Paid</h1>")
    fresh.goto(site.url("/first"))
    fresh.goto(site.url("/order"))
    expect(fresh.get_by_role("heading")).to_have_text("Paid")
    fresh.go_back()
    assert heading(fresh) == "First"


def test_a_summary_unfolds_and_folds(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/", "<details><summary>More</summary><p>Inside</p></details>")
    fresh.goto(site.url("/"))
    inside = fresh.get_by_text("Inside")
    assert not inside.is_visible()
    fresh.get_by_text("More").click()
    assert inside.is_visible()
    fresh.get_by_text("More").click()
    assert not inside.is_visible()


def test_titles_texts_and_sources(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/", "<!doctype html><title> A \n page </title><p>One<p hidden>Two")
    fresh.goto(site.url("/"))
    assert fresh.title() == "A page"
    assert fresh.locator("body").inner_text() == "One"
    assert fresh.locator("body").text_content() == "OneTwo"
    assert "<p hidden" in fresh.content()


def test_a_plain_text_is_shown_as_it_is(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/", "<h1>one</h1>\ntwo", headers={"Content-Type": "text/plain; charset=utf-8"})
    fresh.goto(site.url("/"))
    assert fresh.locator("body").inner_text() == "<h1>one</h1>\ntwo"


def test_an_empty_page_is_nowhere(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/", "<h1>First</h1>")
    fresh.goto(site.url("/"))
    fresh.goto("about:blank")
    assert fresh.url == "about:blank"
    assert fresh.get_by_role("heading").count() == 0


def test_a_site_that_is_down_cannot_be_shown(fresh: Tab) -> None:
    with create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Exception, match=r"ERR_CONNECTION_REFUSED|did not answer"):
        fresh.goto(f"http://a.localhost:{port}/")


def test_each_navigation_is_told(fresh: Tab, site: RecordingSite) -> None:
    serve_walk(site)
    told: list[str] = []
    fresh.on("framenavigated", lambda frame: told.append(frame.url))
    fresh.goto(site.url("/first"))
    press(fresh, "Save")
    assert told == [site.url("/first"), site.url("/second")]


SEVERAL = "strict mode violation"
FAILING: dict[str, tuple[Callable[[Tab], Any], str, str]] = {
    "missing": (lambda tab: tab.get_by_role("button", name="Nowhere"), "click", "Timeout"),
    "several": (lambda tab: tab.get_by_role("link"), "click", SEVERAL),
    "disabled": (lambda tab: tab.get_by_role("button", name="Off"), "click", "Timeout"),
    "hidden": (lambda tab: tab.locator("#hidden"), "click", "Timeout"),
    "disabled field": (lambda tab: tab.get_by_label("Field"), "fill", "Timeout"),
    "no such option": (lambda tab: tab.get_by_label("City"), "select_option", "Timeout"),
    "text of nothing": (lambda tab: tab.locator("#nowhere"), "inner_text", "Timeout"),
    "text of several": (lambda tab: tab.get_by_role("link"), "inner_text", SEVERAL),
    "attribute of nothing": (lambda tab: tab.locator("#nowhere"), "get_attribute", "Timeout"),
    "state of nothing": (lambda tab: tab.locator("#nowhere"), "is_checked", "Timeout"),
    "visibility of several": (lambda tab: tab.get_by_role("link"), "is_visible", SEVERAL),
    "filling a button": (
        lambda tab: tab.get_by_role("button", name="Go"),
        "fill",
        "Element is not an <input>",
    ),
    "ticking a field": (lambda tab: tab.get_by_label("Name"), "check", "Not a checkbox"),
    "waiting for nothing": (lambda tab: tab.locator("#nowhere"), "wait_for", "Timeout"),
}
FAILING_PAGE = """
    <a href="/">One</a><a href="/">Two</a><button disabled>Off</button><button>Go</button>
    <label>Field <input disabled></label><label>Name <input></label>
    <label>City <select><option>1</select></label><button id="hidden" hidden>x</button>"""
ARGUMENTS = {"fill": ["x"], "select_option": ["x"], "get_attribute": ["x"]}


@pytest.mark.parametrize("case", FAILING)
def test_an_action_that_cannot_be_done_fails(fresh: Tab, site: RecordingSite, case: str) -> None:
    how, action, words = FAILING[case]
    site.serve("/", FAILING_PAGE)
    fresh.goto(site.url("/"))
    # Only where time must run out; finding several elements takes a busy browser longer.
    fresh.set_default_timeout(300 if words == "Timeout" else 10_000)
    locator = how(fresh)
    with pytest.raises(Error) as caught:
        getattr(locator, action)(*ARGUMENTS.get(action, []))
    message = caught.value.message
    if words == SEVERAL:
        assert "strict mode violation" in message
        assert "resolved to 2 elements" in message
    else:
        assert message.removeprefix(f"Locator.{action}: ").removeprefix("Error: ").startswith(words)
    assert isinstance(caught.value, TimeoutError) is (words == "Timeout")


def test_nothing_there_is_not_visible(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/", FAILING_PAGE)
    fresh.goto(site.url("/"))
    assert not fresh.locator("#nowhere").is_visible()
    assert not fresh.locator("#hidden").is_visible()
    fresh.locator("#nowhere").wait_for(state="hidden")
    fresh.locator("#nowhere").wait_for(state="detached")
    fresh.locator("#hidden").wait_for(state="attached")
    assert fresh.get_by_role("link").first.is_visible()


LINK, FORM = '<a href="{0}">on</a>', '<form action="{0}" method="post"><button>on</button></form>'
BY_ITSELF = '<meta http-equiv="refresh" content="0; url={0}">'


@pytest.mark.parametrize("way", [LINK, FORM])
@pytest.mark.parametrize("address", ["mailto:shop@example.test", "tel:+79160000001"])
def test_what_another_program_opens_leaves_the_page(
    fresh: Tab, site: RecordingSite, way: str, address: str
) -> None:
    site.serve("/first", f"<h1>First</h1>{way.format(address)}")
    fresh.goto(site.url("/first"))
    press(fresh, "on")
    assert (fresh.url, heading(fresh)) == (site.url("/first"), "First")
    assert site.lines() == ["GET /first"]


@pytest.mark.parametrize("way", [LINK, FORM, f"<base href='{{0}}'>{LINK.format('there')}"])
def test_what_is_no_address_leads_to_an_empty_page(
    fresh: Tab, site: RecordingSite, expect: Expect, way: str
) -> None:
    site.serve("/first", f"<h1>First</h1>{way.format('http://[no address')}")
    fresh.goto(site.url("/first"))
    press(fresh, "on")
    expect(fresh.get_by_role("heading")).to_have_count(0)
    assert fresh.url == "about:blank#blocked"
    fresh.go_back()
    assert heading(fresh) == "First"


def test_a_page_may_lead_by_itself_to_what_is_no_address(
    fresh: Tab, site: RecordingSite, expect: Expect
) -> None:
    site.serve("/first", f"{BY_ITSELF.format('http://[no address')}<h1>First</h1>")
    fresh.goto(site.url("/first"))
    expect(fresh).to_have_url("about:blank#blocked")
