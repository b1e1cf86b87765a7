"""Payments: what a buyer enters, checks, and confirms with a code (W1.4-W1.6, W2.6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database, only_reads
from ...shared.values import published_refusals
from ...shared.values.money import Money
from ...shared.values.refusal import NotFound, Refusal
from ..store import BillRow, BillStatus, BuyerRow, PaymentRow, PaymentStatus, SentCodeRow
from . import bills, code_limits, ledger, notifications
from .buyers import owner_of
from .catalogue import Payee
from .codes import Codes, NewCode, is_valid, newest_code, seconds_until_new

# Tells the buyer's phone the code of a payment. Raises Refusal if it cannot.
SendCode = Callable[[str, NewCode, PaymentRow], None]
# Not paid yet, and not ended: it can be gone on with.
OPEN = (PaymentStatus.ENTERED, PaymentStatus.CONFIRMING)

# Built once: every page and every step of a payment begins with one of them.
OF_UID = select(PaymentRow).where(PaymentRow.uid == bindparam("uid"))
HELD = OF_UID.with_for_update()
OPEN_FOR_BILL = (
    select(PaymentRow)
    .where(
        PaymentRow.bill_uid == bindparam("bill_uid"),
        PaymentRow.buyer_id == bindparam("buyer_id"),
        PaymentRow.status.in_(OPEN),
    )
    .order_by(PaymentRow.created_at.desc())
    .limit(1)
)


class Payments:
    """The payments of all buyers. Each method is one transaction: it happens wholly or not."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        codes: Codes,
        send_code: SendCode,
        wake_sender: Callable[[], None],
    ) -> None:
        self.database = database
        self.clock = clock
        self._codes = codes
        self._send_code = send_code
        self._wake_sender = wake_sender

    def enter(self, buyer: BuyerRow, payee: Payee, account: str, money: Money) -> PaymentRow:
        """Keep what the buyer entered in a payee's form, for the check page (W1.4).

        ``account`` and ``money`` are what the payee's rules read in it. Raises Refusal
        ``amount.above-balance``, or what the table of refusals has for the account.
        """
        entered = {payee.account_label: account}
        refusal = published_refusals.of_account(account)
        if refusal is not None:
            raise refusal
        with self.database.transaction() as session:
            if missing_money(session, buyer, money):
                available = ledger.account(session, owner_of(buyer.id), money.currency).money
                raise Refusal("amount.above-balance", "amount", available=available)
            payment = self._new(buyer, f"payee:{payee.slug}", payee.name, money, entered)
            session.add(payment)
        return payment

    def enter_for_bill(
        self, buyer: BuyerRow, uid: str, payment_method: str | None, success_url: str | None
    ) -> PaymentRow:
        """A payment for a shop's invoice with the payment method that was chosen (W2.5, W2.6).

        The buyer's open payment of that invoice is gone on with, if there is one. Raises NotFound
        for another's bill, Refusal ``bill.paid|rejected|expired``, ``payment_method.not-enabled``
        or ``balance.insufficient``.
        """
        with self.database.transaction() as session:
            bill = bills.payable_by(session, buyer, uid, self.clock.now())
            if (
                payment_method not in bills.ENABLED_PAYMENT_METHODS
                or payment_method not in bills.payment_methods_of(bill)
            ):
                raise Refusal("payment_method.not-enabled")
            missing = missing_money(session, buyer, bill.money)
            if missing:
                raise Refusal("balance.insufficient", missing=Money(missing, bill.currency))
            payment = open_payment_for(session, buyer, bill)
            if payment is None:
                shop = bills.shop_name(session, bill)
                payment = self._new(buyer, f"merchant:{bill.site_id}", shop, bill.money, {})
                payment.bill_uid = bill.uid
                session.add(payment)
            payment.success_url = success_url or payment.success_url
        return payment

    def get(self, buyer: BuyerRow, uid: str) -> PaymentRow:
        """The buyer's own payment. Raises NotFound, for another's too."""
        with self.database.reading() as session:
            return own_payment(session, buyer, uid)

    def begin_confirming(self, buyer: BuyerRow, uid: str) -> PaymentRow:
        """The buyer has checked everything: a code goes to the phone (W1.5).

        Pressed again it sends nothing more while the code that went out can still be entered.
        Raises NotFound, or Refusal as :meth:`send_new_code` does.
        """
        now = self.clock.now()
        with self.database.transaction() as session:
            payment = own_payment(session, buyer, uid)
            if payment.status not in OPEN or _awaits_code(session, payment, now):
                return payment
            payment.status = PaymentStatus.CONFIRMING
            code = self._issue(session, payment, now)
        self._send_code(buyer.phone, code, payment)
        return payment

    def send_new_code(self, buyer: BuyerRow, uid: str) -> None:
        """Another code, which makes the earlier ones worthless.

        Raises NotFound, or Refusal ``code.locked``, ``code.invoice-locked``, ``code.too-soon``,
        ``code.too-many-messages`` or ``code.not-sent``.
        """
        with self.database.transaction() as session:
            payment = own_payment(session, buyer, uid)
            if payment.status != PaymentStatus.CONFIRMING:
                return
            code = self._issue(session, payment, self.clock.now())
        self._send_code(buyer.phone, code, payment)

    def newest_code(self, payment: PaymentRow) -> SentCodeRow | None:
        """The newest message of the payment; None before the first one."""
        with self.database.reading() as session:
            return newest_code(session, payment)

    def seconds_until_new_code(self, payment: PaymentRow) -> int:
        """Return the seconds until another code may be requested."""
        code = self.newest_code(payment)
        return 0 if code is None else seconds_until_new(code, self.clock.now())

    def lock(self, payment: PaymentRow) -> Refusal | None:
        """Return why the buyer cannot confirm or restart this payment for now; else None."""
        with self.database.reading() as session:
            return code_limits.lock(session, payment, self.clock.now())

    def confirm(self, buyer: BuyerRow, uid: str, typed_code: str) -> PaymentRow:
        """Pay, if the code is right (W1.6, W2.6). A payment already made is answered as it is.

        Raises NotFound, or Refusal ``code.empty|not-six-digits|wrong|superseded|expired``,
        ``code.locked``, ``code.invoice-locked``, ``payment.ended``, ``balance.insufficient``,
        ``bill.paid|rejected|expired``, or what the table of refusals has for the amount.
        """
        now = self.clock.now()
        with self.database.transaction() as session:
            payment = own_payment(session, buyer, uid)
            if payment.status == PaymentStatus.PAID:
                return payment
            refusal = self._refusal(session, payment, typed_code, now)
            if refusal is None:
                self.pay(session, buyer, payment, now)
        if refusal is not None:
            raise refusal
        self._wake_sender()
        return payment

    def _refusal(
        self, session: Session, payment: PaymentRow, typed_code: str, now: datetime
    ) -> Refusal | None:
        if payment.status == PaymentStatus.ENDED:
            return Refusal("payment.ended")
        if payment.status == PaymentStatus.ENTERED:
            return Refusal("payment.not-checked")
        refusal = code_limits.lock(session, payment, now) or self._codes.check(
            session, payment, typed_code, now
        )
        if refusal is not None and refusal.code == "payment.ended":
            payment.status = PaymentStatus.ENDED
        if refusal is None and payment.bill_uid is None:
            return published_refusals.of_amount(payment.money)
        return refusal

    def pay(self, session: Session, buyer: BuyerRow, payment: PaymentRow, now: datetime) -> None:
        """Move the money of a confirmed payment, in the caller's transaction.

        Raises Refusal as :func:`bills.payable_by` does, or ``balance.insufficient``.
        """
        bill = None
        if payment.bill_uid is not None:
            bill = bills.payable_by(session, buyer, payment.bill_uid, now)
        # A bill gives its own name to the movement: the books themselves know it as paid.
        key = f"payment:{payment.uid}" if bill is None else f"bill:{bill.uid}"
        movement = ledger.move(session, key, owner_of(buyer.id), payment.payee, payment.money, now)
        payment.status, payment.paid_at, payment.movement_id = PaymentStatus.PAID, now, movement.id
        self._codes.forget(session, payment)
        if bill is not None:
            _mark_paid(session, bill, now)

    def _issue(self, session: Session, payment: PaymentRow, now: datetime) -> NewCode:
        locked = code_limits.lock(session, payment, now)
        if locked is not None:
            raise locked
        return self._codes.issue(session, payment, now)

    def _new(
        self, buyer: BuyerRow, payee: str, name: str, money: Money, entered: dict[str, str]
    ) -> PaymentRow:
        return PaymentRow(
            uid=str(uuid4()),
            buyer_id=buyer.id,
            payee=payee,
            payee_name=name,
            entered=entered,
            amount=money.minor,
            currency=money.currency,
            status=PaymentStatus.ENTERED,
            created_at=self.clock.now(),
        )


