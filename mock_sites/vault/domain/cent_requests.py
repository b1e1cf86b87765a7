"""The cents that an issuer is being asked to hold (C2.5).

A request is written down before the issuer is asked. Whatever happens then, the issuer holds no
cent that the vault does not know of: a link is built on the request, or it is voided.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.values.money import Money
from ...shared.values.refusal import Refusal
from ..cent_request_store import CentRequestRow
from .authorisations import KEY_USED
from .issuer import ISSUER_DOWN

# After this time no link is built on a cent any more.
PATIENCE = timedelta(minutes=1)
# Built once: every page of the vault begins with it.
_ANY_DUE = select(CentRequestRow.token).where(CentRequestRow.due_at <= bindparam("now")).limit(1)


class CentRequests:
    """Has the issuer hold cents, each under a token of its own: that of the card to come."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def hold(self, phone: str, cent: Money, ask: Callable[[str], None]) -> str:
        """Have a cent held by ``ask``, which gets the token; return the token.

        Raises Refusal as ``ask`` does, and ``card.issuer-down`` if the request was given up
        before it reached the issuer. If the issuer did not answer, the cent is voided later.
        """
        # A hex number in one piece may look like a card number, which no message may hold.
        token = str(uuid4())
        with self._database.transaction() as session:
            session.add(
                CentRequestRow(
                    token=token,
                    phone=phone,
                    amount=cent.minor,
                    currency=cent.currency,
                    due_at=self._clock.now() + PATIENCE,
                )
            )
        try:
            ask(token)
        except Refusal as refusal:
            if refusal.code == KEY_USED:
                # The token is new, so this request was given up and voided before it arrived.
                raise Refusal(ISSUER_DOWN) from refusal
            if refusal.code != ISSUER_DOWN:
                self._forget(token)
            raise
        return token

    def _forget(self, token: str) -> None:
        with self._database.transaction() as session:
            row = session.get(CentRequestRow, token)
            if row is not None:
                session.delete(row)


def use(session: Session, token: str) -> None:
    """Build a link on a cent. Raises Refusal ``card.issuer-down`` if it was given up."""
    row = session.get(CentRequestRow, token)
    if row is None or row.given_up:
        raise Refusal(ISSUER_DOWN)
    session.delete(row)


def give_up_due(session: Session, now: datetime) -> list[CentRequestRow]:
    """Give up the requests whose time is over; those that are to be voided."""
    over = list(session.scalars(select(CentRequestRow).where(CentRequestRow.due_at <= now)))
    for row in over:
        row.given_up = True
    return over


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether a request is to be voided."""
    return session.scalar(_ANY_DUE, {"now": now}) is not None


def next_due(session: Session) -> datetime | None:
    """Return when the next request is to be voided; None if there is none."""
    return session.scalar(select(func.min(CentRequestRow.due_at)))


def count(session: Session) -> int:
    """How many requests there are on which no link is built."""
    return session.scalar(select(func.count()).select_from(CentRequestRow)) or 0
