"""The wallet's rows. What the database can enforce of the books, it enforces here.

Money is kept by double entry: each movement takes an amount from one account and gives it to
another, so none can be made or lost. A movement carries a key that no second one may have, and
is never changed; a trigger carries it into the balances, which may not fall below zero.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    DDL,
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mock_sites.database import UtcDateTime
from mock_sites.money import Money
from mock_sites.people import PersonRow, SignInAttemptsRow

# The one account that may be overdrawn: where the money of the simulation comes from.
OUTSIDE = "outside"


class Base(DeclarativeBase):
    """The wallet's tables."""

    type_annotation_map: ClassVar = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        dict[str, str]: JSON,
    }


class Buyer(PersonRow, Base):
    """A person with a wallet."""

    __tablename__ = "buyers"


class SignInAttempts(SignInAttemptsRow, Base):
    """Wrong passwords in a row."""

    __tablename__ = "sign_in_attempts"


class Account(Base):
    """Somebody's money in one currency. ``owner`` is ``buyer:7``, ``merchant:steam``…"""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("owner", "currency"),
        UniqueConstraint("id", "currency"),
        CheckConstraint(f"balance >= 0 OR owner = '{OUTSIDE}'", name="never_overdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(80))
    currency: Mapped[str] = mapped_column(String(3))
    balance: Mapped[int] = mapped_column(default=0)

    @property
    def money(self) -> Money:
        """What lies in the account."""
        return Money(self.balance, self.currency)


class Movement(Base):
    """Money that went from one account to another, once; the currency is that of both."""

    __tablename__ = "movements"
    __table_args__ = (
        CheckConstraint("amount > 0", name="moves_something"),
        CheckConstraint("payer_id <> payee_id", name="moves_between_two"),
        ForeignKeyConstraint(["payer_id", "currency"], ["accounts.id", "accounts.currency"]),
        ForeignKeyConstraint(["payee_id", "currency"], ["accounts.id", "accounts.currency"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(300), unique=True)
    payer_id: Mapped[int]
    payee_id: Mapped[int]
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    at: Mapped[datetime]


class Merchant(Base):
    """A shop that issues invoices through the bill protocol."""

    __tablename__ = "merchants"

    site_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    secret_key: Mapped[str] = mapped_column(String(200), unique=True)
    public_key: Mapped[str] = mapped_column(String(200), unique=True)
    notification_url: Mapped[str | None] = mapped_column(String(2000))
    # Where a buyer may be sent after paying: the merchant's own origins.
    origins: Mapped[list[str]] = mapped_column(JSON, default=list)


class Bill(Base):
    """An invoice of a merchant, as the bill protocol knows it."""

    __tablename__ = "bills"
    __table_args__ = (
        UniqueConstraint("site_id", "bill_id"),
        CheckConstraint("amount > 0", name="bill_of_something"),
        CheckConstraint("status IN ('WAITING', 'PAID', 'REJECTED', 'EXPIRED')", name="bill_status"),
    )

    uid: Mapped[str] = mapped_column(String(36), primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("merchants.site_id"))
    bill_id: Mapped[str] = mapped_column(String(200))
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    phone: Mapped[str | None] = mapped_column(String(16), index=True)
    comment: Mapped[str | None] = mapped_column(String(255))
    customer: Mapped[dict[str, Any]]
    custom_fields: Mapped[dict[str, str]]
    status: Mapped[str] = mapped_column(String(10), default="WAITING")
    changed_at: Mapped[datetime]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    @property
    def money(self) -> Money:
        """What the shop asks for."""
        return Money(self.amount, self.currency)


class Refund(Base):
    """Money of a paid bill that the merchant gave back."""

    __tablename__ = "refunds"
    __table_args__ = (UniqueConstraint("bill_uid", "refund_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_uid: Mapped[str] = mapped_column(ForeignKey("bills.uid"))
    refund_id: Mapped[str] = mapped_column(String(200))
    amount: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]


class Payment(Base):
    """What a buyer is about to pay, or has paid: to a payee of the catalogue or for a bill."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount > 0", name="payment_of_something"),
        CheckConstraint(
            "status IN ('ENTERED', 'CONFIRMING', 'PAID', 'ENDED')", name="payment_status"
        ),
        # Paid means that money moved: neither stands without the other.
        CheckConstraint("(status = 'PAID') = (movement_id IS NOT NULL)", name="paid_by_a_movement"),
        Index(
            "one_payment_for_a_bill",
            "bill_uid",
            unique=True,
            sqlite_where=text("status = 'PAID'"),
            postgresql_where=text("status = 'PAID'"),
        ),
    )

    uid: Mapped[str] = mapped_column(String(36), primary_key=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyers.id"), index=True)
    payee: Mapped[str] = mapped_column(String(80))
    payee_name: Mapped[str] = mapped_column(String(200))
    entered: Mapped[dict[str, str]]
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    bill_uid: Mapped[str | None] = mapped_column(ForeignKey("bills.uid"))
    success_url: Mapped[str | None] = mapped_column(String(2000))
    status: Mapped[str] = mapped_column(String(10), default="ENTERED")
    created_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    movement_id: Mapped[int | None] = mapped_column(ForeignKey("movements.id"), unique=True)

    @property
    def money(self) -> Money:
        """What is paid."""
        return Money(self.amount, self.currency)


class Code(Base):
    """The code that confirms a payment: only a keyed hash of it, and only the newest one.

    ``wrong`` counts the wrong ones for the payment; a new code does not begin it again.
    """

    __tablename__ = "codes"

    payment_uid: Mapped[str] = mapped_column(ForeignKey("payments.uid"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime]
    wrong: Mapped[int] = mapped_column(default=0)


class Delivery(Base):
    """A notification that a merchant has not acknowledged yet."""

    __tablename__ = "deliveries"

    bill_uid: Mapped[str] = mapped_column(ForeignKey("bills.uid"), primary_key=True)
    body: Mapped[str]
    signature: Mapped[str] = mapped_column(String(64))
    url: Mapped[str] = mapped_column(String(2000))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    delivered_at: Mapped[datetime | None]


def _add_rule(dialect: str, statement: str) -> None:
    event.listen(Movement.__table__, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]


_add_rule(
    "sqlite",
    """CREATE TRIGGER movement_changes_balances AFTER INSERT ON movements BEGIN
    UPDATE accounts SET balance = balance - NEW.amount WHERE id = NEW.payer_id;
    UPDATE accounts SET balance = balance + NEW.amount WHERE id = NEW.payee_id;
    END""",
)
for _act in ("UPDATE", "DELETE"):
    _add_rule(
        "sqlite",
        f"""CREATE TRIGGER movement_is_final_{_act} BEFORE {_act} ON movements BEGIN
        SELECT RAISE(ABORT, 'a movement is final'); END""",
    )
_add_rule(
    "postgresql",
    """CREATE FUNCTION carry_movement() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP <> 'INSERT' THEN RAISE EXCEPTION 'a movement is final'; END IF;
    UPDATE accounts SET balance = balance - NEW.amount WHERE id = NEW.payer_id;
    UPDATE accounts SET balance = balance + NEW.amount WHERE id = NEW.payee_id;
    RETURN NEW; END $$""",
)
_add_rule(
    "postgresql",
    """CREATE TRIGGER movement_changes_balances BEFORE INSERT OR UPDATE OR DELETE ON movements
    FOR EACH ROW EXECUTE FUNCTION carry_movement()""",
)
