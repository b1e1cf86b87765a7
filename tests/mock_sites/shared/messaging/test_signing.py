"""Signed messages between the vault and the shop."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)

from mock_sites.shared.messaging.signing import REQUEST_TIME, RESPONSE_TIME, Signing
from mock_sites.shared.values.refusal import Refusal
from tests.support.shared_keys import shared_keys

PATH, BODY = "/ams/api/v1/payments/pay", '{"name": "Анна"}'.encode()
KEYS = shared_keys().vault


@pytest.fixture
def shop() -> Signing:
    return Signing(KEYS.client_id, KEYS.shop.private_key, KEYS.vault.public_key)


@pytest.fixture
def vault() -> Signing:
    return Signing(KEYS.client_id, KEYS.vault.private_key, KEYS.shop.public_key)


def test_a_message_is_signed_as_the_protocol_says(shop: Signing) -> None:
    headers = shop.headers(PATH, BODY)
    start = "algorithm=RSA256,keyVersion=1,signature="
    assert headers["Signature"].startswith(start)
    encoded = headers["Signature"].removeprefix(start)
    assert not set(encoded) & set("+/=")
    signature = b64decode(unquote(encoded))
    content = f"POST {PATH}\n{headers['Client-Id']}.{headers['Request-Time']}.".encode() + BODY
    key = load_pem_public_key(KEYS.shop.public_key.encode())
    assert isinstance(key, RSAPublicKey)
    key.verify(signature, content, PKCS1v15(), SHA256())
    assert datetime.fromisoformat(headers["Request-Time"]).tzinfo is not None


def test_each_side_takes_what_the_other_has_signed(shop: Signing, vault: Signing) -> None:
    vault.check(PATH, shop.headers(PATH, BODY), BODY)
    answer = vault.headers(PATH, BODY, RESPONSE_TIME)
    shop.check(PATH, answer, BODY, RESPONSE_TIME)


def refusal(checker: Signing, headers: dict[str, str], path: str = PATH, body: bytes = BODY) -> str:
    with pytest.raises(Refusal) as refused:
        checker.check(path, headers, body)
    return refused.value.code


@pytest.mark.parametrize(
    "changes",
    [
        {"Signature": ""},
        {"Signature": "algorithm=RSA256,keyVersion=1"},
        {"Signature": "algorithm=RSA256,keyVersion=1,signature="},
        {"Signature": "algorithm=RSA256,keyVersion=1,signature=%%%"},
        {"Signature": "algorithm=RSA256,keyVersion=1,signature=" + quote(b64encode(b"x" * 256))},
        {"Client-Id": "SANDBOX_OTHER"},
        {"Client-Id": ""},
        {"Request-Time": datetime.now(UTC).isoformat()},
    ],
)
def test_what_does_not_fit_is_refused(
    shop: Signing, vault: Signing, changes: dict[str, str]
) -> None:
    assert refusal(vault, shop.headers(PATH, BODY) | changes) == "signature.wrong"


@pytest.mark.parametrize("missing", ["Signature", "Client-Id", "Request-Time"])
def test_what_is_left_out_is_missed(shop: Signing, vault: Signing, missing: str) -> None:
    headers = shop.headers(PATH, BODY)
    del headers[missing]
    assert refusal(vault, headers) == "signature.wrong"


def test_a_signature_may_come_as_it_is_but_with_nothing_in_between(
    shop: Signing, vault: Signing
) -> None:
    headers = shop.headers(PATH, BODY)
    vault.check(PATH, headers | {"Signature": unquote(headers["Signature"])}, BODY)
    stuffed = headers["Signature"].replace("signature=", "signature=*")
    assert refusal(vault, headers | {"Signature": stuffed}) == "signature.wrong"


def test_only_rsa_keys_sign() -> None:
    other = generate_private_key(SECP256R1())
    private = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for own, theirs in (
        (private, KEYS.vault.public_key),
        (KEYS.shop.private_key, public.decode()),
    ):
        with pytest.raises(ValueError, match="RSA"):
            Signing(KEYS.client_id, own, theirs)


def test_a_signature_fits_one_path_one_body_and_one_side(shop: Signing, vault: Signing) -> None:
    headers = shop.headers(PATH, BODY)
    for checker, path, body in (
        (vault, PATH + "x", BODY),
        (vault, PATH, BODY + b" "),
        (shop, PATH, BODY),
    ):
        assert refusal(checker, headers, path, body) == "signature.wrong"


@pytest.mark.parametrize(("minutes", "fresh"), [(-4.9, True), (-5.1, False), (5.1, False)])
def test_an_old_message_is_refused(
    shop: Signing, vault: Signing, minutes: float, fresh: bool
) -> None:
    headers = shop.headers(PATH, BODY, at=datetime.now(UTC) + timedelta(minutes=minutes))
    if fresh:
        vault.check(PATH, headers, BODY)
    else:
        assert refusal(vault, headers) == "signature.stale"


@pytest.mark.parametrize("written", ["2026-11-21T12:00:00", "yesterday"])
def test_a_moment_without_its_zone_is_no_moment(
    shop: Signing, vault: Signing, written: str
) -> None:
    class Odd(datetime):
        def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
            return written

    headers = shop.headers(PATH, BODY, REQUEST_TIME, Odd(2026, 11, 21, tzinfo=UTC))
    assert refusal(vault, headers) == "signature.stale"
