"""Pages that ask, move by themselves, need scripts or lie below a bar, in the browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checkout_conformance.drivers.browser_session import BrowserSession
from checkout_conformance.drivers.cookie_bars import answer_cookie_bars
from checkout_conformance.drivers.navigation import go_to
from checkout_conformance.drivers.page import Page
from checkout_conformance.drivers.questions import question_at
from checkout_conformance.drivers.rendering import needs_script
from tests.support.recording_site import RecordingSite, recording_site

ASKS = """<button onclick="document.title = confirm('Delete 1 card?') ? 'gone' : 'kept'">Delete"""
BAR = (
    "<main><h1>Cart</h1><button onclick=\"document.title = 'bought'\">Buy</button></main>"
    "<section style='position: fixed; inset: 0'>We use cookies."
    "<button onclick=\"document.cookie = 'all=1'; this.parentNode.remove()\">Accept all</button>"
    "<button onclick='this.parentNode.remove()'>Only necessary ones</button></section>"
)
FORM = "<form><label>Phone number <input></label></form>"


@pytest.fixture
def site() -> Iterator[RecordingSite]:
    with recording_site() as site:
        yield site


@pytest.fixture
def tab(browser_session: BrowserSession) -> Iterator[Page]:
    context = browser_session.browser.new_context()
    context.set_default_timeout(5_000)
    answer_cookie_bars(context)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("accept", "title"), [(True, "gone"), (False, "kept")])
def test_the_browsers_question_is_answered(
    tab: Page, site: RecordingSite, accept: bool, title: str
) -> None:
    site.serve("/", ASKS)
    tab.goto(site.url())
    asked = question_at(tab, tab.get_by_role("button").click, accept=accept)
    assert (asked, tab.title()) == ("Delete 1 card?", title)


def test_no_question_has_no_words(tab: Page, site: RecordingSite) -> None:
    site.serve("/", "<button>Delete</button>")
    tab.goto(site.url())
    assert question_at(tab, tab.get_by_role("button").click, accept=True) == ""


def test_a_page_that_moves_by_itself_does_not_keep_the_buyer(
    tab: Page, site: RecordingSite
) -> None:
    site.serve("/", "<script>setTimeout(() => { location = '/receipt' }, 0)</script>")
    site.serve("/receipt", "<h1>Paid</h1>")
    site.serve("/orders", "<h1>Orders</h1>")
    tab.goto(site.url())
    go_to(tab, site.url("/orders"))
    assert tab.url == site.url("/orders")


def test_a_bar_about_cookies_is_answered_with_the_fewest(tab: Page, site: RecordingSite) -> None:
    site.serve("/", BAR)
    tab.goto(site.url())
    tab.get_by_role("button", name="Buy").click()
    assert tab.title() == "bought"
    assert not tab.context.cookies()


def test_a_page_with_a_word_about_cookies_is_left_alone(tab: Page, site: RecordingSite) -> None:
    site.serve(
        "/",
        "<div><main><h1>Cookies, 200 g</h1><button>Buy</button>"
        "<button onclick=\"document.title = 'pressed'\">Accept</button></main></div>",
    )
    tab.goto(site.url())
    tab.get_by_role("button", name="Buy").click()
    assert tab.title() == ""


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        (f"<main>{FORM}</main>", False),
        (f"<script src=/live.js></script><main>{FORM}</main>", False),
        (f"<main></main><template>{FORM}</template><script></script>", True),
        ("<div id=root></div><script src=/app.js></script>", True),
        ("<main></main>", False),
    ],
)
def test_a_site_needs_scripts_if_it_shows_no_field_without_them(
    site: RecordingSite, source: str, needed: bool
) -> None:
    site.serve("/sign-in", source)
    assert needs_script(site.url("/sign-in"), "en") is needed
