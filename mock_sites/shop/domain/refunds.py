"""Refunds: what was given back of orders that were paid with the wallet.

The bill protocol tells a merchant of a payment, never of a refund: a refund is the merchant's own
act, made with its key, also past this shop. So the shop asks the wallet when it shows an order.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from sqlalchemy.orm import Session

from ...shared.runtime.database import Database
from ..store import OrderRow, OrderState, PaymentMethod, RefundRow
from .bills import BillRefund, BillRefused, BillService, WalletError
from .orders import order_of

log = logging.getLogger(__name__)


class Refunds:
    """Asks the wallet what was given back, and keeps what it says."""

    def __init__(self, database: Database, client: BillService) -> None:
        self.database = database
        self._client = client

    def refresh(self, orders: Iterable[OrderRow]) -> bool:
        """Keep what was given back of each of the orders; whether there was anything new.

        If the wallet cannot be asked, what is known already stays.
        """
        news = False
        for order in orders:
            if not _can_be_given_back(order):
                continue
            try:
                found = self._client.refunds(order.uid)
            except BillRefused as refused:
                log.info("the wallet lists no refunds of order %s: %s", order.uid, refused)
            except WalletError as error:
                # It would not answer about the next order either.
                log.warning("refunds of order %s are not known: %s", order.uid, error)
                break
            else:
                news |= self._keep(order, found)
        return news

    def _keep(self, order: OrderRow, found: list[BillRefund]) -> bool:
        known = {refund.refund_id for refund in order.refunds}
        if all(refund.refund_id in known for refund in found):
            return False
        with self.database.transaction() as session:
            for refund in found:
                _add(session, order_of(session, order.uid), refund)
        return True


def _can_be_given_back(order: OrderRow) -> bool:
    paid = order.payment_method == PaymentMethod.QIWI_WALLET and order.state == OrderState.PAID
    return paid and order.left.minor > 0


def _add(session: Session, order: OrderRow, refund: BillRefund) -> None:
    """Keep one refund, once; one that does not fit its order is not believed."""
    if any(known.refund_id == refund.refund_id for known in order.refunds):
        return
    minor = int(refund.amount.value.scaleb(2))
    if refund.amount.currency != order.currency or not 0 < minor <= order.left.minor:
        log.warning("refund %s does not fit order %s", refund.refund_id, order.uid)
        return
    row = RefundRow(refund_id=refund.refund_id, amount_minor=minor, currency=order.currency)
    row.at = refund.at
    order.refunds.append(row)
    session.flush()
