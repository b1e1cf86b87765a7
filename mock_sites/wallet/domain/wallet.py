"""The whole wallet behind its pages: every noun, put together once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.values.money import Money
from ..store import BuyerRow, PaymentRow
from .bills import Bills, Invoice
from .buyers import Buyers
from .codes import Codes
from .history import Entry, History
from .merchants import Merchants, is_own_address
from .notification_log import NotificationLog
from .payments import Payments, SendCode
from .records import Records
from .refunds import Refunds
from .statements import Statements


@dataclass(frozen=True)
class Overview:
    """What a buyer's wallet holds and what happened in it, as it was at one moment.

    ``unpaid`` is the number of invoices that are not paid (W2.3).
    """

    balances: list[Money]
    entries: list[Entry]
    unpaid: int


@dataclass(frozen=True)
class Wallet:
    """The wallet's rules, one attribute per noun."""

    buyers: Buyers
    merchants: Merchants
    bills: Bills
    refunds: Refunds
    payments: Payments
    history: History
    statements: Statements
    notification_log: NotificationLog
    database: Database
    clock: Clock

    def overview(self, buyer: BuyerRow, most: int) -> Overview:
        """Return the buyer's overview, with the newest entries of the history."""
        with self.database.reading():
            return Overview(
                balances=self.buyers.balances(buyer),
                entries=self.history.of(buyer, most),
                unpaid=self.bills.unpaid(buyer),
            )

    def return_address(self, invoice: Invoice, address: str | None) -> str | None:
        """Return the address to open after paying, if it is one of the merchant's own."""
        merchant = self.merchants.issuer(invoice.bill.site_id)
        return address if merchant is not None and is_own_address(merchant, address) else None

    def begin_paying(
        self, buyer: BuyerRow, uid: str, payment_method: str | None, success_url: str | None
    ) -> PaymentRow:
        """Begin to pay a shop's invoice: a code goes to the phone (W2.5, W2.6).

        ``success_url`` is where to return after paying; one that is not the merchant's own is
        ignored. Raises what :meth:`Payments.enter_for_bill` and
        :meth:`Payments.begin_confirming` raise.
        """
        leave_to = self.return_address(self.bills.invoice(buyer, uid), success_url)
        payment = self.payments.enter_for_bill(buyer, uid, payment_method, leave_to)
        return self.payments.begin_confirming(buyer, payment.uid)

    @contextmanager
    def records(self) -> Iterator[Records]:
        """The books and the rows of one moment."""
        with self.database.reading() as session:
            yield Records(session)


def open_wallet(
    database: Database,
    clock: Clock,
    secret_key: str,
    send_code: SendCode,
    wake_sender: Callable[[], None],
) -> Wallet:
    """The wallet on its database; ``wake_sender`` is called when a merchant is to be told."""
    return Wallet(
        buyers=Buyers(database, clock),
        merchants=Merchants(database, clock),
        bills=Bills(database, clock),
        refunds=Refunds(database, clock),
        payments=Payments(database, clock, Codes(secret_key), send_code, wake_sender),
        database=database,
        history=History(database),
        statements=Statements(database, clock),
        notification_log=NotificationLog(database, clock, wake_sender),
        clock=clock,
    )
