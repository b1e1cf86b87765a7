"""What a scenario presupposes is done over HTTP, in the session of the browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checkout_conformance.drivers.browser_session import BrowserSession
from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.drivers.http.page import HttpPage
from checkout_conformance.drivers.page import Page
from checkout_conformance.drivers.site import Site
from checkout_conformance.targets.safety_error import SafetyError
from checkout_conformance.targets.target import Target
from tests.support.recording_site import RecordingSite, recording_site

KEYS = ("name", "value", "domain", "path", "httpOnly", "secure", "sameSite")


class Shop(Site):
    name = "shop"


@pytest.fixture
def site() -> Iterator[RecordingSite]:
    with recording_site() as site:
        site.serve("/cart", '<main><h1>Cart</h1><a href="/done">Go on</a></main>')
        site.serve("/done", "<main><h1>Done</h1></main>")
        yield site


@pytest.fixture
def tab(browser_session: BrowserSession) -> Iterator[Page]:
    context = browser_session.browser.new_context(user_agent="the browser's own", locale="ru")
    yield context.new_page()
    context.close()


def shop(page: Page, site: RecordingSite, on_screen: bool = False) -> Shop:
    target = Target("mock", "ru", urls={"shop": site.url("")}, on_screen=on_screen)
    return Shop(page, target)


def told(page: Page) -> list[tuple[object, ...]]:
    return sorted(tuple(one[key] for key in KEYS) for one in page.context.cookies())


def test_the_page_that_was_reached_is_shown(tab: Page, site: RecordingSite) -> None:
    with shop(tab, site).beforehand() as beforehand:
        assert isinstance(beforehand, Shop)
        beforehand.open("/cart")
        beforehand.page.get_by_role("link").click()
        assert tab.url == "about:blank"
    assert tab.url == site.url("/done")
    over_http, last = site.requests[0], site.last
    assert over_http.headers["User-Agent"] == last.headers["User-Agent"] == "the browser's own"
    assert over_http.headers["Accept-Language"] == last.headers["Accept-Language"] == "ru"


def test_the_page_need_not_be_shown(tab: Page, site: RecordingSite) -> None:
    with shop(tab, site).beforehand(show=False) as beforehand:
        beforehand.open("/cart")
    assert tab.url == "about:blank"
    assert site.lines() == ["GET /cart"]


def test_cookies_go_there_and_back_with_all_attributes(tab: Page, site: RecordingSite) -> None:
    site.set_cookies("/set", ["kept=1; Path=/; HttpOnly; SameSite=Strict; Max-Age=60"])
    site.set_cookies("/more", ["new=2; Path=/done; Secure; SameSite=None", "plain=3"])
    browsing = shop(tab, site)
    browsing.open("/set")
    with browsing.beforehand(show=False) as beforehand:
        beforehand.open("/more")
        assert site.last.cookies == "kept=1"
    assert told(tab) == [
        ("kept", "1", "a.localhost", "/", True, False, "Strict"),
        ("new", "2", "a.localhost", "/done", False, True, "None"),
        ("plain", "3", "a.localhost", "/", False, False, "Lax"),
    ]


def test_a_cookie_that_was_deleted_is_gone(tab: Page, site: RecordingSite) -> None:
    site.set_cookies("/set", ["session=1; Path=/", "kept=2; Path=/"])
    site.set_cookies("/out", ["session=; Path=/; Max-Age=0"])
    browsing = shop(tab, site)
    browsing.open("/set")
    with browsing.beforehand() as beforehand:
        beforehand.open("/out")
        beforehand.open("/cart")
    assert site.last.cookies == "kept=2"


def test_a_run_that_is_watched_stays_in_the_browser(tab: Page, site: RecordingSite) -> None:
    browsing = shop(tab, site, on_screen=True)
    with browsing.beforehand() as beforehand:
        assert beforehand is browsing


def test_a_run_over_http_has_no_other_page(site: RecordingSite) -> None:
    page = HttpContext(locale="en", user_agent="test").new_page()
    browsing = shop(page, site)
    with browsing.beforehand() as beforehand:
        assert beforehand is browsing
        beforehand.open("/cart")
    assert isinstance(page, HttpPage)
    assert site.lines() == ["GET /cart"]


def test_no_other_site_than_the_target_s_is_asked(tab: Page, site: RecordingSite) -> None:
    site.serve("/out", f'<main><a href="{site.url("/cart", "stranger.localhost")}">Go</a></main>')
    with shop(tab, site).beforehand(show=False) as beforehand:
        beforehand.open("/out")
        with pytest.raises(SafetyError, match=r"led to stranger\.localhost with GET: refused"):
            beforehand.page.get_by_role("link").click()
    assert site.lines() == ["GET /out"]
