"""The DSSE envelope around a statement: signed by a private key, verified by the public one."""

from __future__ import annotations

import json
import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from pydantic import ValidationError
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import CryptoSigner, SSlibKey

from checkout_conformance.sealing.statement import Statement

PAYLOAD = "application/vnd.in-toto+json"
PASSPHRASE = "CHECKOUT_SEAL_PASSPHRASE"


class KeyFileError(Exception):
    """A key file is not there or holds no key that can sign. The message says what to do."""


class EnvelopeError(Exception):
    """An envelope is broken, or is not signed by the key. The message says which."""


def signer_of(file: Path) -> CryptoSigner:
    """Return the signer for a private key in a PEM file (Ed25519, ECDSA or RSA).

    The passphrase of an encrypted file is in the environment. Raises KeyFileError.
    """
    passphrase = os.environ.get(PASSPHRASE)
    try:
        key = load_pem_private_key(_bytes_of(file), passphrase.encode() if passphrase else None)
        return CryptoSigner(key)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        # Never the passphrase: the library's words do not have it.
        raise KeyFileError(
            f"{file} holds no private key that can be read ({error}). Make one with"
            f" `openssl genpkey -algorithm ed25519`. {PASSPHRASE} is the passphrase, if it has one."
        ) from None


def public_key_of(file: Path) -> SSlibKey:
    """Return the public key in a PEM file. Raises KeyFileError."""
    try:
        return SSlibKey.from_crypto(load_pem_public_key(_bytes_of(file)))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyFileError(
            f"{file} holds no public key that can be read ({error}). Make it from the private one"
            " with `openssl pkey -in PRIVATE -pubout`."
        ) from None


def sealed(statement: Statement, signer: CryptoSigner) -> str:
    """Return the signed envelope with the statement, as JSON."""
    payload = statement.model_dump_json(by_alias=True, exclude_none=True).encode()
    envelope = Envelope(payload, PAYLOAD, {})
    envelope.sign(signer)
    return json.dumps(envelope.to_dict(), indent=1)


def opened(text: bytes, key: SSlibKey) -> Statement:
    """Return the statement in an envelope. Raises EnvelopeError unless the key has signed it."""
    try:
        envelope = Envelope.from_dict(json.loads(text))
    # A file of somebody else can be wrong in every way.
    except Exception as error:
        raise EnvelopeError(f"the envelope cannot be read: {error}") from None
    try:
        envelope.verify([key], threshold=1)
    except VerificationError:
        raise EnvelopeError(f"it is not signed by this key ({key.keyid[:12]}…)") from None
    if envelope.payload_type != PAYLOAD:
        raise EnvelopeError(f"the envelope holds {envelope.payload_type}, not {PAYLOAD}")
    try:
        return Statement.model_validate_json(envelope.payload)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise EnvelopeError(f"it holds no test result: {where}: {first['msg']}") from None


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise KeyFileError(f"{file}: {error.strerror}") from None
