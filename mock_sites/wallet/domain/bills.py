"""Bills: the invoices that shops issue into a buyer's wallet (W2.2-W2.6)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Integer, Select, bindparam, func, select, update
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database, only_reads
from ...shared.values.money import Money
from ...shared.values.refusal import NotFound, Refusal
from ..store import BillRow, BillStatus, BuyerRow, MerchantRow
from .given_back import GivenBack, given_back

LONGEST_LIFE = timedelta(days=45)
PAYMENT_METHODS = ("qw", "card", "mobile")
# Cards and phone balances are offered, but enabled for nobody in this simulation.
ENABLED_PAYMENT_METHODS = ("qw",)

# Built once: they are asked for with every page and every call of a merchant.
_OVERDUE = (BillRow.status == BillStatus.WAITING) & (BillRow.expires_at <= bindparam("now"))
ANY_OVERDUE = select(BillRow.uid).where(_OVERDUE).limit(1)
EXPIRE = (
    update(BillRow).where(_OVERDUE).values(status=BillStatus.EXPIRED, changed_at=BillRow.expires_at)
)
OF_MERCHANT = select(BillRow).where(
    BillRow.site_id == bindparam("site_id"), BillRow.bill_id == bindparam("bill_id")
)
HELD_OF_MERCHANT = OF_MERCHANT.with_for_update()
PHONE = select(BillRow.phone).where(
    BillRow.site_id == bindparam("site_id"), BillRow.bill_id == bindparam("bill_id")
)
OF_UID = select(BillRow).where(BillRow.uid == bindparam("uid"))
HELD = OF_UID.with_for_update()
SHOP_NAME = select(MerchantRow.name).where(MerchantRow.site_id == bindparam("site_id"))


@dataclass(frozen=True)
class NewBill:
    """A merchant's request for a bill."""

    bill_id: str
    money: Money
    expires_at: datetime
    comment: str | None
    customer: dict[str, Any]
    phone: str | None
    custom_fields: dict[str, str]


@dataclass(frozen=True)
class Invoice:
    """A bill as its payer sees it: with the name of the shop, and what it gave back."""

    bill: BillRow
    shop: str
    given_back: GivenBack

    @property
    def payment_methods(self) -> tuple[str, ...]:
        """The payment methods that the shop takes for it (W2.5)."""
        return payment_methods_of(self.bill)

    def can_be_paid_with(self, payment_method: str | None) -> bool:
        """Whether it waits to be paid, and may be paid that way."""
        return (
            self.bill.status == BillStatus.WAITING
            and payment_method in ENABLED_PAYMENT_METHODS
            and payment_method in self.payment_methods
        )


class Bills:
    """All merchants' bills."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        # Built once: the pages that show them are opened most.
        self._recent, self._unpaid = _recent_bills(), _unpaid_bills()

    def issue(self, merchant: MerchantRow, wanted: NewBill) -> BillRow:
        """The bill, new or (the same asked for again) the one there is.

        Raises Refusal ``bill.past-due`` or, for other data under a used id, ``bill.conflict``.
        """
        now = self.clock.now()
        with self.database.transaction() as session:
            bill = _find(session, merchant, wanted.bill_id, now)
            if bill is None:
                if wanted.expires_at <= now:
                    raise Refusal("bill.past-due", "expirationDateTime")
                bill = new_bill(merchant, wanted, now)
                session.add(bill)
            elif not _same(bill, wanted):
                raise Refusal("bill.conflict", "billId")
        return bill

    def read(self, merchant: MerchantRow, bill_id: str) -> BillRow:
        """The merchant's bill of that id. Raises NotFound."""
        now = self.clock.now()
        with self._reading(now) as session:
            return own_bill(session, merchant, bill_id, now)

    def phone_of(self, site_id: str, bill_id: str) -> str | None:
        """The phone (E.164) of the payer of a merchant's bill; None if nobody is named."""
        with self.database.reading() as session:
            return session.scalar(PHONE, {"site_id": site_id, "bill_id": bill_id})

    def reject(self, merchant: MerchantRow, bill_id: str) -> BillRow:
        """Cancel an unpaid bill; one already cancelled is answered as it is.

        Raises NotFound, or Refusal ``bill.paid`` or ``bill.expired``.
        """
        now = self.clock.now()
        with self.database.transaction() as session:
            bill = own_bill(session, merchant, bill_id, now)
            if bill.status in (BillStatus.PAID, BillStatus.EXPIRED):
                raise Refusal(f"bill.{bill.status.lower()}")
            if bill.status == BillStatus.WAITING:
                bill.status, bill.changed_at = BillStatus.REJECTED, now
        return bill

    def recent(self, buyer: BuyerRow, limit: int = 20) -> list[Invoice]:
        """The buyer's invoices, newest first (W2.4)."""
        with self._reading(self.clock.now()) as session:
            found = session.execute(self._recent, {"phone": buyer.phone, "most": limit}).all()
            back = given_back(session, [(bill.uid, bill.money) for bill, _ in found])
            return [Invoice(bill, name, back[bill.uid]) for bill, name in found]

    def unpaid(self, buyer: BuyerRow) -> int:
        """Count the buyer's unpaid invoices (W2.3)."""
        waiting = {"phone": buyer.phone, "now": self.clock.now()}
        with self.database.reading() as session:
            return session.scalar(self._unpaid, waiting) or 0

    def invoice(self, buyer: BuyerRow, uid: str) -> Invoice:
        """An invoice that this buyer may see. Raises NotFound, for another's too."""
        now = self.clock.now()
        with self._reading(now) as session:
            bill = _visible(session, buyer, uid, now)
            back = given_back(session, [(bill.uid, bill.money)])[bill.uid]
            return Invoice(bill, shop_name(session, bill), back)

    @contextmanager
    def _reading(self, now: datetime) -> Iterator[Session]:
        """A session that reads what is up to date; it waits for nobody unless a bill is overdue."""
        with self.database.reading() as session:
            overdue = session.scalar(ANY_OVERDUE, {"now": now}) is not None
            if not overdue:
                yield session
        if overdue:
            with self.database.transaction() as session:
                expire_overdue(session, now)
                yield session


