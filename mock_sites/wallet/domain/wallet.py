"""The whole wallet behind its pages: every noun, put together once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from .bills import Bills
from .buyers import Buyers
from .codes import Codes
from .history import History
from .merchants import Merchants
from .payments import Payments, SendCode
from .records import Records
from .refunds import Refunds


@dataclass(frozen=True)
class Wallet:
    """The wallet's rules, one attribute per noun."""

    buyers: Buyers
    merchants: Merchants
    bills: Bills
    refunds: Refunds
    payments: Payments
    history: History
    database: Database
    clock: Clock

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
        merchants=Merchants(database),
        bills=Bills(database, clock),
        refunds=Refunds(database, clock),
        payments=Payments(database, clock, Codes(secret_key), send_code, wake_sender),
        database=database,
        history=History(database),
        clock=clock,
    )
