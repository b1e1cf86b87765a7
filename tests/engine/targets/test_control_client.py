from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from checkout_conformance.redaction.secrets import hide
from checkout_conformance.targets.addresses import on_loopback
from checkout_conformance.targets.control_client import ControlClient, ControlsError
from checkout_conformance.targets.target import SiteUnreachable, Target
from tests.support.stub_controls import StubControls

TARGET = Target(
    "mock",
    "en",
    urls={
        "wallet": "http://wallet.localhost:8001",
        "shop": "http://shop.localhost:8002",
        "vault": "http://vault.localhost:8003",
    },
    control_tokens=dict.fromkeys(("wallet", "shop"), "tok-controls"),
)


@pytest.fixture
def sites() -> StubControls:
    return StubControls()


@pytest.fixture
def client(sites: StubControls) -> Iterator[ControlClient]:
    client = ControlClient(TARGET, httpx.Client(transport=httpx.MockTransport(sites)))
    yield client
    client.close()


def test_a_request_carries_the_token(client: ControlClient, sites: StubControls) -> None:
    client.post("wallet", "/_control/clock", advance_seconds=90)
    [asked] = sites.asked
    assert (asked.method, str(asked.url)) == ("POST", "http://127.0.0.1:8001/_control/clock")
    assert asked.headers["Authorization"] == "Bearer tok-controls"
    assert sites.body == {"advance_seconds": 90}


def test_an_answer_is_read(client: ControlClient, sites: StubControls) -> None:
    sites.answer = httpx.Response(200, json=[{"state": "PAID"}])
    assert client.get("shop", "/_control/orders", phone="+79161234567") == [{"state": "PAID"}]
    assert str(sites.asked[0].url) == "http://127.0.0.1:8002/_control/orders?phone=%2B79161234567"


def test_an_answer_may_be_empty(client: ControlClient, sites: StubControls) -> None:
    sites.answer = httpx.Response(204)
    assert client.send("DELETE", "shop", "/_control/faults/7") is None


def test_a_session_that_begins_is_no_part_of_the_next_request(
    client: ControlClient, sites: StubControls
) -> None:
    sites.answer = httpx.Response(201, json={}, headers={"Set-Cookie": "session=1; Path=/"})
    answer = client.ask("POST", "wallet", "/_control/sessions", {"phone": "+79161234567"})
    assert answer.headers["Set-Cookie"] == "session=1; Path=/"
    client.get("wallet", "/_control/clock")
    assert "Cookie" not in sites.asked[1].headers


def test_a_site_without_a_token(client: ControlClient) -> None:
    with pytest.raises(ControlsError, match=r"give sites\.vault\.control_token_env"):
        client.get("vault", "/_control/clock")


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "control token was refused"),
        (404, "start the sites with --controls"),
        (422, r"compare what is sent with its control routes"),
        (409, "phone.taken"),
        (500, "look into the stack's stderr"),
    ],
)
def test_a_refusal_says_what_to_do(
    client: ControlClient, sites: StubControls, status: int, advice: str
) -> None:
    body: dict[str, Any] = {"json": {"error": "phone.taken"}} if status == 409 else {"text": "?"}
    sites.answer = httpx.Response(status, **body)
    with pytest.raises(ControlsError, match=f"POST /_control/buyers on the wallet.*{advice}"):
        client.post("wallet", "/_control/buyers", password=hide("pw-3"))


def test_a_site_that_is_down(client: ControlClient, sites: StubControls) -> None:
    sites.failure = httpx.ConnectError("refused")
    with pytest.raises(SiteUnreachable, match=r"ConnectError\. Does http://wallet.* still serve"):
        client.get("wallet", "/_control/clock")


def test_no_secret_is_told(
    client: ControlClient, sites: StubControls, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sites.answer = httpx.Response(422, json={"error": "pw-4", "details": "pw-4 730165"})
    with pytest.raises(ControlsError) as refusal:
        client.post("wallet", "/_control/buyers", password=hide("pw-4"))
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
