"""Envelopes that are signed by Sigstore: by the identity of a CI job, without a key of ours.

A job proves who it is by a token of its CI. Sigstore gives out a certificate for that name, which
lasts for minutes, and logs the signature in public. It is an optional extra.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from checkout_conformance.redaction.secrets import hide, redact
from checkout_conformance.sealing.envelope import EnvelopeError, SigningError

if TYPE_CHECKING:
    from sigstore.oidc import IdentityToken
    from sigstore.verify import Verifier

BUNDLE = "statement.sigstore.json"
NO_TOKEN = (
    "there is no token that says who this is. A CI job has one: on GitHub with"
    " `permissions: id-token: write`. Elsewhere use --key."
)


@dataclass(frozen=True)
class IdentitySigner:
    """Signs by the identity of this CI job."""

    entry: str = BUNDLE

    def sign(self, payload: bytes) -> bytes:
        """Return Sigstore's bundle: envelope, certificate and entry of the log."""
        token = _token()
        from sigstore.dsse import Statement
        from sigstore.models import ClientTrustConfig
        from sigstore.sign import SigningContext

        try:
            context = SigningContext.from_trust_config(ClientTrustConfig.production())
            with context.signer(token) as signer:
                return signer.sign_dsse(Statement(payload)).to_json().encode()
        # Services of somebody else, over the network, can fail in every way.
        except Exception as error:
            raise SigningError(f"Sigstore did not sign: {_told(error)}") from None


@dataclass(frozen=True)
class IdentityCheck:
    """Checks that an identity has signed, as ``issuer`` (an address) vouches."""

    identity: str
    issuer: str
    trusted_root: Path | None = None
    entry: str = BUNDLE

    @property
    def signed_by(self) -> str:
        """The identity."""
        return self.identity

    def opened(self, envelope: bytes) -> tuple[str, bytes]:
        """Return type and content of what the identity has signed.

        Raises EnvelopeError, and SigningError if Sigstore's keys cannot be read.
        """
        verifier = self._verifier()
        from sigstore.errors import Error
        from sigstore.models import Bundle, InvalidBundle
        from sigstore.verify.policy import Identity

        try:
            bundle = Bundle.from_json(envelope)
        except (InvalidBundle, ValueError) as error:
            raise EnvelopeError(f"the bundle cannot be read: {_told(error)}") from None
        try:
            policy = Identity(identity=self.identity, issuer=self.issuer)
            return verifier.verify_dsse(bundle, policy)
        except Error as error:
            told = f"it is not signed by {self.identity}: {_told(error)}"
            raise EnvelopeError(told) from None

    def _verifier(self) -> Verifier:
        _require_sigstore()
        from sigstore.models import TrustedRoot
        from sigstore.verify import Verifier

        try:
            if self.trusted_root is None:
                return Verifier.production()
            return Verifier(trusted_root=TrustedRoot.from_file(str(self.trusted_root)))
        # A file or a service of somebody else can be wrong in every way.
        except Exception as error:
            raise SigningError(f"Sigstore's keys cannot be read: {_told(error)}") from None


def _token() -> IdentityToken:
    _require_sigstore()
    from sigstore.oidc import IdentityError, IdentityToken, detect_credential

    try:
        raw = detect_credential()
        if raw is None:
            raise SigningError(NO_TOKEN)
        return IdentityToken(hide(raw))
    except IdentityError as error:
        raise SigningError(f"the token of this job is not accepted: {_told(error)}") from None


def _require_sigstore() -> None:
    if find_spec("sigstore") is None:
        raise SigningError("install it first: pip install 'checkout-conformance[sigstore]'")


def _told(error: Exception) -> str:
    first = str(error).strip().partition("\n")[0] or type(error).__name__
    return redact(first)
