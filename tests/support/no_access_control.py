"""An access control server that does not answer, for vaults that stand alone."""

from __future__ import annotations

from mock_sites.shared.values.money import Money
from mock_sites.vault.domain.access_control import (
    AccessControlError,
    AuthenticationStatus,
    Begun,
)


class NoAnswer:
    """Answers nothing."""

    def begin(self, uid: str, phone: str, number: str, money: Money, return_url: str) -> Begun:
        raise AccessControlError("no answer")

    def status(self, uid: str) -> AuthenticationStatus:
        raise AccessControlError("no answer")
