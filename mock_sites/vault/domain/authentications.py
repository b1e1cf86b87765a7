"""Links and payments that wait for a challenge: begun, asked about, and ended once (C1.5, C2.5).

While one waits nothing is linked, nothing is held and nothing is paid. How it ends is what the
access control server says when it is asked; that the buyer has come back says nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select

from ...shared.values.cards import Card
from ...shared.values.money import Money
from ...shared.values.published_cards import Authentication
from ...shared.values.refusal import NotFound, Refusal
from ..authentication_store import AuthenticationRow, Purpose, WaitState
from .access_control import (
    AccessControl,
    AccessControlError,
    AuthenticationStatus,
    ChallengeNeeded,
)
from .billing import Billing
from .card_view import FIRST, LAST
from .fingerprints import Fingerprints
from .issuer import Issuer
from .links import refuse_second
from .owners import is_person
from .upkeep import Upkeep

log = logging.getLogger(__name__)

VALID_FOR = timedelta(minutes=10)
UNAVAILABLE = "card.authentication-unavailable"
# How a request ended without the holder being known → the refusal.
REFUSED = {
    AuthenticationStatus.FAILED: "card.not-authenticated",
    AuthenticationStatus.ABANDONED: "card.challenge-abandoned",
    AuthenticationStatus.EXPIRED: "card.challenge-expired",
    AuthenticationStatus.UNAVAILABLE: UNAVAILABLE,
}
# Ends what has waited: with the refusal's code, or None if the holder is authenticated.
Finish = Callable[[AuthenticationRow, str | None], None]


@dataclass(frozen=True)
class Waiting:
    """What has to wait if there is a challenge. ``phone`` (E.164) is the buyer's.

    ``request_id`` is the merchant's id, if one asked; ``money`` is None for a link: a cent.
    """

    purpose: Purpose
    phone: str
    card: Card
    request_id: str | None = None
    billing: Billing | None = None
    money: Money | None = None
    description: str = ""
    notification_url: str = ""
    redirect_url: str | None = None


class Authentications:
    """Asks the access control server where a card has 3-D Secure."""

    def __init__(
        self,
        upkeep: Upkeep,
        issuer: Issuer,
        fingerprints: Fingerprints,
        acs: AccessControl,
        vault_url: str,
    ) -> None:
        self.upkeep = upkeep
        self._issuer = issuer
        self._fingerprints = fingerprints
        self.acs = acs
        self._vault_url = vault_url
        self._finish: dict[Purpose, Finish] = {}

    def on_end(self, finish: Finish, *purposes: Purpose) -> None:
        """Call ``finish`` when the wait for one of these purposes ends."""
        self._finish.update(dict.fromkeys(purposes, finish))

    def require(self, waiting: Waiting) -> None:
        """Return if the card needs no challenge.

        Raises ChallengeNeeded, and Refusal ``card_number.not-a-test-card``,
        ``card.already-linked`` or why the holder cannot be authenticated.
        """
        published = self._issuer.recognise(waiting.card.number)
        if published.authentication is Authentication.NONE:
            return
        if not is_person(waiting.phone):
            raise Refusal(UNAVAILABLE)
        if waiting.purpose is not Purpose.PAY:
            fingerprint, now = self._fingerprints.of(waiting.card.number), self.upkeep.now()
            with self.upkeep.reading() as session:
                refuse_second(session, waiting.phone, fingerprint, now)
        money = waiting.money or Money(1, published.currency)
        uid = self._uid(waiting)
        try:
            back = f"{self._vault_url}/authentications/{uid}"
            begun = self.acs.begin(uid, waiting.phone, waiting.card.number, money, back)
        except AccessControlError as error:
            log.warning("no authentication: %s", error)
            raise Refusal(UNAVAILABLE) from None
        if begun.status is AuthenticationStatus.PASSED:
            return
        if begun.status is not AuthenticationStatus.PENDING:
            raise Refusal(REFUSED[begun.status])
        self._keep(uid, waiting, money, begun.url)
        raise ChallengeNeeded(begun.url)

    def settle(self, purpose: Purpose, request_id: str) -> None:
        """Bring what waits under a merchant's id up to date. Raises ChallengeNeeded if it waits."""
        with self.upkeep.reading() as session:
            found = select(AuthenticationRow.uid).where(
                AuthenticationRow.purpose == purpose, AuthenticationRow.request_id == request_id
            )
            uid = session.scalar(found)
        if uid is not None:
            row = self.conclude(uid)
            if row.state is WaitState.PENDING:
                raise ChallengeNeeded(row.challenge_url)

    def conclude(self, uid: str) -> AuthenticationRow:
        """Ask how the request stands, and end the wait if it has ended. Raises NotFound."""
        row = self.read(uid)
        if row.state is not WaitState.PENDING:
            return row
        status = self.outcome(row)
        if status is AuthenticationStatus.PENDING:
            return row
        self._finish[row.purpose](row, REFUSED.get(status))
        return self.read(uid)

    def read(self, uid: str) -> AuthenticationRow:
        """What waits, or has waited. Raises NotFound."""
        with self.upkeep.reading() as session:
            row = session.get(AuthenticationRow, uid)
        if row is None:
            raise NotFound(uid)
        return row

    def outcome(self, row: AuthenticationRow) -> AuthenticationStatus:
        """Ask the access control server how a request stands; what is silent too long failed."""
        is_over = self.upkeep.now() >= row.ends_at
        try:
            status = self.acs.status(row.uid)
        except AccessControlError as error:
            log.warning("the state of an authentication is not known: %s", error)
            return AuthenticationStatus.UNAVAILABLE if is_over else AuthenticationStatus.PENDING
        if is_over and status is AuthenticationStatus.PENDING:
            return AuthenticationStatus.EXPIRED
        return status

    def settle_due(self) -> timedelta | None:
        """End the waits whose time is over; how long until the next one is over, if any is."""
        pending = AuthenticationRow.state == WaitState.PENDING
        now = self.upkeep.now()
        with self.upkeep.reading() as session:
            over = select(AuthenticationRow.uid).where(pending, AuthenticationRow.ends_at <= now)
            uids = list(session.scalars(over))
        for uid in uids:
            self.conclude(uid)
        with self.upkeep.reading() as session:
            first = session.scalar(select(func.min(AuthenticationRow.ends_at)).where(pending))
        return None if first is None else first - self.upkeep.now()

    def _uid(self, waiting: Waiting) -> str:
        """Our id: the same for the same request of a merchant, so that it begins once."""
        if waiting.purpose in (Purpose.OWN, Purpose.SESSION) or waiting.request_id is None:
            return str(uuid4())
        facts = ("authentication", waiting.purpose, waiting.request_id)
        return str(UUID(self._fingerprints.of_facts(*facts)[:32]))

    def _keep(self, uid: str, waiting: Waiting, money: Money, url: str) -> None:
        card, billing = waiting.card, waiting.billing
        with self.upkeep.transaction() as session:
            if session.get(AuthenticationRow, uid) is not None:
                return
            session.add(
                AuthenticationRow(
                    uid=uid,
                    purpose=waiting.purpose,
                    request_id=waiting.request_id,
                    phone=waiting.phone,
                    fingerprint=self._fingerprints.of(card.number),
                    first_six=card.number[:FIRST],
                    last_four=card.number[-LAST:],
                    holder=card.holder,
                    expiry_year=card.expiry.year,
                    expiry_month=card.expiry.month,
                    country=billing.country if billing else None,
                    postal_code=billing.postal_code if billing else None,
                    address=billing.address if billing else None,
                    amount=money.minor,
                    currency=money.currency,
                    description=waiting.description,
                    notification_url=waiting.notification_url,
                    redirect_url=waiting.redirect_url,
                    challenge_url=url,
                    state=WaitState.PENDING,
                    ends_at=self.upkeep.now() + VALID_FOR,
                )
            )