def _recent_bills() -> Select[BillRow, str]:
    """The statement of a phone's bills and their shops, newest first."""
    return (
        select(BillRow, MerchantRow.name)
        .join(MerchantRow)
        .where(BillRow.phone == bindparam("phone"))
        .order_by(BillRow.created_at.desc(), BillRow.uid)
        .limit(bindparam("most", type_=Integer()))
    )


def _unpaid_bills() -> Select[int]:
    """The statement of how many bills of a phone can still be paid."""
    waiting = (BillRow.phone == bindparam("phone")) & (BillRow.status == BillStatus.WAITING)
    waiting &= BillRow.expires_at > bindparam("now")
    return select(func.count()).select_from(BillRow).where(waiting)


def payable_by(session: Session, buyer: BuyerRow, uid: str, now: datetime) -> BillRow:
    """The bill, if this buyer may pay it now.

    Raises NotFound, or Refusal ``bill.paid``, ``bill.rejected`` or ``bill.expired``.
    """
    bill = _visible(session, buyer, uid, now)
    if bill.status != BillStatus.WAITING:
        raise Refusal(f"bill.{bill.status.lower()}")
    return bill


def payment_methods_of(bill: BillRow) -> tuple[str, ...]:
    """The payment methods that the merchant takes: all, or those of its paySourcesFilter."""
    wanted = bill.custom_fields.get("paySourcesFilter", "").split(",")
    return tuple(each for each in PAYMENT_METHODS if each in wanted) or PAYMENT_METHODS


def shop_name(session: Session, bill: BillRow) -> str:
    """The name of the shop that issued the bill."""
    return session.scalars(SHOP_NAME, {"site_id": bill.site_id}).one()


def own_bill(session: Session, merchant: MerchantRow, bill_id: str, now: datetime) -> BillRow:
    """The merchant's bill of that id. Raises NotFound."""
    bill = _find(session, merchant, bill_id, now)
    if bill is None:
        raise NotFound(bill_id)
    return bill


def _visible(session: Session, buyer: BuyerRow, uid: str, now: datetime) -> BillRow:
    """A bill made out to the buyer's phone, or to nobody's: then its address is the key."""
    expire_overdue(session, now)
    bill = session.scalar(OF_UID if only_reads(session) else HELD, {"uid": uid})
    if bill is None or bill.phone not in (None, buyer.phone):
        raise NotFound(uid)
    return bill


def _find(session: Session, merchant: MerchantRow, bill_id: str, now: datetime) -> BillRow | None:
    expire_overdue(session, now)
    own = {"site_id": merchant.site_id, "bill_id": bill_id}
    return session.scalar(OF_MERCHANT if only_reads(session) else HELD_OF_MERCHANT, own)


def expire_overdue(session: Session, now: datetime) -> None:
    """A bill that was not paid in time is EXPIRED from that moment, before anything reads it."""
    if only_reads(session):
        # It was begun because none is.
        return
    # Most often none is: finding that out costs less than an update of nothing.
    if session.scalar(ANY_OVERDUE, {"now": now}) is not None:
        session.execute(EXPIRE, {"now": now})


def new_bill(merchant: MerchantRow, wanted: NewBill, now: datetime) -> BillRow:
    """Make the row of a bill that the merchant asks for; it lives 45 days at most."""
    return BillRow(
        uid=str(uuid4()),
        site_id=merchant.site_id,
        bill_id=wanted.bill_id,
        amount=wanted.money.minor,
        currency=wanted.money.currency,
        phone=wanted.phone,
        comment=wanted.comment,
        customer=wanted.customer,
        custom_fields=wanted.custom_fields,
        status=BillStatus.WAITING,
        changed_at=now,
        created_at=now,
        expires_at=min(wanted.expires_at, now + LONGEST_LIFE),
    )


def _same(bill: BillRow, wanted: NewBill) -> bool:
    longest = bill.created_at + LONGEST_LIFE
    return (
        bill.money == wanted.money
        and bill.comment == wanted.comment
        and bill.customer == wanted.customer
        and bill.custom_fields == wanted.custom_fields
        and bill.expires_at == min(wanted.expires_at, longest)
    )
