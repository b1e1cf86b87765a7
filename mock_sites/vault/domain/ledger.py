"""The vault's books: money held to check cards, and money that merchants were paid."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...shared.accounts.ledger import Ledger
from ..store import AccountRow, HoldRow, HoldState, MovementRow

# The account of the cents that are held: they are neither the card's nor anybody else's.
HELD = "held"

_books = Ledger(AccountRow, MovementRow)

move = _books.move
movements = _books.movements


def merchant(client_id: str) -> str:
    """The name under which a merchant's account stands in the books."""
    return f"merchant:{client_id}"


def discrepancies(session: Session) -> list[str]:
    """List the errors in the books, in words; an empty list means that they balance."""
    found = _books.discrepancies(session)
    open_holds = select(HoldRow.currency, func.sum(HoldRow.amount))
    open_holds = open_holds.where(HoldRow.state == HoldState.HELD).group_by(HoldRow.currency)
    expected = {currency: int(total) for currency, total in session.execute(open_holds)}
    held = {money.currency: money.minor for money in _books.balances(session, HELD)}
    for currency in sorted(expected | held):
        lies, owed = held.get(currency, 0), expected.get(currency, 0)
        if lies != owed:
            found.append(f"{lies} {currency} are held, the open holds make {owed}")
    return found
