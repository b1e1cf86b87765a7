"""Links that a merchant asks for on a buyer's behalf (C1.5, C3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mock_sites.cards import Card
from mock_sites.refusal import NotFound, Refusal
from mock_sites.vault.domain.billing import Billing
from mock_sites.vault.domain.card_view import masked
from mock_sites.vault.domain.cards import Cards
from mock_sites.vault.domain.issuer import ISSUER_DOWN
from mock_sites.vault.domain.upkeep import Upkeep
from mock_sites.vault.store import CardRow, VaultingRow, VaultingStatus


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


class Vaultings:
    """The merchant's requests to link cards, each answered once and for all."""

    def __init__(self, upkeep: Upkeep, cards: Cards) -> None:
        self._upkeep = upkeep
        self._cards = cards

    def vault(self, wanted: NewVaulting) -> VaultingRow:
        """Link the card; the same request again links nothing more and is answered as before.

        An issuer that is down answers nothing, so that request may be sent again. Raises
        Refusal as :meth:`Cards.link` does, or ``request.conflict`` for a used id with another
        card or buyer.
        """
        return self._earlier(wanted) or self._link(wanted)

    def read(self, request_id: str) -> VaultingRow:
        """A request as it stands. Raises NotFound."""
        with self._upkeep.transaction() as session:
            found = session.get(VaultingRow, request_id)
        if found is None:
            raise NotFound(request_id)
        return found

    def _link(self, wanted: NewVaulting) -> VaultingRow:
        def keep(session: Session, card: CardRow) -> None:
            row = _row(wanted, VaultingStatus.PENDING, card.linked_at)
            row.card_id = card.id
            session.add(row)

        try:
            self._cards.link(wanted.phone, wanted.card, wanted.billing, keep)
        except Refusal as refusal:
            # A second one of the same id may have overtaken this one while the issuer thought.
            earlier = self._earlier(wanted)
            if earlier is not None:
                return earlier
            self._keep_refused(wanted, refusal)
            raise
        return self.read(wanted.request_id)

    def _keep_refused(self, wanted: NewVaulting, refusal: Refusal) -> None:
        if refusal.code == ISSUER_DOWN:
            return
        with self._upkeep.transaction() as session:
            session.add(_row(wanted, VaultingStatus.FAIL, self._upkeep.now(), refusal.code))

    def _earlier(self, wanted: NewVaulting) -> VaultingRow | None:
        with self._upkeep.transaction() as session:
            earlier = session.get(VaultingRow, wanted.request_id)
        if earlier is None:
            return None
        if (earlier.phone, earlier.masked_number) != (wanted.phone, wanted.masked_number):
            raise Refusal("request.conflict")
        if earlier.refused is not None:
            raise Refusal(earlier.refused)
        return earlier


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
