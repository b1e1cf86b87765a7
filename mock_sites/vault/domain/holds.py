"""The one cent that checks a card (C2.5): held once, and given back or failed once.

This is the vault's own record. The issuer is asked by :mod:`returns`, outside of any transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from ...shared.accounts.ledger import OUTSIDE
from ...shared.values.money import Money
from ..store import OPEN, CardRow, HoldEventRow, HoldRow, HoldState
from . import ledger

ONE_CENT = 1
# The cent is back by then at the latest, and only then is the link final.
HELD_FOR = timedelta(hours=24)
# Built once: every transaction of the vault begins with it.
DUE = (
    select(HoldRow)
    .where(HoldRow.state.in_(OPEN), HoldRow.due_at <= bindparam("now"))
    .order_by(HoldRow.due_at, HoldRow.id)
    .with_for_update(of=HoldRow, skip_locked=True)
)

# Built once: every page of the vault begins with it.
ANY_DUE = (
    select(HoldRow.id).where(HoldRow.state.in_(OPEN), HoldRow.due_at <= bindparam("now")).limit(1)
)


def place(session: Session, card: CardRow, currency: str, now: datetime) -> HoldRow:
    """Hold one cent of ``currency`` on a card whose issuer has authorised it."""
    cent = Money(ONE_CENT, currency)
    held_by = ledger.move(session, f"hold:{card.token}", OUTSIDE, ledger.HELD, cent, now)
    hold = HoldRow(
        card_id=card.id,
        amount=cent.minor,
        currency=cent.currency,
        state=HoldState.HELD,
        held_at=now,
        due_at=now + HELD_FOR,
        held_by=held_by.id,
    )
    hold.events.append(HoldEventRow(state=HoldState.HELD, at=now))
    session.add(hold)
    card.hold = hold
    session.flush()
    return hold


def capture(session: Session, hold: HoldRow, now: datetime) -> None:
    """Record that the issuer has taken a cent that was held: it has to be refunded now."""
    if hold.state != HoldState.HELD:
        return
    key = f"hold:{hold.card.token}:capture"
    ledger.move(session, key, ledger.HELD, ledger.CAPTURED, hold.money, now)
    hold.state = HoldState.CAPTURED
    hold.events.append(HoldEventRow(state=HoldState.CAPTURED, at=now))
    session.flush()


def end(session: Session, hold: HoldRow, state: HoldState, now: datetime) -> bool:
    """End a hold as RETURNED, REFUNDED or FAILED; whether it was still to be ended.

    Each time the cent is the card's again, and by one movement only: all ends have its key.
    """
    if hold.state not in OPEN:
        return False
    key = f"hold:{hold.card.token}:end"
    payer = ledger.CAPTURED if hold.state == HoldState.CAPTURED else ledger.HELD
    ended_by = ledger.move(session, key, payer, OUTSIDE, hold.money, now)
    hold.state, hold.ended_at, hold.ended_by = state, now, ended_by.id
    hold.events.append(HoldEventRow(state=state, at=now))
    session.flush()
    return True


def due(session: Session, now: datetime) -> list[HoldRow]:
    """The holds whose time is over and which have not been ended yet, oldest first."""
    # Most often there are none, which is found out faster without the rows.
    return list(session.scalars(DUE, {"now": now})) if is_any_due(session, now) else []


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether the time of a hold is over that has not been ended yet."""
    return session.scalar(ANY_DUE, {"now": now}) is not None


def next_due(session: Session) -> datetime | None:
    """Return when the issuer is asked for the next cent; None if nothing is held."""
    return session.scalar(select(func.min(HoldRow.due_at)).where(HoldRow.state.in_(OPEN)))


def of_person(session: Session, phone: str) -> list[HoldRow]:
    """Every hold there ever was on the cards of that person, oldest first."""
    own = select(HoldRow).join(CardRow).where(CardRow.phone == phone)
    return list(session.scalars(own.order_by(HoldRow.id)))
