"""No run begins on a site that has not shown that it is a test instance."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import create_server
from threading import Event, Thread

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright
from playwright.sync_api import Error as PlaywrightError

from checkout_conformance.safety.forward_proxy import running_forward_proxy
from checkout_conformance.safety.marker import require_test_instances
from checkout_conformance.safety.network_guard import NetworkGuard, browser_rules
from checkout_conformance.targets.deny_list import is_denied
from checkout_conformance.targets.file import (
    MARKER,
    SiteSettings,
    TargetError,
    Vouched,
)
from checkout_conformance.targets.safety_error import SafetyError
from tests.support.stub_site import StubSite, stub_site


@pytest.fixture
def stranger() -> Iterator[StubSite]:
    with stub_site({"/": "<main>A shop</main>"}) as site:
        yield site


def test_a_site_that_serves_the_marker_is_a_test_instance(site: StubSite) -> None:
    require_test_instances({"shop": SiteSettings(url=site.url)})
    assert site.log == [f"GET {MARKER}"]


@pytest.mark.parametrize(
    "line",
    [
        "Test instance",
        "test instance\r\n",
        "TEST INSTANCE: QA's\n",
        "Test instance: тестовый сайт\n",
    ],
)
def test_the_marker_is_one_line(stranger: StubSite, line: str) -> None:
    stranger.pages[MARKER] = line
    require_test_instances({"shop": SiteSettings(url=stranger.url)})


@pytest.mark.parametrize(
    ("body", "doubt"),
    [
        (None, "answers 404"),
        ("", "says something else"),
        ("Welcome! This is no test instance", "says something else"),
        ("TEST INSTANCE? no, this is PRODUCTION", "says something else"),
        ("Test instance of nothing", "says something else"),
        ("Test instances", "says something else"),
        ("Test instance:", "says something else"),
        ("Test instance\nnot at all", "says something else"),
        (" Test instance", "says something else"),
        ("Test\u00a0instance", "says something else"),
        ("Teſt inſtance", "says something else"),
        ("Test instance: " + "x" * 1000, "is longer than 1000 bytes"),
        ("<h1>404</h1>", "is served as text/html, not as text/plain"),
    ],
)
def test_anything_else_is_no_proof(stranger: StubSite, body: str | None, doubt: str) -> None:
    if body is not None:
        stranger.pages[MARKER] = body
    with pytest.raises(TargetError, match="The run did not start and nothing was") as error:
        require_test_instances({"shop": SiteSettings(url=stranger.url)})
    assert f"{MARKER} {doubt}" in str(error.value)
    assert "a single line: Test instance, or Test instance: and a note" in str(error.value)
    assert stranger.changes == []


@pytest.mark.parametrize(
    "whole", [b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nTest"]
)
def test_a_slow_marker_times_out(whole: bytes) -> None:
    with dripping_server(whole) as url:
        begun = time.monotonic()
        with pytest.raises(TargetError, match=r"did not answer in full within 0\.5 s"):
            require_test_instances({"shop": SiteSettings(url=url)}, seconds=0.5)
    assert time.monotonic() - begun < 3


@contextmanager
def dripping_server(beginning: bytes) -> Iterator[str]:
    """Begins an answer, and then sends a byte of it ten times a second for as long as it may."""
    over = Event()
    with create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            client, _ = listening.accept()
            with client, suppress(OSError):
                client.sendall(beginning)
                while not over.wait(0.1):
                    client.sendall(b"x")

        thread = Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        over.set()
        thread.join()


def test_an_unreachable_site_is_no_proven_test_instance() -> None:
    with pytest.raises(TargetError, match="ConnectError"):
        require_test_instances({"shop": SiteSettings(url="http://127.0.0.1:9")})


def test_a_named_person_can_vouch_for_a_host(stranger: StubSite) -> None:
    vouched = Vouched(host="127.0.0.1", owner="Ann Lee, payments QA")
    require_test_instances({"shop": SiteSettings(url=stranger.url, vouched=vouched)})
    assert stranger.log == []


def test_a_real_provider_is_not_even_looked_at(
    context: BrowserContext, page: Page, playwright: Playwright
) -> None:
    with running_forward_proxy(["https://qiwi.com"]) as proxy:
        guard = NetworkGuard(["https://qiwi.com"], proxy, playwright.request.new_context())
        guard.watch(context)
        with pytest.raises(PlaywrightError, match="ERR_BLOCKED_BY_CLIENT"):
            page.goto("https://qiwi.com/")
    with pytest.raises(SafetyError, match=r"wanted something of qiwi\.com, a real provider"):
        guard.check()


def test_the_browser_itself_knows_no_real_provider(page: Page) -> None:
    assert "MAP *.qiwi.com ~NOTFOUND" in browser_rules()
    with pytest.raises(PlaywrightError, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://w.alipay.com/")


@pytest.mark.parametrize(
    ("host", "denied"),
    [
        ("qiwi.com", True),
        ("w.qiwi.com", True),
        ("QIWI.COM.", True),
        ("notqiwi.com", False),
        ("qiwi.com.example.test", False),
        ("localhost", False),
        ("qiwi。com", True),
        ("ｑｉｗｉ．ｃｏｍ", True),
        ("qi\u00adwi.com", True),
        ("qi\u200bwi.com", True),
        ("ⓦ.qiwi.com", True),
        ("shop.staging.example.test", False),
        ("my_shop", False),
        ("магазин.example.test", False),
        ("xn--80aaf3ay1d.example.test", False),
        ("127.0.0.1", False),
        ("[::1]", False),
        # What is no host name may be anybody's.
        ("", True),
        ("qiwi%2ecom", True),
        ("qiwi.com:443", True),
        ("qiwi.com\\.example.test", True),
        ("2130706433", True),
        ("0x7f.1", True),
        ("xn--qiwi-", True),
    ],
)
def test_real_providers_are_known_however_they_are_written(host: str, denied: bool) -> None:
    assert is_denied(host) is denied
