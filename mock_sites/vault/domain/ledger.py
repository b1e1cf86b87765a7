"""The vault's books: money held to check cards, and money that merchants were paid."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...shared.accounts.ledger import Ledger
from ..store import AccountRow, HoldRow, HoldState, MovementRow

# The account of the cents that are held: they are neither the card's nor anybody else's.
HELD = "held"
# The account of the cents that an issuer has taken and not refunded yet.
CAPTURED = "captured"

_books = Ledger(AccountRow, MovementRow)

move = _books.move
movements = _books.movements


def merchant(client_id: str) -> str:
    """The name under which a merchant's account stands in the books."""
    return f"merchant:{client_id}"


def discrepancies(session: Session) -> list[str]:
    """List the errors in the books, in words; an empty list means that they balance."""
    found = _books.discrepancies(session)
    found.extend(_wrong_cents(session, HoldState.HELD, HELD))
    found.extend(_wrong_cents(session, HoldState.CAPTURED, CAPTURED))
    return found


def _wrong_cents(session: Session, state: HoldState, account: str) -> Iterator[str]:
    open_holds = select(HoldRow.currency, func.sum(HoldRow.amount))
    open_holds = open_holds.where(HoldRow.state == state).group_by(HoldRow.currency)
    expected = {currency: int(total) for currency, total in session.execute(open_holds)}
    there = {money.currency: money.minor for money in _books.balances(session, account)}
    for currency in sorted(expected | there):
        lies, owed = there.get(currency, 0), expected.get(currency, 0)
        if lies != owed:
            yield f"{lies} {currency} are {account}, the open holds make {owed}"
