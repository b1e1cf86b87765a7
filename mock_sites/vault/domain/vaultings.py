"""Links that a merchant asks for on a buyer's behalf (C1.5, C3.5)."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ...shared.values.cards import Card
from ...shared.values.refusal import NotFound, Refusal
from ..authentication_store import Purpose
from ..store import CardRow, VaultingRow, VaultingStatus
from . import requests
from .authentications import Authentications, Waiting
from .billing import Billing
from .card_view import masked
from .cards import Cards
from .fingerprints import Fingerprints
from .issuer import ISSUER_DOWN
from .upkeep import Upkeep


@dataclass(frozen=True)
class NewVaulting:
    """A card to link for the buyer of that phone (E.164), under the merchant's own id."""

    request_id: str
    phone: str
    card: Card
    billing: Billing | None
    notification_url: str
    redirect_url: str | None

    @property
    def masked_number(self) -> str:
        """As much of the number as may be kept."""
        return masked(self.card.number)

    @property
    def facts(self) -> tuple[object, ...]:
        """The facts that another request under the same id has to repeat; addresses are not."""
        billing = None if self.billing is None else astuple(self.billing)
        return (self.phone, requests.facts_of(self.card), billing)


class Overtaken(Exception):
    """Another request of the same id was answered while the issuer thought about this one."""


class Vaultings:
    """The merchant's requests to link cards, each answered once and for all."""

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

    def vault(self, wanted: NewVaulting) -> VaultingRow:
        """Link the card; the same request again links nothing more and is answered as before.

        An issuer that is down answers nothing, so that request may be sent again. Raises
        ChallengeNeeded, Refusal as :meth:`Cards.link` and :meth:`Authentications.require` do,
        or ``request.conflict`` for a used id with other facts.
        """
        answered = self._begin(wanted) or self._link(wanted)
        if answered.refused is not None:
            raise Refusal(answered.refused)
        return answered

    def read(self, request_id: str) -> VaultingRow:
        """A request as it stands. Raises NotFound, and ChallengeNeeded while one waits for it."""
        self._authentications.settle(Purpose.LINK, request_id)
        with self.upkeep.reading() as session:
            found = session.get(VaultingRow, request_id)
        if found is None:
            raise NotFound(request_id)
        return found

    def _begin(self, wanted: NewVaulting) -> VaultingRow | None:
        """The answer that this id has got already; None if it has none yet."""
        fingerprint = self._fingerprints.of_facts(*wanted.facts)
        with self.upkeep.transaction() as session:
            requests.claim(session, requests.LINK, wanted.request_id, fingerprint)
        self._authentications.settle(Purpose.LINK, wanted.request_id)
        with self.upkeep.reading() as session:
            return session.get(VaultingRow, wanted.request_id)

    def _link(self, wanted: NewVaulting) -> VaultingRow:
        def keep(session: Session, card: CardRow) -> None:
            if session.get(VaultingRow, wanted.request_id) is not None:
                # Nothing of this transaction stays: the other request has linked its card.
                raise Overtaken
            row = _row(wanted, VaultingStatus.PENDING, card.linked_at)
            row.card_id = card.id
            session.add(row)

        waiting = Waiting(
            Purpose.LINK,
            wanted.phone,
            wanted.card,
            wanted.request_id,
            wanted.billing,
            notification_url=wanted.notification_url,
            redirect_url=wanted.redirect_url,
        )
        try:
            self._authentications.require(waiting)
            self._cards.link(wanted.phone, wanted.card, wanted.billing, keep)
        except Refusal as refusal:
            return self._keep_refused(wanted, refusal)
        except Overtaken:
            pass
        return self.read(wanted.request_id)

    def _keep_refused(self, wanted: NewVaulting, refusal: Refusal) -> VaultingRow:
        """The refusal, kept, unless this id was answered while the issuer thought."""
        with self.upkeep.transaction() as session:
            earlier = session.get(VaultingRow, wanted.request_id)
            if earlier is not None:
                return earlier
            if refusal.code == ISSUER_DOWN:
                raise refusal
            row = _row(wanted, VaultingStatus.FAIL, self.upkeep.now(), refusal.code)
            session.add(row)
        return row


def _row(
    wanted: NewVaulting, status: VaultingStatus, at: datetime, refused: str | None = None
) -> VaultingRow:
    return VaultingRow(
        request_id=wanted.request_id,
        phone=wanted.phone,
        masked_number=wanted.masked_number,
        notification_url=wanted.notification_url,
        redirect_url=wanted.redirect_url,
        status=status,
        refused=refused,
        at=at,
    )
