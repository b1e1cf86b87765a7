"""Sessions in which a buyer links a card for a merchant, on a page of the vault (C2.6).

The merchant never sees the card. A session belongs to the person who is signed in when the card
is saved. It links one card, and ends an hour after it was opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...shared.values.cards import Card
from ...shared.values.refusal import NotFound
from ..authentication_store import Purpose
from ..session_store import VaultingSessionRow
from ..store import CardRow, VaultingRow, VaultingStatus
from . import requests
from .authentications import Authentications, Waiting
from .billing import Billing
from .card_view import masked
from .cards import Cards
from .fingerprints import Fingerprints
from .upkeep import Upkeep

OPEN_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class NewSession:
    """A session to open, under the merchant's own id."""

    request_id: str
    notification_url: str
    redirect_url: str | None

    @property
    def facts(self) -> tuple[object, ...]:
        """The facts that another request under the same id has to repeat."""
        return ("session", self.notification_url, self.redirect_url)


class VaultingSessions:
    """The sessions of the merchant's buyers."""

    def __init__(
        self,
        upkeep: Upkeep,
        cards: Cards,
        fingerprints: Fingerprints,
        authentications: Authentications,
    ) -> None:
        self.upkeep = upkeep
        self._cards = cards
        self._authentications = authentications
        self._fingerprints = fingerprints

    def open(self, wanted: NewSession) -> VaultingSessionRow:
        """Open a session; the same request again gives the same one.

        Raises Refusal ``request.conflict`` for a used id with other facts.
        """
        fingerprint = self._fingerprints.of_facts(*wanted.facts)
        with self.upkeep.transaction() as session:
            requests.claim(session, requests.LINK, wanted.request_id, fingerprint)
            row = _of_request(session, wanted.request_id)
            if row is None:
                row = VaultingSessionRow(
                    uid=str(uuid4()),
                    request_id=wanted.request_id,
                    notification_url=wanted.notification_url,
                    redirect_url=wanted.redirect_url,
                    ends_at=self.upkeep.now() + OPEN_FOR,
                )
                session.add(row)
        return row

    def opened(self, uid: str) -> VaultingSessionRow:
        """Return the session. Raises NotFound if it has ended, or has linked its card."""
        with self.upkeep.reading() as session:
            return self._usable(session, uid)

    def status(self, request_id: str) -> VaultingStatus:
        """How a request stands that has linked no card yet. Raises NotFound if it is no session."""
        with self.upkeep.reading() as session:
            row = _of_request(session, request_id)
        if row is None:
            raise NotFound(request_id)
        return VaultingStatus.FAIL if self._is_over(row.ends_at) else VaultingStatus.PENDING

    def link(self, uid: str, phone: str, card: Card, billing: Billing) -> VaultingSessionRow:
        """Link the buyer's card for the merchant of this session.

        Raises NotFound as :meth:`opened` does, ChallengeNeeded, and Refusal as
        :meth:`Cards.link` does. After a refusal the buyer can try another card.
        """
        found = self.opened(uid)
        self._authentications.require(
            Waiting(
                Purpose.SESSION,
                phone,
                card,
                found.request_id,
                billing,
                notification_url=found.notification_url,
                redirect_url=found.redirect_url,
            )
        )

        def keep(session: Session, row: CardRow) -> None:
            # Nothing of this transaction stays if another card was faster.
            self._usable(session, uid)
            session.add(
                VaultingRow(
                    request_id=found.request_id,
                    phone=phone,
                    masked_number=masked(card.number),
                    notification_url=found.notification_url,
                    redirect_url=found.redirect_url,
                    status=VaultingStatus.PENDING,
                    card_id=row.id,
                    at=row.linked_at,
                )
            )

        self._cards.link(phone, card, billing, keep)
        return found

    def _usable(self, session: Session, uid: str) -> VaultingSessionRow:
        row = session.scalar(select(VaultingSessionRow).where(VaultingSessionRow.uid == uid))
        if row is None or self._is_over(row.ends_at):
            raise NotFound(uid)
        if session.get(VaultingRow, row.request_id) is not None:
            raise NotFound(uid)
        return row

    def _is_over(self, ends_at: datetime) -> bool:
        return self.upkeep.now() >= ends_at


def _of_request(session: Session, request_id: str) -> VaultingSessionRow | None:
    wanted = select(VaultingSessionRow).where(VaultingSessionRow.request_id == request_id)
    return session.scalar(wanted)
