"""The signed envelope around a statement: how it is signed, and how that is checked."""

from __future__ import annotations

from typing import Protocol

from pydantic import ValidationError

from checkout_conformance.sealing.statement import Statement

PAYLOAD = "application/vnd.in-toto+json"


class SigningError(Exception):
    """Nothing can be signed or checked in this way. The message says what to do."""


class EnvelopeError(Exception):
    """An envelope is broken, or is not signed by whom it should be. The message says which."""


class Signer(Protocol):
    """Signs a statement."""

    @property
    def entry(self) -> str:
        """The name of the envelope in the archive."""

    def sign(self, payload: bytes) -> bytes:
        """Return the signed envelope. Raises SigningError."""


class SignatureCheck(Protocol):
    """Checks who signed an envelope."""

    @property
    def entry(self) -> str:
        """The name of the envelope in the archive."""

    @property
    def signed_by(self) -> str:
        """Who must have signed it, after the words ``is signed by``."""

    def opened(self, envelope: bytes) -> tuple[str, bytes]:
        """Return type and content of what was signed. Raises EnvelopeError, SigningError."""


def sealed(statement: Statement, signer: Signer) -> bytes:
    """Return the signed envelope with the statement. Raises SigningError."""
    return signer.sign(statement.model_dump_json(by_alias=True, exclude_none=True).encode())


def opened(envelope: bytes, check: SignatureCheck) -> Statement:
    """Return the statement in an envelope. Raises EnvelopeError unless it is signed as it must."""
    kind, payload = check.opened(envelope)
    if kind != PAYLOAD:
        raise EnvelopeError(f"the envelope holds {kind}, not {PAYLOAD}")
    try:
        return Statement.model_validate_json(payload)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise EnvelopeError(f"it holds no test result: {where}: {first['msg']}") from None
