"""Say why a signature of the vault's protocol does not fit: which text, and which part of it.

For test instances only. Nothing here is secret: a signature is checked with the public key. The
body is told by its length and its SHA-256, because a card's number may stand in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import quote

from .signing import CLIENT_ID, REQUEST_TIME, SIGNATURE, is_signature, named, signed_text

# Does the signature fit the text of these four parts: path, client id, time, body?
Fits = Callable[[str, str, str, bytes], bool]
SANDBOX, PRODUCTION = "/ams/sandbox/api/", "/ams/api/"
# A client that takes the time twice signs one and sends the other.
SECONDS_AWAY = range(-5, 6)


@dataclass(frozen=True)
class Diagnosis:
    """The text that was to be signed, and the part in which the signed one differs.

    ``part`` is ``header`` (one is missing), ``client``, ``signature`` (it cannot be read),
    ``path``, ``time``, ``body`` or ``key`` (another key, or more than one part).
    """

    part: str
    advice: str
    text: str

    def facts(self) -> dict[str, str]:
        """The diagnosis as an answer tells it."""
        return {"expectedText": self.text, "differs": self.part, "advice": self.advice}


def diagnose(
    path: str, client_id: str, headers: Mapping[str, str], body: bytes, fits: Fits
) -> Diagnosis:
    """Compare a request with the text that its sender should have signed.

    ``client_id`` is the merchant's own, ``fits`` verifies the request's signature.
    """
    given = named(headers)
    time = given.get(REQUEST_TIME.lower(), "")
    digest = f"<the body: {len(body)} bytes, SHA-256 {sha256(body).hexdigest()}>"
    text = signed_text(path, client_id, time, digest.encode()).decode()
    part, advice = _difference(path, client_id, given, body, fits)
    return Diagnosis(part, advice, text)


def _difference(
    path: str, client_id: str, given: Mapping[str, str], body: bytes, fits: Fits
) -> tuple[str, str]:
    missing = [name for name in (CLIENT_ID, REQUEST_TIME, SIGNATURE) if not given.get(name.lower())]
    if missing:
        return "header", f"Send the header {missing[0]}."
    if given[CLIENT_ID.lower()] != client_id:
        return "client", "This client id is not the merchant's."
    if not is_signature(given[SIGNATURE.lower()]):
        return "signature", "Write algorithm=RSA256,keyVersion=1,signature=<URL-encoded base64>."
    time = given[REQUEST_TIME.lower()]
    if fits(path, client_id, time, body):
        return "time", "The signature fits, but Request-Time is not now. Check the clock."
    for other in _paths(path):
        if fits(other, client_id, time, body):
            return "path", f"The signature is over the path {other or '(none)'}."
    for other in _times(time):
        if fits(path, client_id, other, body):
            return "time", f"The signature is over the time {other or '(none)'}."
    for sent, how in _bodies(body):
        if fits(path, client_id, time, sent):
            return "body", f"The signature is over {how}. Sign the bytes that are sent."
    return "key", "Another private key signed this, or more than one part differs."


def _paths(path: str) -> Iterator[str]:
    yield path.replace(SANDBOX, PRODUCTION, 1)
    yield path.replace(PRODUCTION, SANDBOX, 1)
    yield path.replace(SANDBOX, "/", 1).replace(PRODUCTION, "/", 1)
    yield path.removeprefix("/")
    yield path + "/"
    yield quote(path, safe="")
    yield ""


def _times(time: str) -> Iterator[str]:
    yield ""
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return
    for away in SECONDS_AWAY:
        other = (moment + timedelta(seconds=away)).astimezone(UTC)
        for timespec in ("seconds", "milliseconds"):
            written = other.isoformat(timespec=timespec)
            yield written
            yield written.replace("+00:00", "Z")
        yield str(int(other.timestamp()))
        yield str(int(other.timestamp() * 1000))


def _bodies(body: bytes) -> Iterator[tuple[bytes, str]]:
    yield b"", "an empty body"
    yield body.strip(), "the body without its white space at the ends"
    yield body + b"\n", "the body with one more line end"
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return
    for ascii_only in (True, False):
        for indent in (None, 2, 3, 4):
            for ordered in (False, True):
                written = json.dumps(
                    value, ensure_ascii=ascii_only, indent=indent, sort_keys=ordered
                )
                yield written.encode(errors="replace"), "the same JSON, written in another way"
        written = json.dumps(value, ensure_ascii=ascii_only, separators=(",", ":"))
        yield written.encode(errors="replace"), "the same JSON, written in another way"
