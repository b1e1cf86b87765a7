"""The wallet's books: accounts, and movements of money between two of them."""

from __future__ import annotations

from ...shared.accounts.ledger import Ledger
from ..store import AccountRow, MovementRow

_books = Ledger(AccountRow, MovementRow)

account = _books.account
balances = _books.balances
move = _books.move
movements = _books.movements
discrepancies = _books.discrepancies
