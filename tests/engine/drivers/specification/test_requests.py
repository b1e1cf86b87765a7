"""Every driver follows the same redirects, and says the same about itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engine.drivers.specification.conftest import Tab, press
from tests.support.recording_site import RecordingSite

POST = '<form action="/go" method="post"><input name="a" value="1"><button>Send</button></form>'
OTHER = "b.localhost"
# The method and the body after a redirect of a form.
REDIRECTS = {301: ("GET", ""), 302: ("GET", ""), 303: ("GET", ""), 307: ("POST", "a=1")}
REDIRECTS[308] = REDIRECTS[307]


@pytest.mark.parametrize("status", REDIRECTS)
def test_a_redirect_keeps_or_changes_the_method(
    fresh: Tab, site: RecordingSite, status: int
) -> None:
    site.serve("/form", POST)
    site.redirect("/go", "/there", status)
    site.serve("/there", "<h1>There</h1>")
    fresh.goto(site.url("/form"))
    press(fresh, "Send")
    method, body = REDIRECTS[status]
    assert fresh.url == site.url("/there")
    assert site.lines() == ["GET /form", "POST /go", f"{method} /there"]
    assert site.last.body == body
    assert site.last.headers.get("Content-Type", "").startswith("app") is bool(body)


TARGETS = {
    "relative": ("/deep/go", "there?x=1", "/deep/there?x=1"),
    "parent": ("/deep/go", "../there", "/there"),
    "keeps the part": ("/go#part", "/there", "/there#part"),
    "its own part": ("/go#part", "/there#other", "/there#other"),
    "without a scheme": ("/go", "//b.localhost:{port}/there", None),
    "other host": ("/go", "http://b.localhost:{port}/there", None),
}


@pytest.mark.parametrize("case", TARGETS)
def test_a_redirect_leads_to(fresh: Tab, site: RecordingSite, case: str) -> None:
    start, location, end = TARGETS[case]
    there = site.url("/there", OTHER) if end is None else site.url(end)
    location = location.format(port=site.port)
    site.serve("/there", "<h1>There</h1>")
    site.serve("/deep/there", "<h1>There</h1>")
    path = start.partition("#")[0]
    site.redirect(path, location)
    fresh.goto(site.url(start))
    assert fresh.url == there
    assert fresh.get_by_role("heading").inner_text() == "There"


def test_a_page_of_an_error_is_shown(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/wrong", "<h1>Wrong</h1>", status=422)
    fresh.goto(site.url("/wrong"))
    assert fresh.get_by_role("heading").inner_text() == "Wrong"


def test_an_answer_without_content_leaves_the_page(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/form", POST)
    site.serve("/go", status=204)
    fresh.goto(site.url("/form"))
    press(fresh, "Send")
    assert site.last.line == "POST /go"
    assert fresh.url == site.url("/form")


REFERRERS = {
    "link": ('<a href="{to}">Send</a>', ""),
    "form": ('<form action="{to}" method="post"><button>Send</button></form>', "own"),
    "GET form": ('<form action="{to}"><button>Send</button></form>', ""),
}


@pytest.mark.parametrize("host", ["a.localhost", OTHER])
@pytest.mark.parametrize("case", REFERRERS)
def test_a_site_learns_where_a_request_comes_from(
    fresh: Tab, site: RecordingSite, case: str, host: str
) -> None:
    source, origin = REFERRERS[case]
    site.serve("/from", source.format(to=site.url("/to", host)))
    site.serve("/to")
    fresh.goto(site.url("/from?x=1#part"))
    assert "Referer" not in site.last.headers
    press(fresh, "Send")
    own = site.url("/from?x=1")
    assert site.last.headers["Referer"] == (own if host == "a.localhost" else site.url("/"))
    assert site.last.headers.get("Origin", "") == (site.url("") if origin else "")


def test_a_redirect_keeps_the_referrer(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/from", POST)
    site.redirect("/go", site.url("/there", OTHER), 307)
    site.serve("/there")
    fresh.goto(site.url("/from"))
    press(fresh, "Send")
    assert site.last.headers["Referer"] == site.url("/")
    assert site.last.headers["Origin"] == "null"


def test_a_redirect_to_the_same_site_keeps_the_origin(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/from", POST)
    site.redirect("/go", "/there", 307)
    site.serve("/there")
    fresh.goto(site.url("/from"))
    press(fresh, "Send")
    assert site.last.headers["Referer"] == site.url("/from")
    assert site.last.headers["Origin"] == site.url("")


# Policies with what the own and another origin learn of the page /from.
POLICIES = {
    "": ("/from", "/"),
    "same-origin": ("/from", None),
    "no-referrer": (None, None),
    "origin": ("/", "/"),
    "strict-origin": ("/", "/"),
    "unsafe-url": ("/from", "/from"),
}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("host", ["a.localhost", OTHER])
@pytest.mark.parametrize("by_header", [True, False], ids=["header", "meta"])
def test_a_page_decides_what_is_learnt_about_it(
    fresh: Tab, site: RecordingSite, policy: str, host: str, by_header: bool
) -> None:
    meta = "" if by_header else f'<meta name="referrer" content="{policy}">'
    form = f'{meta}<form action="{site.url("/to", host)}" method="post"><button>Send</button>'
    site.serve("/from", form, headers={"Referrer-Policy": policy} if by_header else {})
    site.serve("/to")
    fresh.goto(site.url("/from"))
    press(fresh, "Send")
    learnt = POLICIES[policy][host == OTHER]
    assert site.last.headers.get("Referer") == (learnt and site.url(learnt))
    assert site.last.headers["Origin"] == (site.url("") if learnt else "null")


def test_a_link_can_keep_its_page_to_itself(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/from", '<a href="/to" rel="noreferrer">Send</a>')
    site.serve("/to")
    fresh.goto(site.url("/from"))
    press(fresh, "Send")
    assert "Referer" not in site.last.headers


@pytest.mark.parametrize("locale", ["en", "ru", "ar", "en-US"])
def test_the_language_of_the_buyer_is_told(
    new_tab: Callable[..., Tab], site: RecordingSite, locale: str
) -> None:
    site.serve("/")
    new_tab(locale).goto(site.url())
    assert site.last.headers["Accept-Language"] == locale
