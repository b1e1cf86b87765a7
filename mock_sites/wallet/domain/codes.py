"""The six digits that confirm a payment (W1.6, W2.6)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from ...shared.values.one_time_codes import new_code, parse_code
from ...shared.values.refusal import Refusal
from ..store import PaymentRow, SentCodeRow, WrongCodeRow
from . import code_limits

VALID_FOR = timedelta(minutes=5)
NEW_ONE_AFTER = timedelta(seconds=30)
SECOND = timedelta(seconds=1)
WRONG_ALLOWED = 5

# Built once: every step of a payment asks for them.
SENT = (
    select(SentCodeRow)
    .where(SentCodeRow.payment_uid == bindparam("payment_uid"))
    .order_by(SentCodeRow.number.desc())
)


@dataclass(frozen=True)
class NewCode:
    """A code on its way to the phone; ``number`` counts the messages of its payment from 1."""

    digits: str
    number: int


class Codes:
    """Makes codes and checks them; keeps only a hash, keyed with the site's secret.

    The hash covers the payment, its amount and its payee, so that a code confirms nothing else.
    """

    def __init__(self, secret_key: str) -> None:
        self._key = secret_key.encode()

    def issue(self, session: Session, payment: PaymentRow, now: datetime) -> NewCode:
        """A new code for the payment, which makes the earlier ones worthless.

        Raises Refusal ``code.too-soon`` within thirty seconds of the earlier one, and those of
        :func:`code_limits.check_messages`.
        """
        newest = newest_code(session, payment)
        seconds = 0 if newest is None else seconds_until_new(newest, now)
        if seconds:
            raise Refusal("code.too-soon", "code", seconds=seconds)
        code_limits.check_messages(session, payment.buyer_id, now)
        digits = new_code()
        code = NewCode(digits, 1 if newest is None else newest.number + 1)
        session.add(
            SentCodeRow(
                payment_uid=payment.uid,
                number=code.number,
                buyer_id=payment.buyer_id,
                digest=self.digest(payment, digits),
                sent_at=now,
            )
        )
        return code

    def check(
        self, session: Session, payment: PaymentRow, typed: str, now: datetime
    ) -> Refusal | None:
        """None if ``typed`` is the payment's newest code, else why not; counts the wrong ones.

        Not counted are what cannot be a code, and the code of an earlier message: neither tells
        anything about the newest one. The refusal is returned, not raised, so that the count is
        kept when the transaction ends.
        """
        try:
            digest = self.digest(payment, parse_code(typed))
        except Refusal as refusal:
            return refusal
        codes = sent_codes(session, payment)
        if not codes:
            return Refusal("code.expired", "code")
        newest, *earlier = codes
        if hmac.compare_digest(newest.digest, digest):
            return None if is_valid(newest, now) else Refusal("code.expired", "code")
        for code in earlier:
            if hmac.compare_digest(code.digest, digest):
                numbers = {"number": code.number, "newest": newest.number}
                return Refusal("code.superseded", "code", **numbers)
        return _count_wrong(session, payment, now)

    def forget(self, session: Session, payment: PaymentRow) -> None:
        """Keep of the payment's codes only that they were sent: it is paid."""
        own = SentCodeRow.payment_uid == payment.uid
        session.execute(update(SentCodeRow).where(own).values(digest=""))

    def digest(self, payment: PaymentRow, digits: str) -> str:
        """Compute the keyed hash of a code; it covers the payment, its amount and its payee."""
        bound_to = (payment.uid, payment.amount, payment.currency, payment.payee, digits)
        return hmac.new(self._key, "|".join(map(str, bound_to)).encode(), "sha256").hexdigest()


def sent_codes(session: Session, payment: PaymentRow) -> list[SentCodeRow]:
    """The codes that were sent for the payment, newest first."""
    return list(session.scalars(SENT, {"payment_uid": payment.uid}))


def newest_code(session: Session, payment: PaymentRow) -> SentCodeRow | None:
    """The code of the payment's newest message; None before the first one."""
    return next(iter(sent_codes(session, payment)), None)


def seconds_until_new(code: SentCodeRow, now: datetime) -> int:
    """Return the whole seconds until the next code may be requested; 0 if it may be now."""
    left = (code.sent_at + NEW_ONE_AFTER - now).total_seconds()
    return max(0, -int(-left // 1))


def new_one_from(code: SentCodeRow) -> datetime:
    """Return the first whole second at which the next code may be requested."""
    moment = code.sent_at + NEW_ONE_AFTER
    return moment if not moment.microsecond else moment.replace(microsecond=0) + SECOND


def is_valid(code: SentCodeRow, now: datetime) -> bool:
    """Whether the newest code of a payment still confirms it."""
    return now < code.sent_at + VALID_FOR


def _count_wrong(session: Session, payment: PaymentRow, now: datetime) -> Refusal:
    session.add(
        WrongCodeRow(
            payment_uid=payment.uid, bill_uid=payment.bill_uid, buyer_id=payment.buyer_id, at=now
        )
    )
    session.flush()
    left = WRONG_ALLOWED - code_limits.wrong_codes(session, WrongCodeRow.payment_uid == payment.uid)
    if left <= 0:
        return Refusal("payment.ended")
    locked = code_limits.lock(session, payment, now)
    left = min(left, code_limits.tries_left(session, payment, now))
    return locked or Refusal("code.wrong", "code", left=left)
