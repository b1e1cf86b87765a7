"""Invoices: what the shop does, and knows, about an order's bill in the buyer's wallet.

No call to the wallet happens inside a database transaction: the order is kept first, the
wallet is asked, and what it answered is kept next. Whatever breaks off in between is taken
up again, by the worker (:meth:`Invoices.process_due`) or by the buyer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.values.refusal import NotFound, Refusal
from ..store import InvoiceRow, OrderRow, OrderState
from .bills import (
    Bill,
    BillRefused,
    BillService,
    BillUnknown,
    WalletError,
    notified_bill,
)
from .orders import follow, order_of
from .wallet_keys import WalletKeys

log = logging.getLogger(__name__)

ASK_AGAIN_AFTER = timedelta(seconds=30)
FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(minutes=5)
RETRIES_THAT_GROW = 10


class WrongBill(WalletError):
    """The wallet spoke of a bill that the shop did not ask for."""


class Invoices:
    """Issues invoices, cancels them, and finds out what became of them."""

    def __init__(
        self, database: Database, clock: Clock, client: BillService, keys: WalletKeys
    ) -> None:
        self.database = database
        self.clock = clock
        self._client = client
        self._keys = keys
        self._listener: Callable[[], None] = lambda: None

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever it has changed what is due next."""
        self._listener = listener

    def issue(self, order: OrderRow) -> None:
        """Issue the order's invoice (W2.2), unless it needs none or has one already.

        An error of the wallet is kept beside the order, and the worker goes on trying.
        """
        if order.invoice is not None and order.invoice.pay_url is None:
            self._turn_to_wallet(order)

    def cancel(self, order: OrderRow) -> None:
        """Cancel an unpaid order and its bill; it is cancelled once the wallet has agreed.

        Raises Refusal ``order.cancel-later`` if the wallet cannot be asked, and
        ``order.not-cancellable`` if the bill turns out to be paid or past its time.
        """
        try:
            settled = self._settle(self._reject(order))
        except WalletError as error:
            log.warning("order %s could not be cancelled: %s", order.uid, error)
            raise Refusal("order.cancel-later") from error
        if settled.state != OrderState.CANCELLED:
            later = settled.state == OrderState.AWAITING_PAYMENT
            raise Refusal("order.cancel-later" if later else "order.not-cancellable")

    def handle_notification(self, body: bytes, signature: str) -> None:
        """Take in a notification of the wallet; however often it comes, money counts once.

        Raises Refusal ``notification.unreadable``, ``notification.forged`` if the signature
        is wrong, or ``notification.not-ours`` for another shop, order, amount or currency.
        """
        bill = notified_bill(body, signature, self._keys.accepted)
        try:
            self._settle(bill)
        except (NotFound, WrongBill) as error:
            raise Refusal("notification.not-ours") from error

    def process_due(self) -> timedelta | None:
        """Turn to the wallet about the invoice that is due first: the worker's job.

        One at a time, so that a shop whose wallet is unreachable can still be stopped quickly.
        Returns the time until the next turn, or None if no order awaits its payment.
        """
        order = self._first_due()
        if order is None or order.invoice is None:
            return None
        wait = order.invoice.due_at - self.clock.now()
        if wait <= timedelta():
            self._turn_to_wallet(order)
        return max(wait, timedelta())

    def _first_due(self) -> OrderRow | None:
        waiting = select(OrderRow).join(InvoiceRow).order_by(InvoiceRow.due_at).limit(1)
        waiting = waiting.where(OrderRow.state == OrderState.AWAITING_PAYMENT)
        with self.database.reading() as session:
            return session.scalar(waiting)

    def _turn_to_wallet(self, order: OrderRow) -> None:
        try:
            bill = self._ask(order)
            if bill is None:
                self._run_out(order.uid)
            else:
                self._settle(bill)
        except WalletError as error:
            log.warning("the wallet was no help with order %s: %s", order.uid, error)
            self._note(order.uid, error)
        finally:
            self._listener()

    def _ask(self, order: OrderRow) -> Bill | None:
        """The order's bill; issued if it is not. None: the time to issue it is over."""
        late = order.invoice is None or self.clock.now() >= order.invoice.expires_at
        issued = order.invoice is not None and order.invoice.pay_url is not None
        if late or issued:
            try:
                return self._client.read(order.uid)
            except BillUnknown:
                if late:
                    return None
        return self._client.issue(order)

    def _reject(self, order: OrderRow) -> Bill:
        if order.invoice is not None and order.invoice.pay_url is None:
            # An earlier request may still be on its way to the wallet. A bill that exists and
            # is rejected cannot be brought back by it; one that does not exist could.
            self._client.issue(order)
        try:
            return self._client.reject(order.uid)
        except BillRefused:
            return self._client.read(order.uid)

    def _settle(self, bill: Bill) -> OrderRow:
        """Keep what the wallet says of a bill. Raises NotFound and WrongBill."""
        now = self.clock.now()
        with self.database.transaction() as session:
            order = order_of(session, bill.bill_id)
            if order.invoice is None or not bill.is_for(order, self._keys.site_id):
                raise WrongBill(f"bill {bill.bill_id} does not fit its order")
            order.invoice.pay_url = bill.pay_url or order.invoice.pay_url
            order.invoice.failures, order.invoice.error = 0, None
            order.invoice.due_at = now + ASK_AGAIN_AFTER
            follow(order, bill.status.value, now)
        return order

    def _note(self, uid: str, error: WalletError) -> None:
        with self.database.transaction() as session:
            invoice = order_of(session, uid).invoice
            if invoice is not None:
                retry = FIRST_RETRY * 2 ** min(invoice.failures, RETRIES_THAT_GROW)
                invoice.due_at = self.clock.now() + min(retry, LONGEST_RETRY)
                invoice.failures += 1
                invoice.error = error.code

    def _run_out(self, uid: str) -> None:
        with self.database.transaction() as session:
            order = order_of(session, uid)
            if order.state == OrderState.AWAITING_PAYMENT:
                order.state = OrderState.EXPIRED
