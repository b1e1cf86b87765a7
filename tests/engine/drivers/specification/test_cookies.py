"""Every driver keeps and sends the same cookies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.drivers.specification.conftest import Tab, press
from tests.support.recording_site import RecordingSite

OTHER = "b.localhost"
PAST = "Thu, 01 Jan 1970 00:00:00 GMT"
# The lines of an answer from a.localhost/deep/set, a path there, and the cookies sent to it.
STORED = {
    "plain": (["a=1"], "/deep/x", "a=1"),
    "two": (["a=1", "b=2"], "/deep/x", "a=1; b=2"),
    "default path": (["a=1"], "/other", ""),
    "path": (["a=1; Path=/other"], "/other/x", "a=1"),
    "not below": (["a=1; Path=/other"], "/others", ""),
    "path of the answer": (["a=1; Path=nothing"], "/deep/x", "a=1"),
    "long path first": (["a=1; Path=/", "b=2; Path=/deep"], "/deep/x", "b=2; a=1"),
    "later value": (["a=1; Path=/", "a=2; Path=/"], "/", "a=2"),
    "http only": (["a=1; HttpOnly; Path=/"], "/", "a=1"),
    "lasting": (["a=1; Max-Age=60; Path=/"], "/", "a=1"),
    "deleted by age": (["a=1; Path=/", "a=; Max-Age=0; Path=/"], "/", ""),
    "deleted by date": (["a=1; Path=/", f"a=; Expires={PAST}; Path=/"], "/", ""),
    "age before date": ([f"a=1; Max-Age=60; Expires={PAST}; Path=/"], "/", "a=1"),
    "other path is not deleted": (["a=1; Path=/deep", "a=; Max-Age=0; Path=/"], "/deep/x", "a=1"),
    "secure": (["a=1; Secure; Path=/"], "/", "a=1"),
    "empty value": (["a=; Path=/"], "/", "a="),
    "no sign": (["a; Path=/"], "/", "a"),
    "quotes": (['a="x y"; Path=/'], "/", 'a="x y"'),
    "sign in the value": (["a=b=c; Path=/"], "/", "a=b=c"),
    "own domain": (["a=1; Path=/; Domain=a.localhost"], "/", "a=1"),
    "foreign domain": (["a=1; Path=/; Domain=b.localhost"], "/", ""),
    "all of the suffix": (["a=1; Path=/; Domain=localhost"], "/", ""),
    "host prefix": (["__Host-a=1; Secure; Path=/"], "/", "__Host-a=1"),
    "host prefix with a path": (["__Host-a=1; Secure; Path=/deep"], "/deep/x", ""),
    "secure prefix": (["__Secure-a=1; Path=/"], "/", ""),
    "insecure everywhere": (["a=1; SameSite=None; Path=/"], "/", ""),
    "unknown attribute": (["a=1; Path=/; Priority=High"], "/", "a=1"),
}


@pytest.mark.parametrize("case", STORED)
def test_a_cookie_is_kept_and_sent(fresh: Tab, site: RecordingSite, case: str) -> None:
    lines, path, sent = STORED[case]
    site.set_cookies("/deep/set", lines)
    site.serve(path)
    fresh.goto(site.url("/deep/set"))
    fresh.goto(site.url(path))
    assert site.last.cookies == sent


def test_a_cookie_of_a_host_is_not_sent_to_others(fresh: Tab, site: RecordingSite) -> None:
    site.set_cookies("/set", ["a=1; Path=/"])
    site.serve("/")
    fresh.goto(site.url("/set"))
    for host, sent in [("b.localhost", ""), ("x.a.localhost", ""), ("localhost", "")]:
        fresh.goto(site.url("/", host))
        assert site.last.cookies == sent, host


def test_a_cookie_of_a_domain_is_sent_to_hosts_below(fresh: Tab, site: RecordingSite) -> None:
    site.set_cookies("/set", ["a=1; Path=/; Domain=a.localhost"])
    site.serve("/")
    fresh.goto(site.url("/set", "x.a.localhost"))
    fresh.goto(site.url("/", "y.a.localhost"))
    assert site.last.cookies == "a=1"


# How a buyer goes from another site to the one with the cookies, and what is sent then.
WAYS = {
    "address": "lax=1; none=1; strict=1",
    "link": "lax=1; none=1",
    "GET form": "lax=1; none=1",
    "POST form": "none=1",
    "redirect after a link": "lax=1; none=1",
    "redirect after a form": "lax=1; none=1",
    "redirect after an address": "lax=1; none=1; strict=1",
    "refresh": "lax=1; none=1",
}
COOKIES = ["lax=1; SameSite=Lax", "none=1; SameSite=None; Secure", "strict=1; SameSite=Strict"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("host", ["a.localhost", "shop.a.localhost", OTHER])
def test_same_site_decides_what_another_site_makes_the_browser_send(
    fresh: Tab, site: RecordingSite, way: str, host: str
) -> None:
    """``host`` is where the buyer comes from; the first two belong to the same site."""
    site.set_cookies("/set", COOKIES)
    to = site.url("/to")
    site.serve("/to", "<h1>There</h1>")
    site.redirect("/forward", to)
    site.serve(
        "/from",
        f'<a href="{to}">link</a><a href="/forward">redirect after a link</a>'
        f'<form action="{to}"><button>GET form</button></form>'
        f'<form action="{to}" method="post"><button>POST form</button></form>'
        '<form action="/forward" method="post"><button>redirect after a form</button></form>',
    )
    site.serve("/refresh", f'<meta http-equiv="refresh" content="0; url={to}">')
    fresh.goto(site.url("/set"))
    fresh.goto(site.url("/from", host))
    if way == "address":
        fresh.goto(to)
    elif way == "redirect after an address":
        fresh.goto(site.url("/forward", host))
    elif way == "refresh":
        fresh.goto(site.url("/refresh", host))
        fresh.get_by_role("heading", name="There").wait_for()
    else:
        press(fresh, way)
    assert fresh.url.partition("?")[0] == to
    expected = WAYS[way] if host == OTHER else "lax=1; none=1; strict=1"
    assert "; ".join(sorted(site.last.cookies.split("; "))) == expected


def test_a_session_is_still_there_on_the_way_back(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/cart", f'<form action="{site.url("/vault", OTHER)}"><button>Pay</button></form>')
    site.serve("/vault", '<form action="/pay" method="post"><button>Confirm</button></form>')
    site.redirect("/pay", site.url("/back"), 303)
    site.serve("/back", "<h1>Paid</h1>")
    site.set_cookies("/start", ["session=1; HttpOnly; SameSite=Lax; Path=/"])
    fresh.goto(site.url("/start"))
    fresh.goto(site.url("/cart"))
    press(fresh, "Pay")
    assert site.last.cookies == ""
    press(fresh, "Confirm")
    assert fresh.url == site.url("/back")
    assert site.last.cookies == "session=1"


def test_a_redirect_can_set_a_cookie(fresh: Tab, site: RecordingSite) -> None:
    site.redirect("/in", "/home", cookie="session=1; Path=/")
    site.serve("/home")
    fresh.goto(site.url("/in"))
    assert site.last.cookies == "session=1"


def test_contexts_share_no_cookies_and_tabs_do(
    new_tab: Callable[..., Tab], site: RecordingSite
) -> None:
    site.set_cookies("/set", ["a=1; Path=/"])
    site.serve("/")
    tab, other = new_tab(), new_tab()
    tab.goto(site.url("/set"))
    other.goto(site.url("/"))
    assert site.last.cookies == ""
    tab.context.new_page().goto(site.url("/"))
    assert site.last.cookies == "a=1"


def without_expiry(cookies: list[Any]) -> list[Any]:
    found = [{**one, "expires": one["expires"] > 0} for one in cookies]
    return sorted(found, key=lambda one: one["name"])


def test_contexts_tell_their_cookies_with_all_attributes(
    new_tab: Callable[..., Tab], site: RecordingSite
) -> None:
    lines = ["a=1", "b=2; Path=/; HttpOnly; SameSite=Strict; Max-Age=60"]
    site.set_cookies("/deep/set", [*lines, "c=3; Secure; SameSite=None; Domain=a.localhost"])
    site.serve("/deep/x")
    tab, other = new_tab(), new_tab()
    tab.goto(site.url("/deep/set"))
    told = tab.context.cookies()
    keys = ["name", "value", "domain", "path", "expires", "httpOnly", "secure", "sameSite"]
    assert [[one[key] for key in keys] for one in without_expiry(told)] == [
        ["a", "1", "a.localhost", "/deep", False, False, False, "Lax"],
        ["b", "2", "a.localhost", "/", True, True, False, "Strict"],
        ["c", "3", ".a.localhost", "/deep", False, False, True, "None"],
    ]
    other.context.add_cookies(told)
    assert without_expiry(other.context.cookies()) == without_expiry(told)
    other.goto(site.url("/deep/x"))
    assert "; ".join(sorted(site.last.cookies.split("; "))) == "a=1; b=2; c=3"
    other.context.clear_cookies()
    assert other.context.cookies() == []
