from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import httpx
import pytest

from checkout_conformance.redaction.secrets import redact
from checkout_conformance.targets.target import Target
from steps.support.amounts import NamedAmount
from steps.support.controls import Controls
from tests.support.stub_controls import StubControls

TARGET = Target(
    "mock",
    "en",
    urls={
        "wallet": "http://wallet.localhost:8001",
        "shop": "http://shop.localhost:8002",
        "vault": "http://vault.localhost:8004",
        "phone": "http://phone.localhost:8003",
    },
    control_tokens=dict.fromkeys(("wallet", "shop", "vault", "phone"), "tok-controls"),
)


@pytest.fixture
def sites() -> StubControls:
    return StubControls()


@pytest.fixture
def controls(sites: StubControls) -> Iterator[Controls]:
    controls = Controls(TARGET, httpx.Client(transport=httpx.MockTransport(sites)))
    yield controls
    controls.close()


def test_time_passes(controls: Controls, sites: StubControls) -> None:
    controls.advance_clock(90)
    [asked] = sites.asked
    assert (asked.method, str(asked.url)) == ("POST", "http://127.0.0.1:8001/_control/clock")
    assert asked.headers["Authorization"] == "Bearer tok-controls"
    assert sites.body == {"advance_seconds": 90}


def test_a_wallet_is_opened(controls: Controls, sites: StubControls) -> None:
    controls.add_wallet_buyer("+79161234567", "pw-1", "Ann Lee", {"RUB": 100000})
    assert str(sites.asked[0].url) == "http://127.0.0.1:8001/_control/buyers"
    assert sites.body == {
        "phone": "+79161234567",
        "password": "pw-1",
        "name": "Ann Lee",
        "balances": {"RUB": 100000},
    }


def test_money_is_put_into_a_wallet(controls: Controls, sites: StubControls) -> None:
    controls.top_up("+79161234567", NamedAmount(900000, "KZT"))
    assert str(sites.asked[0].url) == "http://127.0.0.1:8001/_control/top-ups"
    assert sites.body == {"phone": "+79161234567", "currency": "KZT", "amount_minor": 900000}


def test_a_shop_account_is_opened(controls: Controls, sites: StubControls) -> None:
    controls.add_shop_customer("+79161234567", "pw-2", "Ann Lee")
    assert str(sites.asked[0].url) == "http://127.0.0.1:8002/_control/customers"
    assert sites.body == {"phone": "+79161234567", "password": "pw-2", "name": "Ann Lee"}


def test_messages_are_read_and_their_codes_hidden(controls: Controls, sites: StubControls) -> None:
    message = {"id": 1, "from": "Wallet", "text": "Code 730164 pays 1500.00 RUB", "at": "…"}
    sites.answer = httpx.Response(200, json=[message])
    assert controls.messages("+79161234567") == [message]
    assert sites.asked[0].url.params["phone"] == "+79161234567"
    assert redact(message["text"]) == "Code ••• pays 1500.00 RUB"  # type: ignore[arg-type]


def test_the_amounts_that_a_buyer_was_charged_are_in_whole_units(
    controls: Controls, sites: StubControls
) -> None:
    charged = {"times_captured": 1, "captured_minor": 426000, "currency": "RUB"}
    in_yen = {"times_captured": 1, "captured_minor": 500, "currency": "JPY"}
    declined = {"times_captured": 0, "captured_minor": 0, "currency": "RUB"}
    sites.answer = httpx.Response(200, json=[charged, in_yen, declined])
    assert controls.amounts_captured("+79161234567") == [Decimal(4260), Decimal(500)]
    assert sites.asked[0].url.params["phone"] == "+79161234567"


def test_a_password_is_not_told(controls: Controls, sites: StubControls) -> None:
    controls.add_wallet_buyer("+79161234567", "pw-5-secret", "Ann Lee", {})
    assert redact("pw-5-secret") == "•••"


def test_the_codes_of_a_phone_are_read_oldest_first(
    controls: Controls, sites: StubControls
) -> None:
    texts = ["Code 730164 pays 1500.00 RUB", "Order 12 is on its way", "Code 730165"]
    sites.answer = httpx.Response(200, json=[{"text": text} for text in texts])
    assert controls.codes("+79161234567") == ["730164", "730165"]


def test_an_issuers_code_of_another_length_is_hidden() -> None:
    sites = StubControls()
    sites.answer = httpx.Response(200, json=[{"text": "Never tell anyone this code: 48213"}])
    controls = Controls(
        replace(TARGET, code_digits=6), httpx.Client(transport=httpx.MockTransport(sites))
    )
    assert controls.issuer_codes("+79161234567") == ["48213"]
    assert redact("typed 48213") == "typed •••"
