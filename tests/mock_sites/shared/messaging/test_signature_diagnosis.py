"""What a wrong signature differs in: the answer of a test instance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256

import pytest

from mock_sites.shared.messaging.signature_diagnosis import Diagnosis, diagnose
from mock_sites.shared.messaging.signing import Signing
from tests.support.shared_keys import shared_keys

PATH, BODY = "/ams/sandbox/api/v1/payments/pay", b'{"cardNo": "4111111111111111"}'
KEYS = shared_keys().vault
SHOP = Signing(KEYS.client_id, KEYS.shop.private_key, KEYS.vault.public_key)
VAULT = Signing(KEYS.client_id, KEYS.vault.private_key, KEYS.shop.public_key)


def found(headers: dict[str, str]) -> Diagnosis:
    fits = partial(VAULT.fits, headers.get("Signature", ""))
    return diagnose(PATH, KEYS.client_id, headers, BODY, fits)


@pytest.mark.parametrize(
    "signed", ["/ams/api/v1/payments/pay", "/v1/payments/pay", PATH[1:], PATH + "/", ""]
)
def test_another_path_is_named(signed: str) -> None:
    told = found(SHOP.headers(signed, BODY))
    assert told.part == "path"
    assert (signed or "(none)") in told.advice


@pytest.mark.parametrize(
    "signed",
    [b"", BODY + b"\n", b'{"cardNo":"4111111111111111"}', b'{\n   "cardNo": "4111111111111111"\n}'],
)
def test_another_form_of_the_body_is_named(signed: bytes) -> None:
    assert found(SHOP.headers(PATH, signed)).part == "body"


@pytest.mark.parametrize("seconds", [-3, 3])
def test_a_time_that_was_taken_twice_is_named(seconds: int) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    headers = SHOP.headers(PATH, BODY, at=now)
    headers["Request-Time"] = (now + timedelta(seconds=seconds)).isoformat()
    told = found(headers)
    assert told.part == "time"
    assert now.isoformat(timespec="milliseconds") in told.advice


def test_an_old_request_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    told = found(SHOP.headers(PATH, BODY, at=datetime.now(UTC) - timedelta(hours=1)))
    assert (told.part, "clock" in told.advice) == ("time", True)


def test_another_key_is_named() -> None:
    assert found(VAULT.headers(PATH, BODY)).part == "key"


@pytest.mark.parametrize("name", ["Client-Id", "Request-Time", "Signature"])
def test_a_missing_header_is_named(name: str) -> None:
    headers = SHOP.headers(PATH, BODY)
    del headers[name]
    assert (found(headers).part, found(headers).advice) == ("header", f"Send the header {name}.")


@pytest.mark.parametrize(
    ("changes", "part"),
    [({"Client-Id": "SANDBOX_OTHER"}, "client"), ({"Signature": "abc"}, "signature")],
)
def test_other_headers_are_named(changes: dict[str, str], part: str) -> None:
    assert found(SHOP.headers(PATH, BODY) | changes).part == part


def test_the_text_holds_no_card_number() -> None:
    headers = VAULT.headers(PATH, BODY)
    text = found(headers).facts()["expectedText"]
    start = f"POST {PATH}\n{KEYS.client_id}.{headers['Request-Time']}."
    digest = sha256(BODY).hexdigest()
    assert text == f"{start}<the body: {len(BODY)} bytes, SHA-256 {digest}>"
