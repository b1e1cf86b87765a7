"""The limits on wrong codes and on messages of a buyer (W1.6, W2.6).

Both are counted in rows, inside the transaction that adds one: parallel callers and restarts
get no more than one caller does. Moments are those of the stack's clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Integer, bindparam, func, select
from sqlalchemy.orm import Session

from ...shared.values.refusal import Refusal
from ..store import PaymentRow, SentCodeRow, WrongCodeRow

# This number of wrong codes within the window locks confirming, counted from the last of them.
# It must not end before the window does, or the same wrong codes would lock again.
WINDOW = LOCKED_FOR = timedelta(hours=1)
WRONG_FOR_INVOICE = 10
WRONG_FOR_BUYER = 15
# The number of messages with codes that one buyer can get within a time.
MESSAGES = ((timedelta(minutes=1), 10), (timedelta(hours=1), 60))
# Before every moment of the clock: what lasts until then is not locked.
NEVER = datetime.min.replace(tzinfo=UTC)

# Built once: when the newest message but ``earlier`` ones was sent to a buyer.
NEWEST_SENT = (
    select(SentCodeRow.sent_at)
    .where(SentCodeRow.buyer_id == bindparam("buyer_id"))
    .order_by(SentCodeRow.sent_at.desc())
    .offset(bindparam("earlier", type_=Integer()))
    .limit(1)
)


def lock(session: Session, payment: PaymentRow, now: datetime) -> Refusal | None:
    """Return why the payment cannot be confirmed now, even with the right code; else None.

    The refusal is ``code.locked`` or ``code.invoice-locked``; its fact ``until`` is the moment
    from which it can.
    """
    until, reason = max(
        (_locked_until(session, own, allowed), reason) for reason, allowed, own in _limits(payment)
    )
    return Refusal(reason, "code", until=until) if now < until else None


def tries_left(session: Session, payment: PaymentRow, now: datetime) -> int:
    """Count the wrong codes that are left before the invoice or the buyer is locked."""
    recent = WrongCodeRow.at > now - WINDOW
    return min(allowed - wrong_codes(session, own & recent) for _, allowed, own in _limits(payment))


def wrong_codes(session: Session, condition: ColumnElement[bool]) -> int:
    """Count the wrong codes that meet ``condition``."""
    return session.scalar(select(func.count()).select_from(WrongCodeRow).where(condition)) or 0


def check_messages(session: Session, buyer_id: int, now: datetime) -> None:
    """Raise Refusal ``code.too-many-messages`` if the buyer has had too many messages lately.

    Its fact ``until`` is the moment from which the next one can be sent.
    """
    until = max(_full_until(session, buyer_id, span, most) for span, most in MESSAGES)
    if now < until:
        raise Refusal("code.too-many-messages", "code", until=until)


def _limits(payment: PaymentRow) -> Iterator[tuple[str, int, ColumnElement[bool]]]:
    """The refusal, the number allowed and the wrong codes that count, of each limit."""
    own = WrongCodeRow.buyer_id == payment.buyer_id
    yield "code.locked", WRONG_FOR_BUYER, own
    if payment.bill_uid is not None:
        # Of this buyer only: nobody can lock an invoice for somebody else.
        yield (
            "code.invoice-locked",
            WRONG_FOR_INVOICE,
            own & (WrongCodeRow.bill_uid == payment.bill_uid),
        )


def _locked_until(session: Session, own: ColumnElement[bool], allowed: int) -> datetime:
    moments = select(WrongCodeRow.at).where(own).order_by(WrongCodeRow.at.desc()).limit(allowed)
    newest = session.scalars(moments).all()
    if len(newest) < allowed or newest[0] - newest[-1] >= WINDOW:
        return NEVER
    return newest[0] + LOCKED_FOR


def _full_until(session: Session, buyer_id: int, span: timedelta, most: int) -> datetime:
    oldest = session.scalar(NEWEST_SENT, {"buyer_id": buyer_id, "earlier": most - 1})
    return NEVER if oldest is None else oldest + span
