"""Payments by card that a merchant asks for: money moves once, or not at all.

A merchant that has no answer cancels (:meth:`Payments.cancel`): a cancelled id never captures
anything, even where its payment arrives later or is with the issuer at that moment. Capturing and
cancelling are each decided in one transaction, so one of the two is first for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...shared.accounts.ledger import OUTSIDE
from ...shared.values.cards import Card
from ...shared.values.money import Money
from ...shared.values.refusal import NotFound, Refusal
from ..authentication_store import AuthenticationRow, Purpose, WaitState
from ..request_store import CancellationRow
from ..store import CardRow, PaymentRow
from . import ledger, requests
from .authentications import Authentications, Waiting
from .card_view import masked
from .cards import Cards
from .fingerprints import Fingerprints
from .issuer import ISSUER_DOWN, Issuer
from .owners import is_person, without_person
from .upkeep import Upkeep


@dataclass(frozen=True)
class NewPayment:
    """Money to take from a buyer's card: a linked one by its token, or one typed for this alone.

    ``phone`` (E.164) is the buyer's; None if the request names none.
    """

    request_id: str
    phone: str | None
    money: Money
    source: str | Card
    description: str
    redirect_url: str | None = None

    @property
    def source_kept(self) -> str:
        """The part of the source that may be kept: the token, or the masked number."""
        return self.source if isinstance(self.source, str) else masked(self.source.number)

    @property
    def facts(self) -> tuple[object, ...]:
        """The facts that another request under the same id has to repeat."""
        source = self.source if isinstance(self.source, str) else requests.facts_of(self.source)
        return (self.phone, self.money.minor, self.money.currency, source, self.description)


class Payments:
    """The payments of one merchant."""

    def __init__(
        self,
        upkeep: Upkeep,
        cards: Cards,
        issuer: Issuer,
        fingerprints: Fingerprints,
        authentications: Authentications,
        client_id: str,
    ) -> None:
        self.upkeep = upkeep
        self._cards = cards
        self._issuer = issuer
        self._fingerprints = fingerprints
        self._authentications = authentications
        authentications.on_end(self._finish, Purpose.PAY)
        self.merchant_account = ledger.merchant(client_id)

    def pay(self, wanted: NewPayment) -> PaymentRow:
        """Authorise and capture; the same request again moves nothing and is answered as before.

        A card that is not linked pays and is gone: nothing but its masked number is kept.
        Raises Refusal as :meth:`Issuer.authorise` does, ``card.unknown`` for a token that is
        not one of this buyer's cards, ``payment.cancelled``, or ``request.conflict`` for a used
        id with other facts. An issuer that is down answers nothing, so that request may be sent
        again. Raises ChallengeNeeded if a typed card has to be confirmed first.
        """
        # By what was asked: the card may be gone when the same request comes again.
        earlier = self._begin(wanted)
        if earlier is None:
            wanted = replace(wanted, phone=self._payer(wanted))
            earlier = self.conclude(wanted, self._issuers_refusal(wanted))
        if earlier.refused is not None:
            raise Refusal(earlier.refused)
        return earlier

    def request_of(self, uid: str) -> str:
        """Return the merchant's id of the payment of the vault's id ``uid``. Raises NotFound."""
        with self.upkeep.reading() as session:
            found = session.scalar(select(PaymentRow.request_id).where(PaymentRow.uid == uid))
        if found is None:
            raise NotFound(uid)
        return found

    def cancel(self, request_id: str) -> datetime:
        """See to it that nothing is ever captured under this id; since when that is so.

        However often it is asked for, the answer is the same. An id that was never used is
        cancelled too. Raises Refusal ``payment.captured`` if the money has been taken: it is
        not given back.
        """
        with self.upkeep.transaction() as session:
            payment = session.get(PaymentRow, request_id)
            if payment is not None and payment.refused is None:
                raise Refusal("payment.captured")
            if payment is not None:
                return payment.at
            cancelled = session.get(CancellationRow, request_id)
            if cancelled is None:
                cancelled = CancellationRow(request_id=request_id, at=self.upkeep.now())
                session.add(cancelled)
        return cancelled.at

    def read(self, request_id: str) -> PaymentRow:
        """A payment, made or refused.

        Raises NotFound, Refusal ``payment.cancelled``, and ChallengeNeeded while it waits.
        """
        self._settle(request_id)
        with self.upkeep.reading() as session:
            found = _decided(session, request_id)
        if found is None:
            raise NotFound(request_id)
        return found

    def _payer(self, wanted: NewPayment) -> str:
        """The owner whose card is to pay.

        A card of no person pays for every buyer of its merchant. If no buyer is named, the
        token says whose card it is.
        """
        owner = self._owner_of(wanted.source)
        if owner is not None and not is_person(owner):
            return owner
        return wanted.phone or owner or without_person(wanted.request_id)

    def _owner_of(self, source: str | Card) -> str | None:
        try:
            return self._cards.owner(source) if isinstance(source, str) else None
        except NotFound:
            return None

    def _begin(self, wanted: NewPayment) -> PaymentRow | None:
        """The payment that was made or refused under this id; None if there is none yet."""
        fingerprint = self._fingerprints.of_facts(*wanted.facts)
        with self.upkeep.transaction() as session:
            requests.claim(session, requests.PAY, wanted.request_id, fingerprint)
        self._settle(wanted.request_id)
        with self.upkeep.reading() as session:
            return _decided(session, wanted.request_id)

    def _settle(self, request_id: str) -> None:
        with self.upkeep.reading() as session:
            is_cancelled = session.get(CancellationRow, request_id) is not None
        if not is_cancelled:
            self._authentications.settle(Purpose.PAY, request_id)

    def _finish(self, waited: AuthenticationRow, refused: str | None) -> None:
        """Capture what has waited for a challenge, or keep why not; once, however often."""
        wanted = NewPayment(
            request_id=waited.request_id or "",
            phone=waited.phone,
            money=Money(waited.amount, waited.currency),
            source=masked(waited.first_six + waited.last_four),
            description=waited.description,
        )
        try:
            if refused is None:
                self._issuer.authorise_kept(
                    waited.phone, waited.fingerprint, waited.expiry, wanted.money
                )
        except Refusal as refusal:
            refused = "card.declined" if refusal.code == ISSUER_DOWN else refusal.code
        try:
            refused = self.conclude(wanted, refused).refused
        except Refusal as refusal:
            refused = refusal.code
        with self.upkeep.transaction() as session:
            row = session.get_one(AuthenticationRow, waited.uid, with_for_update=True)
            if row.state is WaitState.PENDING:
                row.state = WaitState.DONE if refused is None else WaitState.FAILED
                row.refused = refused

    def _issuers_refusal(self, wanted: NewPayment) -> str | None:
        try:
            self._authorise(wanted)
        except Refusal as refusal:
            return refusal.code
        return None

    def _authorise(self, wanted: NewPayment) -> None:
        payer = wanted.phone or ""
        if isinstance(wanted.source, Card):
            self._authentications.require(
                Waiting(
                    Purpose.PAY,
                    payer,
                    wanted.source,
                    wanted.request_id,
                    money=wanted.money,
                    description=wanted.description,
                    redirect_url=wanted.redirect_url,
                )
            )
            self._issuer.authorise(payer, wanted.source, wanted.money)
            return
        card = self._linked_card(payer, wanted.source)
        if card is None or card.fingerprint is None:
            raise Refusal("card.unknown")
        self._issuer.authorise_kept(payer, card.fingerprint, card.expiry, wanted.money)

    def _linked_card(self, phone: str, token: str) -> CardRow | None:
        try:
            return self._cards.get(phone, token)
        except NotFound:
            return None

    def conclude(self, wanted: NewPayment, refused: str | None) -> PaymentRow:
        """Capture, or keep the refusal, unless this id was decided while the issuer thought."""
        with self.upkeep.transaction() as session:
            earlier = _decided(session, wanted.request_id)
            if earlier is not None:
                return earlier
            if refused == ISSUER_DOWN:
                raise Refusal(ISSUER_DOWN)
            now, movement = self.upkeep.now(), None
            if refused is None:
                key = f"payment:{wanted.request_id}"
                movement = ledger.move(
                    session, key, OUTSIDE, self.merchant_account, wanted.money, now
                )
            payment = PaymentRow(
                request_id=wanted.request_id,
                uid=str(uuid4()),
                phone=wanted.phone or without_person(wanted.request_id),
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


def _decided(session: Session, request_id: str) -> PaymentRow | None:
    """Find the payment that was decided under an id. Raises Refusal ``payment.cancelled``."""
    if session.get(CancellationRow, request_id) is not None:
        raise Refusal("payment.cancelled")
    return session.get(PaymentRow, request_id)
