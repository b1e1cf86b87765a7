"""The buyers of the wallet: their accounts in the books, and how money comes into them."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from ...shared.accounts.ledger import OUTSIDE
from ...shared.accounts.people import People
from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.values.money import Money
from ..store import BuyerRow, SignInAttemptsRow, SignInRow
from . import ledger

CURRENCIES = ("RUB", "KZT")
# How the keys of the movements begin that bring money into a wallet.
FUNDING = "funding:"


def owner_of(buyer_id: int) -> str:
    """The name under which a buyer's accounts stand in the books."""
    return f"buyer:{buyer_id}"


class Buyers(People[BuyerRow]):
    """The buyers of the wallet."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock, BuyerRow, SignInAttemptsRow, SignInRow)

    def open_wallet(self, phone: str, password: str, name: str, funds: list[Money]) -> BuyerRow:
        """A new buyer with ``funds``; a rouble account there always is.

        Raises Refusal ``phone.taken``.
        """
        with self.database.transaction() as session:
            buyer = self.add_in(session, phone, password, name)
            ledger.account(session, owner_of(buyer.id), CURRENCIES[0])
            for money in funds:
                _fund(session, buyer, money, self.clock.now())
        return buyer

    def top_up(self, phone: str, money: Money) -> list[Money]:
        """Put ``money`` into the wallet of that phone; the balances then. Raises NotFound."""
        buyer = self.get(phone)
        with self.database.transaction() as session:
            _fund(session, buyer, money, self.clock.now())
        return self.balances(buyer)

    def balances(self, buyer: BuyerRow) -> list[Money]:
        """List the buyer's balances, one per currency."""
        with self.database.reading() as session:
            return ledger.balances(session, owner_of(buyer.id))


def _fund(session: Session, buyer: BuyerRow, money: Money, now: datetime) -> None:
    if money.minor > 0:
        ledger.move(session, f"{FUNDING}{uuid4()}", OUTSIDE, owner_of(buyer.id), money, now)
