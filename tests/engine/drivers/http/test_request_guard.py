"""The HTTP driver asks the target's sites and nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.drivers.http.page import HttpPage
from checkout_conformance.drivers.http.request_guard import RequestGuard
from checkout_conformance.targets.safety_error import SafetyError
from checkout_conformance.targets.target import SiteUnreachable
from tests.support.recording_site import RecordingSite, recording_site
from tests.support.stub_site import QuietHandler, serving

STRANGER = "stranger.localhost"


@pytest.fixture
def site() -> Iterator[RecordingSite]:
    with recording_site() as site:
        site.serve("/there", "<h1>There</h1>")
        yield site


@pytest.fixture
def page(site: RecordingSite) -> HttpPage:
    guard = RequestGuard([site.url()])
    return HttpContext(locale="en", user_agent="test", allow=guard.allow).new_page()


def test_the_sites_of_the_target_are_asked(page: HttpPage, site: RecordingSite) -> None:
    page.goto(site.url("/there"))
    assert site.lines() == ["GET /there"]


def test_an_address_of_another_host_is_not_asked(page: HttpPage, site: RecordingSite) -> None:
    with pytest.raises(SafetyError, match=f"led to {STRANGER} with GET: refused"):
        page.goto(site.url("/there", STRANGER))
    assert site.requests == []


@pytest.mark.parametrize("address", ["http://[no address", "mailto:shop@example.test"])
def test_a_redirect_to_no_address_is_a_site_that_cannot_be_reached(
    address: str,
) -> None:
    class Redirecting(QuietHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.end_headers()

    with serving(Redirecting) as url:
        page = HttpContext(locale="en", user_agent="test").new_page()
        with pytest.raises(SiteUnreachable, match=r"no browser can open|InvalidURL"):
            page.goto(url)


WAYS = {
    "link": '<a href="{to}">Go</a>',
    "new tab": '<a href="{to}" target="_blank">Go</a>',
    "form": '<form action="{to}" method="post"><a></a><button>Go</button></form>',
    "redirect": '<a href="/redirect">Go</a>',
}


@pytest.mark.parametrize("way", WAYS)
def test_no_page_leads_to_another_host(page: HttpPage, site: RecordingSite, way: str) -> None:
    to = site.url("/there", STRANGER)
    site.serve("/", WAYS[way].format(to=to))
    site.redirect("/redirect", to)
    page.goto(site.url())
    control = page.get_by_role("button").or_(page.get_by_role("link"))
    with pytest.raises(SafetyError, match=STRANGER):
        control.click()
    assert not any(one.host == STRANGER for one in site.requests)


def test_a_refresh_to_another_host_is_refused(page: HttpPage, site: RecordingSite) -> None:
    to = site.url("/there", STRANGER)
    site.serve("/", f'<meta http-equiv="refresh" content="0; url={to}">')
    with pytest.raises(SafetyError, match=STRANGER):
        page.goto(site.url())
    assert site.lines() == ["GET /"]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.localhost/", "http://[broken/"])
def test_only_addresses_of_the_web_are_allowed(url: str) -> None:
    with pytest.raises(SafetyError, match="refused"):
        RequestGuard(["http://a.localhost"]).allow("GET", url)
