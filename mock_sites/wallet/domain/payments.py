"""Payments: what a buyer enters, checks, and confirms with a code (W1.4-W1.6, W2.6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.values import published_refusals
from ...shared.values.money import Money
from ...shared.values.refusal import NotFound, Refusal
from ..store import Bill, Buyer, Payment, SentCode
from . import bills, code_limits, ledger, notifications
from .buyers import owner_of
from .catalogue import Payee
from .codes import Codes, NewCode, is_valid, newest_code, seconds_until_new

# Tells the buyer's phone the code of a payment. Raises Refusal where it cannot.
SendCode = Callable[[str, NewCode, Payment], None]
# Not paid yet, and not ended: it can be gone on with.
OPEN = ("ENTERED", "CONFIRMING")


class Payments:
    """The payments of all buyers. Each method is one transaction: it happens wholly or not."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        codes: Codes,
        send_code: SendCode,
        notices_wanted: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._codes = codes
        self._send_code = send_code
        self._notices_wanted = notices_wanted

    def enter(self, buyer: Buyer, payee: Payee, account: str, money: Money) -> Payment:
        """What the buyer typed into a payee's form, kept for the check page (W1.4).

        ``account`` and ``money`` are what the payee's rules read in it. Raises Refusal
        ``amount.above-balance``, or what the table of refusals has for the account.
        """
        entered = {payee.account_label: account}
        refusal = published_refusals.of_account(account)
        if refusal is not None:
            raise refusal
        with self._database.transaction() as session:
            if _missing(session, buyer, money):
                available = ledger.account(session, owner_of(buyer.id), money.currency).money
                raise Refusal("amount.above-balance", "amount", available=available)
            payment = self._new(buyer, f"payee:{payee.slug}", payee.name, money, entered)
            session.add(payment)
        return payment

    def enter_for_bill(
        self, buyer: Buyer, uid: str, means: str | None, success_url: str | None
    ) -> Payment:
        """A payment for a shop's invoice with the means that was chosen (W2.5, W2.6).

        The buyer's open payment of that invoice is gone on with, if there is one. Raises NotFound
        for another's bill, Refusal ``bill.paid|rejected|expired``, ``means.not-enabled`` or
        ``balance.short``.
        """
        with self._database.transaction() as session:
            bill = bills.payable_by(session, buyer, uid, self._clock.now())
            if means not in bills.ENABLED_MEANS or means not in bills.means_of(bill):
                raise Refusal("means.not-enabled")
            missing = _missing(session, buyer, bill.money)
            if missing:
                raise Refusal("balance.short", missing=Money(missing, bill.currency))
            payment = _open_for(session, buyer, bill)
            if payment is None:
                shop = bills.shop_name(session, bill)
                payment = self._new(buyer, f"merchant:{bill.site_id}", shop, bill.money, {})
                payment.bill_uid = bill.uid
                session.add(payment)
            payment.success_url = success_url or payment.success_url
        return payment

    def get(self, buyer: Buyer, uid: str) -> Payment:
        """The buyer's own payment. Raises NotFound, for another's too."""
        with self._database.transaction() as session:
            return _own(session, buyer, uid)

    def begin_confirming(self, buyer: Buyer, uid: str) -> Payment:
        """The buyer has checked everything: a code goes to the phone (W1.5).

        Pressed again it sends nothing more while the code that went out can still be entered.
        Raises NotFound, or Refusal as :meth:`send_new_code` does.
        """
        now = self._clock.now()
        with self._database.transaction() as session:
            payment = _own(session, buyer, uid)
            if payment.status not in OPEN or _awaits_code(session, payment, now):
                return payment
            payment.status = "CONFIRMING"
            code = self._issue(session, payment, now)
        self._send_code(buyer.phone, code, payment)
        return payment

    def send_new_code(self, buyer: Buyer, uid: str) -> None:
        """Another code, which makes the earlier ones worthless.

        Raises NotFound, or Refusal ``code.locked``, ``code.invoice-locked``, ``code.too-soon``,
        ``code.too-many-messages`` or ``code.not-sent``.
        """
        with self._database.transaction() as session:
            payment = _own(session, buyer, uid)
            if payment.status != "CONFIRMING":
                return
            code = self._issue(session, payment, self._clock.now())
        self._send_code(buyer.phone, code, payment)

    def newest_code(self, payment: Payment) -> SentCode | None:
        """The newest message of the payment; None before the first one."""
        with self._database.reading() as session:
            return newest_code(session, payment)

    def seconds_until_new_code(self, payment: Payment) -> int:
        """How long until another code may be asked for."""
        code = self.newest_code(payment)
        return 0 if code is None else seconds_until_new(code, self._clock.now())

    def lock(self, payment: Payment) -> Refusal | None:
        """Why the buyer cannot confirm this payment, or begin it again, for now; else None."""
        with self._database.reading() as session:
            return code_limits.lock(session, payment, self._clock.now())

    def confirm(self, buyer: Buyer, uid: str, typed_code: str) -> Payment:
        """Pay, if the code is right (W1.6, W2.6). A payment already made is answered as it is.

        Raises NotFound, or Refusal ``code.empty|not-six-digits|wrong|superseded|expired``,
        ``code.locked``, ``code.invoice-locked``, ``payment.ended``, ``balance.short``,
        ``bill.paid|rejected|expired``, or what the table of refusals has for the amount.
        """
        now = self._clock.now()
        with self._database.transaction() as session:
            payment = _own(session, buyer, uid)
            if payment.status == "PAID":
                return payment
            refusal = self._refusal(session, payment, typed_code, now)
            if refusal is None:
                self._pay(session, buyer, payment, now)
        if refusal is not None:
            raise refusal
        self._notices_wanted()
        return payment

    def _refusal(
        self, session: Session, payment: Payment, typed_code: str, now: datetime
    ) -> Refusal | None:
        if payment.status == "ENDED":
            return Refusal("payment.ended")
        if payment.status == "ENTERED":
            return Refusal("payment.not-checked")
        refusal = code_limits.lock(session, payment, now) or self._codes.check(
            session, payment, typed_code, now
        )
        if refusal is not None and refusal.code == "payment.ended":
            payment.status = "ENDED"
        if refusal is None and payment.bill_uid is None:
            return published_refusals.of_amount(payment.money)
        return refusal

    def _pay(self, session: Session, buyer: Buyer, payment: Payment, now: datetime) -> None:
        bill = None
        if payment.bill_uid is not None:
            bill = bills.payable_by(session, buyer, payment.bill_uid, now)
        # A bill gives its own name to the movement: the books themselves know it as paid.
        key = f"payment:{payment.uid}" if bill is None else f"bill:{bill.uid}"
        movement = ledger.move(session, key, owner_of(buyer.id), payment.payee, payment.money, now)
        payment.status, payment.paid_at, payment.movement_id = "PAID", now, movement.id
        self._codes.forget(session, payment)
        if bill is not None:
            _mark_paid(session, bill, now)

    def _issue(self, session: Session, payment: Payment, now: datetime) -> NewCode:
        locked = code_limits.lock(session, payment, now)
        if locked is not None:
            raise locked
        return self._codes.issue(session, payment, now)

    def _new(
        self, buyer: Buyer, payee: str, name: str, money: Money, entered: dict[str, str]
    ) -> Payment:
        return Payment(
            uid=str(uuid4()),
            buyer_id=buyer.id,
            payee=payee,
            payee_name=name,
            entered=entered,
            amount=money.minor,
            currency=money.currency,
            status="ENTERED",
            created_at=self._clock.now(),
        )


def _mark_paid(session: Session, bill: Bill, now: datetime) -> None:
    bill.status, bill.changed_at = "PAID", now
    notifications.queue(session, bill, now)


def _own(session: Session, buyer: Buyer, uid: str) -> Payment:
    payment = session.get(Payment, uid, with_for_update=True)
    if payment is None or payment.buyer_id != buyer.id:
        raise NotFound(uid)
    return payment


def _open_for(session: Session, buyer: Buyer, bill: Bill) -> Payment | None:
    own = (Payment.bill_uid == bill.uid) & (Payment.buyer_id == buyer.id)
    newest = select(Payment).where(own, Payment.status.in_(OPEN))
    return session.scalars(newest.order_by(Payment.created_at.desc()).limit(1)).first()


def _awaits_code(session: Session, payment: Payment, now: datetime) -> bool:
    """Whether the payment's newest code went out and can still be entered."""
    code = newest_code(session, payment)
    return payment.status == "CONFIRMING" and code is not None and is_valid(code, now)


def _missing(session: Session, buyer: Buyer, money: Money) -> int:
    account = ledger.account(session, owner_of(buyer.id), money.currency)
    return max(0, money.minor - account.balance)
