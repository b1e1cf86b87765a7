"""Orders paid by card through the vault: each is paid once, or never was an order.

As with invoices, no call happens inside a transaction. The order is kept as PAYING first, the
vault is asked under the order's uid, and its answer makes the order PAID or takes it back.
If no answer comes the order stays PAYING until the vault has given its final word: that it has
paid or refused, or, asked to cancel what it does not know, that nothing will ever be taken. No
clock decides that: a payment may arrive, or be with the issuer, after any time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.values.cards import Card, network_of
from ...shared.values.refusal import Refusal
from ..card_store import CardPaymentRow, LinkedCardRow
from ..store import (
    CartLineRow,
    CheckoutRow,
    CustomerRow,
    OrderRow,
    OrderState,
    PaymentMethod,
)
from .address import Address
from .orders import (
    HEAD_START_OF_CARDS,
    HELD,
    ByCard,
    Orders,
    order_of,
    take_payment,
)
from .vault import CardVault, ChallengeNeeded, VaultError, VaultUnreachable
from .vault_messages import PaymentAnswer, VaultPaymentStatus

log = logging.getLogger(__name__)

ASK_AGAIN_AFTER = timedelta(seconds=30)
UNKNOWN_PAYMENT = "ORDER_NOT_EXIST"
# Only these are final: nothing was taken, and nothing will be.
NOT_MADE = (VaultPaymentStatus.FAIL, VaultPaymentStatus.CANCELLED)
# An issuer that does not answer has decided nothing.
ISSUER_DOWN = "card.issuer-down"


class CardPayments:
    """Pays orders from cards, and finds out about payments that were left without an answer."""

    def __init__(self, database: Database, clock: Clock, orders: Orders, client: CardVault) -> None:
        self.database = database
        self.clock = clock
        self._orders = orders
        self._client = client
        self._listener: Callable[[], None] = lambda: None

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever a payment is left without an answer."""
        self._listener = listener

    def pay(
        self,
        customer: CustomerRow,
        checkout_uid: str,
        address: Address,
        source: LinkedCardRow | Card,
    ) -> OrderRow:
        """Make the order of a checkout and pay it from a linked card, or from one typed for it.

        The order is PAID, or PAYING if the vault's final word did not come; the second time
        gives the order of the first. Raises what :meth:`Orders.place` raises, and Refusal with
        the issuer's reason or ``vault.unreachable``: then nothing is ordered, and the cart is
        unchanged. Raises ChallengeNeeded: the order is PAYING, and the buyer has to confirm.
        """
        by_card = _by_card(source)
        order = self._orders.place(customer.id, checkout_uid, address, PaymentMethod.CARD, by_card)
        if order.uid != by_card.uid:
            return order
        try:
            self._client.pay(
                order, customer.phone, source if isinstance(source, Card) else source.token
            )
        except Refusal as refusal:
            if refusal.code == ISSUER_DOWN and not self._call_off(order):
                return self._orders.find(order.uid)
            self._take_back(order.uid)
            raise _beside(refusal, source) from None
        except ChallengeNeeded:
            # The order stays PAYING until the vault tells how the challenge has ended.
            self._listener()
            raise
        except VaultUnreachable as unreachable:
            self._take_back(order.uid)
            raise Refusal("vault.unreachable", "payment") from unreachable
        except VaultError as error:
            return self._leave_open(order, error)
        return self._keep(order.uid)

    def look_again(self, order: OrderRow) -> None:
        """Ask the vault what became of a payment, and let the order follow.

        One that the vault does not know is cancelled, once it has had the time to arrive.
        """
        try:
            answer = self._client.payment(order.uid)
            if self._never_arrived(order, answer):
                answer = self._client.cancel(order.uid)
            self._follow(order, answer)
        except VaultError as error:
            log.warning("the vault was no help with order %s: %s", order.uid, error)
            self.postpone(order.uid)

    def process_due(self) -> timedelta | None:
        """Look into the unanswered payment that is due first: the worker's job.

        Returns the time until the next turn, or None if no payment is unanswered.
        """
        order = self._first_due()
        if order is None or order.card_payment is None:
            return None
        wait = order.card_payment.due_at - self.clock.now()
        if wait <= timedelta():
            self.look_again(order)
        return max(wait, timedelta())

    def _first_due(self) -> OrderRow | None:
        unanswered = select(OrderRow).join(CardPaymentRow).order_by(CardPaymentRow.due_at)
        unanswered = unanswered.where(OrderRow.state == OrderState.PAYING).limit(1)
        with self.database.reading() as session:
            return session.scalar(unanswered)

    def _call_off(self, order: OrderRow) -> bool:
        """Cancel a payment that the issuer did not decide; whether it will surely not be made."""
        try:
            answer = self._client.cancel(order.uid)
        except VaultError as error:
            self._leave_open(order, error)
            return False
        if answer.status in NOT_MADE:
            return True
        self._follow(order, answer)
        return False

    def _leave_open(self, order: OrderRow, error: VaultError) -> OrderRow:
        log.warning("whether order %s is paid is not known: %s", order.uid, error)
        self._listener()
        return order

    def _follow(self, order: OrderRow, answer: PaymentAnswer) -> None:
        if answer.status == VaultPaymentStatus.SUCCESS and answer.is_for(order):
            self._keep(order.uid)
        elif answer.status in NOT_MADE:
            self._take_back(order.uid, error="card.not-paid")
        else:
            # Also if another amount was paid: the order is neither paid nor to be taken back.
            self.postpone(order.uid)

    def _never_arrived(self, order: OrderRow, answer: PaymentAnswer) -> bool:
        # It may still be on its way: cancelled too early, a good payment would be lost.
        old = self.clock.now() >= order.placed_at + HEAD_START_OF_CARDS
        return old and answer.result.code == UNKNOWN_PAYMENT

    def _keep(self, uid: str) -> OrderRow:
        with self.database.transaction() as session:
            order = order_of(session, uid)
            take_payment(order, self.clock.now())
        return order

    def _take_back(self, uid: str, error: str | None = None) -> None:
        """Undo an order that was not paid; doing so twice is no error."""
        with self.database.transaction() as session:
            order = session.scalar(HELD, {"uid": uid})
            if order is None or order.state != OrderState.PAYING:
                return
            _put_back_into_cart(session, order)
            session.get_one(CheckoutRow, order.checkout_uid).error = error
            session.delete(order)

    def postpone(self, uid: str) -> None:
        """Ask again about a payment later; ``ASK_AGAIN_AFTER`` says when."""
        with self.database.transaction() as session:
            order = order_of(session, uid)
            if order.card_payment is not None:
                order.card_payment.due_at = self.clock.now() + ASK_AGAIN_AFTER


def _by_card(source: LinkedCardRow | Card) -> ByCard:
    if isinstance(source, LinkedCardRow):
        return ByCard(str(uuid4()), source.brand, source.last_four)
    network = network_of(source.number)
    return ByCard(str(uuid4()), network.name if network else "", source.number[-4:])


def _beside(refusal: Refusal, source: LinkedCardRow | Card) -> Refusal:
    """The refusal beside the field that the buyer has used: a linked card has no number field."""
    return refusal if isinstance(source, Card) else Refusal(refusal.code, "card")


def _put_back_into_cart(session: Session, order: OrderRow) -> None:
    for line in order.lines:
        # What the buyer has put there meanwhile stays as it is.
        if session.get(CartLineRow, (order.customer_id, line.product_slug)) is None:
            session.add(
                CartLineRow(
                    customer_id=order.customer_id,
                    product_slug=line.product_slug,
                    quantity=line.quantity,
                    added_at=order.placed_at,
                )
            )
