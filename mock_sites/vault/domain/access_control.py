"""The issuers' access control server, as the vault's rules use it: 3-D Secure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ...shared.values.money import Money


class AuthenticationStatus(StrEnum):
    """How a request to authenticate a card's holder stands; all but PENDING are final."""

    PENDING = "PENDING"
    PASSED = "PASSED"
    FAILED = "FAILED"
    ABANDONED = "ABANDONED"
    EXPIRED = "EXPIRED"
    UNAVAILABLE = "UNAVAILABLE"


@dataclass(frozen=True)
class Begun:
    """The answer to a new request; while it is PENDING the buyer has to go to ``url``."""

    status: AuthenticationStatus
    url: str


class AccessControlError(Exception):
    """The access control server gave no answer that can be used."""


class ChallengeNeeded(Exception):
    """Nothing is linked or paid yet: the buyer has to answer the challenge at ``url`` first."""

    def __init__(self, url: str) -> None:
        super().__init__("the buyer has to answer a challenge")
        self.url = url


class AccessControl(Protocol):
    """The access control server. Every call raises AccessControlError."""

    def begin(self, uid: str, phone: str, number: str, money: Money, return_url: str) -> Begun:
        """Begin a request under our own id; the same id again is answered as it stands."""

    def status(self, uid: str) -> AuthenticationStatus:
        """Ask how a request stands."""
