"""Envelopes that are signed by a private key in a file, and checked by its public one (DSSE)."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import CryptoSigner, SSlibKey

from checkout_conformance.sealing.envelope import PAYLOAD, EnvelopeError, SigningError

ENVELOPE = "statement.dsse.json"
PASSPHRASE = "CHECKOUT_SEAL_PASSPHRASE"


@dataclass(frozen=True)
class KeySigner:
    """Signs with a private key."""

    signer: CryptoSigner
    entry: str = ENVELOPE

    def sign(self, payload: bytes) -> bytes:
        """Return the DSSE envelope, as JSON."""
        envelope = Envelope(payload, PAYLOAD, {})
        envelope.sign(self.signer)
        return json.dumps(envelope.to_dict(), indent=1).encode()


@dataclass(frozen=True)
class KeyCheck:
    """Checks that a key has signed."""

    key: SSlibKey
    entry: str = ENVELOPE
    signed_by: str = "this key"

    def opened(self, envelope: bytes) -> tuple[str, bytes]:
        """Return type and content of what the key has signed. Raises EnvelopeError."""
        try:
            found = Envelope.from_dict(json.loads(envelope))
        # A file of somebody else can be wrong in every way.
        except Exception as error:
            raise EnvelopeError(f"the envelope cannot be read: {error}") from None
        try:
            found.verify([self.key], threshold=1)
        except VerificationError:
            raise EnvelopeError(f"it is not signed by this key ({self.key.keyid[:12]}…)") from None
        return found.payload_type, found.payload


def signer_of(file: Path) -> KeySigner:
    """Return the signer for a private key in a PEM file (Ed25519, ECDSA or RSA).

    The passphrase of an encrypted file is in the environment. Raises SigningError.
    """
    passphrase = os.environ.get(PASSPHRASE)
    try:
        key = load_pem_private_key(_bytes_of(file), passphrase.encode() if passphrase else None)
        return KeySigner(CryptoSigner(key))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        # Never the passphrase: the library's words do not have it.
        raise SigningError(
            f"{file} holds no private key that can be read ({error}). Make one with"
            f" `openssl genpkey -algorithm ed25519`. {PASSPHRASE} is the passphrase, if it has one."
        ) from None


def check_by(file: Path) -> KeyCheck:
    """Return the check for a public key in a PEM file. Raises SigningError."""
    try:
        return KeyCheck(SSlibKey.from_crypto(load_pem_public_key(_bytes_of(file))))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SigningError(
            f"{file} holds no public key that can be read ({error}). Make it from the private one"
            " with `openssl pkey -in PRIVATE -pubout`."
        ) from None


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SigningError(f"{file}: {error.strerror}") from None
