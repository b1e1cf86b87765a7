"""Signed messages between the vault and its merchants, as the vault's protocol signs them.

A message carries who it is about (``Client-Id``), when it was sent, and an RSA signature (PKCS#1
v1.5 with SHA-256) over ``POST <path>\\n<client id>.<time>.<body>``, the body exactly as it is
sent. Times are real ones, not the stack's: how old a message is has nothing to do with the
deadlines that a test steps over.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from urllib.parse import quote, unquote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from ..values.refusal import Refusal

CLIENT_ID = "Client-Id"
SIGNATURE = "Signature"
# When a message was sent: what asks and what answers name it differently. Names of headers have
# no case, but there are clients that look for an answer's in lower case.
REQUEST_TIME = "Request-Time"
RESPONSE_TIME = "response-time"
FRESH_FOR = timedelta(minutes=5)
ALGORITHM = "algorithm=RSA256,keyVersion=1,signature="


class Signing:
    """One side of the correspondence: signs with its own key, checks with the other's."""

    def __init__(self, client_id: str, own_private_key: str, their_public_key: str) -> None:
        # The stack made this key itself; validating it would take longer than all the rest.
        own = load_pem_private_key(
            own_private_key.encode(), password=None, unsafe_skip_rsa_key_validation=True
        )
        theirs = load_pem_public_key(their_public_key.encode())
        if not isinstance(own, RSAPrivateKey) or not isinstance(theirs, RSAPublicKey):
            raise ValueError("the protocol signs with RSA keys only")
        self.client_id = client_id
        self._own = own
        self._theirs = theirs

    def headers(
        self,
        path: str,
        body: bytes,
        time_header: str = REQUEST_TIME,
        at: datetime | None = None,
    ) -> dict[str, str]:
        """The headers that go with ``body`` to (or in answer from) ``path``, sent now."""
        time = (at or datetime.now(UTC)).isoformat(timespec="milliseconds")
        text = signed_text(path, self.client_id, time, body)
        signature = self._own.sign(text, PKCS1v15(), SHA256())
        made = {
            CLIENT_ID: self.client_id,
            time_header: time,
            SIGNATURE: ALGORITHM + quote(b64encode(signature), safe=""),
        }
        return made if time_header == REQUEST_TIME else named(made)

    def check(
        self,
        path: str,
        headers: Mapping[str, str],
        body: bytes,
        time_header: str = REQUEST_TIME,
    ) -> None:
        """Verify the signature of a message to (or from) ``path``; raise Refusal if it is invalid.

        Raises Refusal: ``signature.wrong`` (missing, forged, of another client, over other
        bytes) or ``signature.stale`` (more than five minutes old, or from the future).
        """
        given = named(headers)
        client_id, time = given.get(CLIENT_ID.lower(), ""), given.get(time_header.lower(), "")
        if not compare_digest(client_id.encode(), self.client_id.encode()):
            raise Refusal("signature.wrong")
        if not self.fits(given.get(SIGNATURE.lower(), ""), path, client_id, time, body):
            raise Refusal("signature.wrong")
        if abs(datetime.now(UTC) - _moment(time)) > FRESH_FOR:
            raise Refusal("signature.stale")

    def fits(self, header: str, path: str, client_id: str, time: str, body: bytes) -> bool:
        """Whether the signature in a header is the other side's, over a text of these parts."""
        text = signed_text(path, client_id, time, body)
        try:
            self._theirs.verify(_signature_in(header), text, PKCS1v15(), SHA256())
        except InvalidSignature:
            return False
        return True


def named(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers by their names in lower case."""
    return {name.lower(): value for name, value in headers.items()}


def is_signature(header: str) -> bool:
    """Whether a header holds something that could be a signature."""
    return bool(_signature_in(header))


def signed_text(path: str, client_id: str, time: str, body: bytes) -> bytes:
    """Return the text that is signed."""
    return f"POST {path}\n{client_id}.{time}.".encode() + body


def _signature_in(header: str) -> bytes:
    """The signature's bytes; none if the header does not hold one."""
    parts = dict(part.strip().partition("=")[::2] for part in header.split(","))
    if parts.get("algorithm") != "RSA256":
        return b""
    try:
        return b64decode(unquote(parts.get("signature", "")), validate=True)
    except (NotBase64, ValueError):
        return b""


def _moment(time: str) -> datetime:
    """Raises Refusal ``signature.stale`` for what tells no moment with its zone."""
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        raise Refusal("signature.stale") from None
    if moment.tzinfo is None:
        raise Refusal("signature.stale")
    return moment
