"""A request to a site's protocol that gets no answer: the site could not be reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import httpx
import pytest

from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import SiteUnreachable, Target
from steps.support.merchant_requests import request_log, request_statement
from steps.support.protocols import request_cards_unsigned, request_rejection
from tests.support.stub_site import QuietHandler, serving

KEY = "key-protocols-1"
ANN = Buyer("Ann Lee", "+79161234567", "pw-protocols-1")


class Silent(QuietHandler):
    """Closes the connection without an answer."""

    def handle_one_request(self) -> None:
        self.close_connection = True


class Telling(QuietHandler):
    """Answers with what it was asked."""

    def do_GET(self) -> None:
        body = f"{self.path} {self.headers.get('Authorization')}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def asked(request: pytest.FixtureRequest) -> Iterator[Target]:
    """A target whose sites are served by a handler."""
    handler: type[BaseHTTPRequestHandler] = request.param
    with serving(handler) as url:
        yield Target("x", "en", urls={"wallet": url, "vault": url}, merchant_key=KEY)


@pytest.mark.parametrize("asked", [Silent], indirect=True)
@pytest.mark.parametrize(
    "ask",
    [
        lambda target: request_rejection(target, "order-1"),
        lambda target: request_cards_unsigned(target, ANN),
        lambda target: request_statement(target, "2026-11-27", "csv", KEY),
        lambda target: request_log(target, KEY),
    ],
)
def test_a_site_that_closes_the_connection_is_told_as_unreachable(
    asked: Target, ask: Callable[[Target], httpx.Response]
) -> None:
    with pytest.raises(SiteUnreachable, match=r"Does http://.* still serve") as raised:
        ask(asked)
    assert KEY not in str(raised.value)


@pytest.mark.parametrize("asked", [Telling], indirect=True)
def test_a_shop_asks_with_its_key(asked: Target) -> None:
    answer = request_log(asked, KEY, "order-1")
    assert answer.text == f"/partner/bill/v1/notifications?bill_id=order-1 Bearer {KEY}"
