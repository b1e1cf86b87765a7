"""Payments by card that a merchant asks for: money moves once, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from mock_sites.cards import Card
from mock_sites.ledger import OUTSIDE
from mock_sites.money import Money
from mock_sites.refusal import NotFound, Refusal
from mock_sites.vault.domain import ledger
from mock_sites.vault.domain.card_view import masked
from mock_sites.vault.domain.cards import Cards
from mock_sites.vault.domain.issuer import ISSUER_DOWN, Issuer
from mock_sites.vault.domain.upkeep import Upkeep
from mock_sites.vault.store import CardRow, PaymentRow


@dataclass(frozen=True)
class NewPayment:
    """Money to take from a buyer's card: a linked one by its token, or one typed for this alone."""

    request_id: str
    phone: str
    money: Money
    source: str | Card
    description: str

    @property
    def source_kept(self) -> str:
        """What may be kept of the source: the token, or the masked number."""
        return self.source if isinstance(self.source, str) else masked(self.source.number)


class Payments:
    """The payments of one merchant."""

    def __init__(self, upkeep: Upkeep, cards: Cards, issuer: Issuer, client_id: str) -> None:
        self._upkeep = upkeep
        self._cards = cards
        self._issuer = issuer
        self._merchant = ledger.merchant(client_id)

    def pay(self, wanted: NewPayment) -> PaymentRow:
        """Authorise and capture; the same request again moves nothing and is answered as before.

        A card that is not linked pays and is gone: nothing but its masked number is kept.
        Raises Refusal as :meth:`Issuer.authorise` does, ``card.unknown`` for a token that is
        not one of this buyer's cards, or ``request.conflict`` for a used id with other facts.
        An issuer that is down answers nothing, so that request may be sent again.
        """
        earlier = self._earlier(wanted)
        if earlier is not None:
            return _answered(earlier)
        try:
            self._authorise(wanted)
        except Refusal as refusal:
            if refusal.code != ISSUER_DOWN:
                self._keep(wanted, refusal.code)
            raise
        return _answered(self._keep(wanted, None))

    def read(self, request_id: str) -> PaymentRow:
        """A payment, made or refused. Raises NotFound."""
        with self._upkeep.transaction() as session:
            found = session.get(PaymentRow, request_id)
        if found is None:
            raise NotFound(request_id)
        return found

    def _authorise(self, wanted: NewPayment) -> None:
        if isinstance(wanted.source, Card):
            self._issuer.authorise(wanted.phone, wanted.source, wanted.money)
            return
        card = self._linked_card(wanted.phone, wanted.source)
        if card is None or card.fingerprint is None:
            raise Refusal("card.unknown")
        self._issuer.authorise_kept(wanted.phone, card.fingerprint, card.expiry, wanted.money)

    def _linked_card(self, phone: str, token: str) -> CardRow | None:
        try:
            return self._cards.get(phone, token)
        except NotFound:
            return None

    def _earlier(self, wanted: NewPayment) -> PaymentRow | None:
        with self._upkeep.transaction() as session:
            earlier = session.get(PaymentRow, wanted.request_id)
        if earlier is not None:
            _refuse_other_facts(earlier, wanted)
        return earlier

    def _keep(self, wanted: NewPayment, refused: str | None) -> PaymentRow:
        with self._upkeep.transaction() as session:
            earlier = session.get(PaymentRow, wanted.request_id)
            if earlier is not None:
                # A second one of the same id was faster while the issuer thought.
                return earlier
            now, movement = self._upkeep.now(), None
            if refused is None:
                key = f"payment:{wanted.request_id}"
                movement = ledger.move(session, key, OUTSIDE, self._merchant, wanted.money, now)
            payment = PaymentRow(
                request_id=wanted.request_id,
                uid=str(uuid4()),
                phone=wanted.phone,
                source=wanted.source_kept,
                amount=wanted.money.minor,
                currency=wanted.money.currency,
                description=wanted.description,
                refused=refused,
                movement_id=None if movement is None else movement.id,
                at=now,
            )
            session.add(payment)
        return payment


def _refuse_other_facts(earlier: PaymentRow, wanted: NewPayment) -> None:
    known = (earlier.phone, earlier.money, earlier.source)
    if known != (wanted.phone, wanted.money, wanted.source_kept):
        raise Refusal("request.conflict")


def _answered(payment: PaymentRow) -> PaymentRow:
    if payment.refused is not None:
        raise Refusal(payment.refused)
    return payment
