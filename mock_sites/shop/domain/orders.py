"""Orders: placed once for a checkout, followed until they are paid or given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database, only_reads
from ...shared.values.refusal import NotFound, Refusal
from ..card_store import CardPaymentRow
from ..store import (
    CartLineRow,
    CheckoutLineRow,
    CheckoutRow,
    InvoiceRow,
    OrderLineRow,
    OrderRow,
    OrderState,
    PaymentMethod,
    PaymentRow,
)
from .address import Address
from .bills import BillStatus
from .checkout import bring_up_to_date, check_size, checkout_of

TIME_TO_PAY = timedelta(hours=24)
# The request that places an order also issues its invoice; the worker steps in later.
HEAD_START = timedelta(seconds=5)
# So long a payment that the vault does not know may still be on its way; then it is cancelled.
HEAD_START_OF_CARDS = timedelta(seconds=30)

FIRST_STATE = {
    PaymentMethod.CARD: OrderState.PAYING,
    PaymentMethod.QIWI_WALLET: OrderState.AWAITING_PAYMENT,
    PaymentMethod.CASH_ON_DELIVERY: OrderState.PAY_ON_DELIVERY,
}
STATE_AFTER = {BillStatus.REJECTED: OrderState.CANCELLED, BillStatus.EXPIRED: OrderState.EXPIRED}

# Built once: they are asked for with every page and every step of an order.
OF_UID = select(OrderRow).where(OrderRow.uid == bindparam("uid"))
HELD = OF_UID.with_for_update(of=OrderRow)
OF_CUSTOMER = (
    select(OrderRow)
    .where(OrderRow.customer_id == bindparam("customer_id"), OrderRow.state != OrderState.PAYING)
    .order_by(OrderRow.number.desc())
)


class CheckoutChanged(Exception):
    """The checkout was out of date and has been updated. Nothing was ordered."""

    def __init__(self, changes: Sequence[Refusal], anything_left: bool) -> None:
        self.changes = changes
        self.anything_left = anything_left


@dataclass(frozen=True)
class ByCard:
    """A payment by card: the order's uid, and the parts of the card that may be shown."""

    uid: str
    brand: str
    last_four: str

    def payment(self, now: datetime) -> CardPaymentRow:
        """The payment that is about to be asked for."""
        due_at = now + HEAD_START_OF_CARDS
        return CardPaymentRow(brand=self.brand, last_four=self.last_four, due_at=due_at)


class Orders:
    """All orders of the shop."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    def place(
        self,
        customer_id: int,
        checkout_uid: str,
        address: Address,
        payment_method: PaymentMethod,
        by_card: ByCard | None = None,
    ) -> OrderRow:
        """Make the order of a checkout, and take its lines out of the cart (W2.2).

        The second time gives the order of the first. One ``by_card`` is PAYING until the vault
        has answered (``card_payments.py``). Raises NotFound for a checkout that is not the
        customer's, CheckoutChanged, and Refusal ``cart.too-expensive``.
        """
        with self.database.transaction() as session:
            checkout = checkout_of(session, customer_id, checkout_uid)
            if checkout.order is not None:
                return checkout.order
            changes = bring_up_to_date(session, checkout)
            if not changes:
                order = _new_order(checkout, address, payment_method, self.clock.now())
                if by_card is not None:
                    order.uid = by_card.uid
                    order.card_payment = by_card.payment(order.placed_at)
                self._add(session, checkout, order)
                return order
        # Raised only now: the checkout keeps what has changed.
        raise CheckoutChanged(changes, anything_left=bool(checkout.lines))

    def of_customer(self, customer_id: int) -> Sequence[OrderRow]:
        """A customer's orders, the newest first; not those still in the making."""
        with self.database.reading() as session:
            return session.scalars(OF_CUSTOMER, {"customer_id": customer_id}).all()

    def all(self) -> Sequence[OrderRow]:
        """List all orders, oldest first; also those that are still being paid."""
        with self.database.reading() as session:
            return session.scalars(select(OrderRow).order_by(OrderRow.number)).all()

    def get(self, customer_id: int, uid: str) -> OrderRow:
        """The customer's own order. Raises NotFound, for another's and an unfinished one too."""
        order = self.find(uid)
        if order.customer_id != customer_id or order.state == OrderState.PAYING:
            raise NotFound
        return order

    def find(self, uid: str) -> OrderRow:
        """Find an order of any customer. Raises NotFound."""
        with self.database.reading() as session:
            return order_of(session, uid)

    def cancel_unbilled(self, uid: str) -> OrderRow:
        """Give up an order that no bill stands for. Raises NotFound.

        Raises Refusal ``order.not-cancellable`` if it is to be paid through the wallet:
        there the wallet has to agree first.
        """
        with self.database.transaction() as session:
            order = order_of(session, uid)
            if order.state == OrderState.PAY_ON_DELIVERY:
                order.state = OrderState.CANCELLED
            elif order.state != OrderState.CANCELLED:
                raise Refusal("order.not-cancellable")
        return order

    def _add(self, session: Session, checkout: CheckoutRow, order: OrderRow) -> None:
        check_size(checkout)
        order.lines = [_ordered(line) for line in checkout.lines]
        session.add(order)
        for line in checkout.lines:
            session.delete(session.get_one(CartLineRow, (checkout.customer_id, line.product_slug)))


def order_of(session: Session, uid: str) -> OrderRow:
    """The order of that uid, held until a transaction ends that writes. Raises NotFound."""
    order = session.scalar(OF_UID if only_reads(session) else HELD, {"uid": uid})
    if order is None:
        raise NotFound
    return order


def follow(order: OrderRow, status: BillStatus, now: datetime) -> None:
    """Update an order by the status of its bill; statuses may arrive in any order.

    Money that has come makes the order PAID, once, even if it was given up before.
    """
    if status == BillStatus.PAID:
        take_payment(order, now)
    elif status in STATE_AFTER and order.state == OrderState.AWAITING_PAYMENT:
        order.state = STATE_AFTER[status]


def take_payment(order: OrderRow, now: datetime) -> None:
    """The money for an order has come; however often that is heard, it counts once."""
    if order.payment is None:
        order.payment = PaymentRow(paid_at=now)
        order.state = OrderState.PAID


def _new_order(
    checkout: CheckoutRow, address: Address, payment_method: PaymentMethod, now: datetime
) -> OrderRow:
    return OrderRow(
        uid=str(uuid4()),
        checkout_uid=checkout.uid,
        customer_id=checkout.customer_id,
        payment_method=payment_method,
        state=FIRST_STATE[payment_method],
        total_minor=checkout.total.minor,
        currency=checkout.total.currency,
        recipient=address.recipient,
        phone=address.phone,
        city=address.city,
        street=address.street,
        postal_code=address.postal_code,
        placed_at=now,
        payment=None,
        invoice=_new_invoice(now) if payment_method == PaymentMethod.QIWI_WALLET else None,
    )


def _new_invoice(now: datetime) -> InvoiceRow:
    # Decided once: the wallet takes a repeated request only if it says the same.
    expires_at = (now + TIME_TO_PAY).replace(microsecond=0)
    return InvoiceRow(expires_at=expires_at, due_at=now + HEAD_START)


def _ordered(line: CheckoutLineRow) -> OrderLineRow:
    return OrderLineRow(
        position=line.position,
        product_slug=line.product_slug,
        name=line.product.name,
        quantity=line.quantity,
        price_minor=line.price_minor,
    )
