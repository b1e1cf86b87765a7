from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from checkout_conformance.redaction.secrets import redact
from checkout_conformance.targets.addresses import on_loopback
from checkout_conformance.targets.target import SiteUnreachable, Target
from steps.controls import Controls, ControlsError

TARGET = Target(
    "mock",
    "en",
    urls={
        "wallet": "http://wallet.localhost:8001",
        "shop": "http://shop.localhost:8002",
        "phone": "http://phone.localhost:8003",
    },
    control_tokens=dict.fromkeys(("wallet", "shop", "phone"), "tok-controls"),
)


class Sites:
    """Stands in for the sites: remembers what it was asked, gives what it was told to."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.answer = httpx.Response(200, json={})
        self.failure: Exception | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.failure:
            raise self.failure
        return self.answer

    @property
    def body(self) -> Any:
        return json.loads(self.asked[-1].content)


@pytest.fixture
def sites() -> Sites:
    return Sites()


@pytest.fixture
def controls(sites: Sites) -> Iterator[Controls]:
    controls = Controls(TARGET, httpx.Client(transport=httpx.MockTransport(sites)))
    yield controls
    controls.close()


def test_time_passes(controls: Controls, sites: Sites) -> None:
    controls.advance_clock(90)
    [asked] = sites.asked
    assert (asked.method, str(asked.url)) == ("POST", "http://127.0.0.1:8001/_control/clock")
    assert asked.headers["Authorization"] == "Bearer tok-controls"
    assert sites.body == {"advance_seconds": 90}


def test_a_wallet_is_opened(controls: Controls, sites: Sites) -> None:
    controls.add_wallet_buyer("+79161234567", "pw-1", "Ann Lee", {"RUB": 100000})
    assert str(sites.asked[0].url) == "http://127.0.0.1:8001/_control/buyers"
    assert sites.body == {
        "phone": "+79161234567",
        "password": "pw-1",
        "name": "Ann Lee",
        "balances": {"RUB": 100000},
    }


def test_a_shop_account_is_opened(controls: Controls, sites: Sites) -> None:
    controls.add_shop_customer("+79161234567", "pw-2", "Ann Lee")
    assert str(sites.asked[0].url) == "http://127.0.0.1:8002/_control/customers"
    assert sites.body == {"phone": "+79161234567", "password": "pw-2", "name": "Ann Lee"}


def test_messages_are_read_and_their_codes_hidden(controls: Controls, sites: Sites) -> None:
    message = {"id": 1, "from": "Wallet", "text": "Code 730164 pays 1500.00 RUB", "at": "…"}
    sites.answer = httpx.Response(200, json=[message])
    assert controls.messages("+79161234567") == [message]
    assert sites.asked[0].url.params["phone"] == "+79161234567"
    assert redact(message["text"]) == "Code ••• pays 1500.00 RUB"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "control token was refused"),
        (404, "start the sites with --controls"),
        (422, r"compare steps/controls\.py"),
        (409, "phone.taken"),
        (500, "look into the stack's stderr"),
    ],
)
def test_the_error_of_a_refused_control_names_the_remedy(
    controls: Controls, sites: Sites, status: int, advice: str
) -> None:
    body: dict[str, Any] = {"json": {"error": "phone.taken"}} if status == 409 else {"text": "?"}
    sites.answer = httpx.Response(status, **body)
    with pytest.raises(ControlsError, match=f"POST /_control/buyers on the wallet.*{advice}"):
        controls.add_wallet_buyer("+79161234567", "pw-3", "Ann Lee", {})


def test_a_site_that_is_down(controls: Controls, sites: Sites) -> None:
    sites.failure = httpx.ConnectError("refused")
    with pytest.raises(SiteUnreachable, match=r"ConnectError\. Does http://wallet.* still serve"):
        controls.advance_clock(1)


def test_errors_contain_no_secret(
    controls: Controls, sites: Sites, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sites.answer = httpx.Response(422, json={"error": "pw-4", "details": "pw-4 730165"})
    with pytest.raises(ControlsError) as refusal:
        controls.add_wallet_buyer("+79161234567", "pw-4", "Ann Lee", {})
    told = f"{refusal.value} {caplog.text}"
    assert "pw-4" not in told
    assert "tok-controls" not in told
    assert "730165" not in told


@pytest.mark.parametrize(
    ("url", "resolved"),
    [
        ("http://wallet.localhost:81/a?b=c", "http://127.0.0.1:81/a?b=c"),
        ("http://localhost:81/", "http://127.0.0.1:81/"),
        ("https://wallet.example.org/a", "https://wallet.example.org/a"),
        ("http://notlocalhost:81/", "http://notlocalhost:81/"),
    ],
)
def test_addresses_for_programs(url: str, resolved: str) -> None:
    assert on_loopback(url) == resolved
