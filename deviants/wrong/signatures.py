"""Signatures that are not sent, or not looked at; forms without their key."""

from __future__ import annotations

from typing import Any

from flask_wtf.csrf import CSRFProtect

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.messaging.signing import REQUEST_TIME, RESPONSE_TIME, SIGNATURE, Signing
from mock_sites.wallet.domain import notifications


@deviant("W1.5", "wallet", "A form without its security token is rejected")
def forms_need_no_key(site: Change) -> None:
    """A form is taken from wherever it comes."""
    site.rule(CSRFProtect, "protect", lambda self, apply_exemptions=False: None)


@deviant("W2.6", "wallet", "The right code pays for the order")
def shop_is_not_told(site: Change) -> None:
    """The shop is not told that its invoice is paid."""
    site.rule(notifications, "queue", lambda session, bill, now: None)


@deviant("W2.6", "wallet", "The right code pays for the order")
def notification_is_not_signed(site: Change) -> None:
    """The wallet does not sign what it tells the shop."""
    site.rule(notifications, "signature", lambda secret_key, bill: "")


def _without_signature_at(moment: str) -> Any:
    def unsigned(headers: Any) -> Any:
        def unsigned_headers(
            self: Signing, path: str, body: bytes, time_header: str = REQUEST_TIME, at: Any = None
        ) -> dict[str, str]:
            signed: dict[str, str] = headers(self, path, body, time_header, at)
            wrong = SIGNATURE.lower() if time_header == moment else None
            return {name: "" if name.lower() == wrong else text for name, text in signed.items()}

        return unsigned_headers

    return unsigned


@deviant("C2.6", "vault", "A card linked in the vault is offered at the checkout")
def vault_does_not_sign(site: Change) -> None:
    """The vault does not sign its answers, so the shop cannot believe them."""
    site.wrap(Signing, "headers", _without_signature_at(RESPONSE_TIME))


@deviant("C1.5", "shop", "A saved card is linked")
def shop_does_not_sign(site: Change) -> None:
    """The shop does not sign what it asks of the vault, which refuses it."""
    site.wrap(Signing, "headers", _without_signature_at(REQUEST_TIME))


@deviant("C2.6", "vault", "The vault shows the cards only to the shop")
def vault_checks_no_signature(site: Change) -> None:
    """The vault answers whoever asks, signed or not."""
    site.rule(Signing, "check", lambda self, path, headers, body, time_header="": None)