def _mark_paid(session: Session, bill: BillRow, now: datetime) -> None:
    bill.status, bill.changed_at = BillStatus.PAID, now
    notifications.queue(session, bill, now)


def own_payment(session: Session, buyer: BuyerRow, uid: str) -> PaymentRow:
    """Find the buyer's own payment. Raises NotFound, for another's too."""
    payment = session.scalar(OF_UID if only_reads(session) else HELD, {"uid": uid})
    if payment is None or payment.buyer_id != buyer.id:
        raise NotFound(uid)
    return payment


def open_payment_for(session: Session, buyer: BuyerRow, bill: BillRow) -> PaymentRow | None:
    """Find the buyer's newest payment of that bill that is neither paid nor ended."""
    return session.scalar(OPEN_FOR_BILL, {"bill_uid": bill.uid, "buyer_id": buyer.id})


def _awaits_code(session: Session, payment: PaymentRow, now: datetime) -> bool:
    """Whether the payment's newest code went out and can still be entered."""
    code = newest_code(session, payment)
    return payment.status == PaymentStatus.CONFIRMING and code is not None and is_valid(code, now)


def missing_money(session: Session, buyer: BuyerRow, money: Money) -> int:
    """Compute how much the buyer's balance lacks of ``money``, in minor units; 0 if nothing."""
    account = ledger.account(session, owner_of(buyer.id), money.currency)
    return max(0, money.minor - account.balance)
