"""The six digits that confirm a payment (W1.6, W2.6)."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from mock_sites.money import typed_digits
from mock_sites.refusal import Refusal
from mock_sites.wallet.store import Code, Payment

DIGITS = 6
VALID_FOR = timedelta(minutes=5)
NEW_ONE_AFTER = timedelta(seconds=30)
WRONG_ALLOWED = 5


class Codes:
    """Makes codes and checks them; keeps only a hash, keyed with the site's secret.

    The hash covers the payment, its amount and its payee, so that a code confirms nothing else.
    """

    def __init__(self, secret_key: str) -> None:
        self._key = secret_key.encode()

    def issue(self, session: Session, payment: Payment, now: datetime) -> str:
        """A new code for the payment, which makes the earlier one worthless.

        Raises Refusal ``code.too-soon`` within thirty seconds of the earlier one.
        """
        code = session.get(Code, payment.uid)
        if code is not None and now < code.sent_at + NEW_ONE_AFTER:
            raise Refusal("code.too-soon", "code", seconds=seconds_until_new(code, now))
        if code is None:
            code = Code(payment_uid=payment.uid, wrong=0)
            session.add(code)
        digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        code.digest, code.sent_at = self._digest(payment, digits), now
        return digits

    def check(
        self, session: Session, payment: Payment, typed: str, now: datetime
    ) -> Refusal | None:
        """None where ``typed`` is the payment's code, else why not; counts the wrong ones.

        The refusal is answered, not raised, so that the count is kept when the transaction ends.
        """
        digits = "".join(typed_digits(typed).split())
        code = session.get(Code, payment.uid)
        if not digits:
            return Refusal("code.empty", "code")
        if code is None:
            return Refusal("code.expired", "code")
        if not hmac.compare_digest(code.digest, self._digest(payment, digits)):
            code.wrong += 1
            left = WRONG_ALLOWED - code.wrong
            return Refusal("code.wrong", "code", left=left) if left else Refusal("payment.ended")
        if now >= code.sent_at + VALID_FOR:
            return Refusal("code.expired", "code")
        return None

    def _digest(self, payment: Payment, digits: str) -> str:
        bound_to = (payment.uid, payment.amount, payment.currency, payment.payee, digits)
        return hmac.new(self._key, "|".join(map(str, bound_to)).encode(), "sha256").hexdigest()


def seconds_until_new(code: Code, now: datetime) -> int:
    """How many whole seconds until the next code may be asked for; 0 when it may be now."""
    left = (code.sent_at + NEW_ONE_AFTER - now).total_seconds()
    return max(0, -int(-left // 1))
