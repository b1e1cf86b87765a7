"""The issuer's own list of the cents that it was asked to hold (C2.5).

Each key stands for one authorisation. The same request again changes nothing and is answered as
before, so a request whose answer was lost can be sent again.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.values.money import Money
from ...shared.values.refusal import NotFound, Refusal
from ..issuer_store import AuthorisationRow, AuthorisationState

# The key stands for another authorisation, or for one that has ended.
KEY_USED = "request.conflict"


class Authorisations:
    """Opens, voids, settles and refunds authorisations, each in a transaction of the issuer."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def open(self, key: str, phone: str, money: Money) -> None:
        """Hold ``money`` under ``key``. Raises Refusal ``request.conflict`` for a used key."""
        with self._database.transaction() as session:
            known = session.get(AuthorisationRow, key)
            if known is None:
                session.add(self._row(key, phone, money, AuthorisationState.HELD))
                return
            facts = (known.phone, known.money, known.state)
            if facts != (phone, money, AuthorisationState.HELD):
                raise Refusal(KEY_USED)

    def void(self, key: str, phone: str, money: Money) -> AuthorisationState:
        """Let go what is held; the state after that.

        A key that never came is voided too: should its request still come, it holds nothing.
        """
        with self._database.transaction() as session:
            row = session.get(AuthorisationRow, key)
            if row is None:
                session.add(self._row(key, phone, money, AuthorisationState.VOIDED))
                return AuthorisationState.VOIDED
            return self._turn(row, AuthorisationState.HELD, AuthorisationState.VOIDED)

    def settle(self, key: str) -> AuthorisationState:
        """Take the money that is held; the state after that. Raises NotFound."""
        return self._change(key, AuthorisationState.HELD, AuthorisationState.SETTLED)

    def refund(self, key: str) -> AuthorisationState:
        """Pay back the money that was taken; the state after that. Raises NotFound."""
        return self._change(key, AuthorisationState.SETTLED, AuthorisationState.REFUNDED)

    def withdraw(self, key: str) -> AuthorisationState:
        """Take the approval back while the money is held; the state after that. Raises NotFound."""
        return self._change(key, AuthorisationState.HELD, AuthorisationState.WITHDRAWN)

    def of_person(self, phone: str) -> list[AuthorisationRow]:
        """The authorisations of the cards of the person with that phone, oldest first."""
        own = select(AuthorisationRow).where(AuthorisationRow.phone == phone)
        with self._database.reading() as session:
            return list(session.scalars(own.order_by(AuthorisationRow.at, AuthorisationRow.key)))

    def _change(
        self, key: str, before: AuthorisationState, after: AuthorisationState
    ) -> AuthorisationState:
        with self._database.transaction() as session:
            return self._turn(_found(session, key), before, after)

    def _turn(
        self, row: AuthorisationRow, before: AuthorisationState, after: AuthorisationState
    ) -> AuthorisationState:
        if row.state is before:
            row.state, row.changed_at = after, self._clock.now()
        return row.state

    def _row(
        self, key: str, phone: str, money: Money, state: AuthorisationState
    ) -> AuthorisationRow:
        now = self._clock.now()
        return AuthorisationRow(
            key=key,
            phone=phone,
            amount=money.minor,
            currency=money.currency,
            state=state,
            at=now,
            changed_at=now,
        )


def _found(session: Session, key: str) -> AuthorisationRow:
    row = session.get(AuthorisationRow, key, with_for_update=True)
    if row is None:
        raise NotFound(key)
    return row
