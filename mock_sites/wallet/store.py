"""The wallet's rows. What the database can enforce of them, it enforces here."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from ..shared.accounts.ledger import AccountMixin, MovementMixin, carry_movements
from ..shared.accounts.people import PersonMixin, SignInAttemptsMixin, SignInMixin
from ..shared.runtime.database import UtcDateTime, enum_type, partial_index
from ..shared.values.money import Money

# Of a merchant that has set none.
DEFAULT_ZONE = "Europe/Moscow"


class BillStatus(StrEnum):
    """The status of a bill, in the protocol's words; all but WAITING are final."""

    WAITING = "WAITING"
    PAID = "PAID"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"


class RefundStatus(StrEnum):
    """Whether a refund gave back all that was left of its bill, in the protocol's words."""

    PARTIAL = "PARTIAL"
    FULL = "FULL"


class PaymentStatus(StrEnum):
    """The status of a buyer's payment; PAID and ENDED (too many wrong codes) are final."""

    ENTERED = "ENTERED"
    CONFIRMING = "CONFIRMING"
    PAID = "PAID"
    ENDED = "ENDED"


class Base(DeclarativeBase):
    """The wallet's tables."""

    type_annotation_map: ClassVar = {
        datetime: UtcDateTime,
        BillStatus: enum_type(BillStatus, "bill_status"),
        RefundStatus: enum_type(RefundStatus, "refund_status"),
        PaymentStatus: enum_type(PaymentStatus, "payment_status"),
        dict[str, Any]: JSON,
        dict[str, str]: JSON,
    }


class BuyerRow(PersonMixin, Base):
    """A person with a wallet."""

    __tablename__ = "buyers"


class SignInAttemptsRow(SignInAttemptsMixin, Base):
    """Wrong passwords in a row."""

    __tablename__ = "sign_in_attempts"


class SignInRow(SignInMixin, Base):
    """A browser in which a person is signed in."""

    __tablename__ = "sign_ins"


class AccountRow(AccountMixin, Base):
    """An account in one currency."""


class MovementRow(MovementMixin, Base):
    """Money that went from one account to another, once."""


# Each page of a buyer shows the newest of them.
Index("movements_of_payer", MovementRow.payer_id)
Index("movements_of_payee", MovementRow.payee_id)
carry_movements(MovementRow)


class MerchantRow(Base):
    """A shop that issues invoices through the bill protocol."""

    __tablename__ = "merchants"

    site_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    secret_key: Mapped[str] = mapped_column(String(400), unique=True)
    public_key: Mapped[str] = mapped_column(String(200), unique=True)
    notification_url: Mapped[str | None] = mapped_column(String(2000))
    # The merchant's own origins: only there may a buyer be sent after paying.
    origins: Mapped[list[str]] = mapped_column(JSON, default=list)
    settings: Mapped[MerchantSettingsRow | None] = relationship(
        lazy="joined", cascade="all, delete-orphan"
    )

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the merchant's days begin and end."""
        return ZoneInfo(self.settings.time_zone if self.settings else DEFAULT_ZONE)


class MerchantSettingsRow(Base):
    """The settings of a merchant's notifications, and the time zone of its days."""

    __tablename__ = "merchant_settings"

    site_id: Mapped[str] = mapped_column(ForeignKey("merchants.site_id"), primary_key=True)
    time_zone: Mapped[str] = mapped_column(String(100))
    notification_schedule: Mapped[str] = mapped_column(String(40))
    standard_webhooks: Mapped[bool]


class EarlierKeyRow(Base):
    """A secret key that a newer one has replaced: calls may carry it until then."""

    __tablename__ = "earlier_keys"

    secret_key: Mapped[str] = mapped_column(String(400), primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("merchants.site_id"), index=True)
    until: Mapped[datetime]


class KeyRotationRow(Base):
    """How a merchant got the key that it has now, for a request that is sent again.

    A table of its own, so that data of an earlier version can be kept.
    """

    __tablename__ = "key_rotations"

    secret_key: Mapped[str] = mapped_column(String(400), primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("merchants.site_id"), index=True)
    overlap_seconds: Mapped[int]


class BillRow(Base):
    """An invoice of a merchant, as the bill protocol knows it."""

    __tablename__ = "bills"
    __table_args__ = (
        UniqueConstraint("site_id", "bill_id"),
        CheckConstraint("amount > 0", name="bill_of_something"),
        # Whoever looks at bills first lets the overdue ones expire: few wait, many were paid.
        partial_index("bills_that_wait", "expires_at", where="status = 'WAITING'"),
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
    status: Mapped[BillStatus]
    changed_at: Mapped[datetime]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    @property
    def money(self) -> Money:
        """The amount of the bill."""
        return Money(self.amount, self.currency)


class RefundRow(Base):
    """Money of a paid bill that the merchant gave back."""

    __tablename__ = "refunds"
    __table_args__ = (UniqueConstraint("bill_uid", "refund_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_uid: Mapped[str] = mapped_column(ForeignKey("bills.uid"))
    refund_id: Mapped[str] = mapped_column(String(200))
    amount: Mapped[int]
    status: Mapped[RefundStatus]
    at: Mapped[datetime]


class PaymentRow(Base):
    """A payment that a buyer has begun or made: to a payee of the catalogue or for a bill."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount > 0", name="payment_of_something"),
        # Paid means that money moved: neither stands without the other.
        CheckConstraint("(status = 'PAID') = (movement_id IS NOT NULL)", name="paid_by_a_movement"),
        partial_index("one_payment_for_a_bill", "bill_uid", where="status = 'PAID'", unique=True),
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
    status: Mapped[PaymentStatus]
    created_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    movement_id: Mapped[int | None] = mapped_column(ForeignKey("movements.id"), unique=True)

    @property
    def money(self) -> Money:
        """The amount of the payment."""
        return Money(self.amount, self.currency)


class SentCodeRow(Base):
    """A code that went to a buyer's phone: only a keyed hash of it.

    Of a payment's codes only the one of the highest ``number`` confirms it. The rows also count
    a buyer's messages, so they stay when the payment is made; the hash does not.
    """

    __tablename__ = "sent_codes"
    __table_args__ = (Index("codes_sent_to_a_buyer", "buyer_id", "sent_at"),)

    payment_uid: Mapped[str] = mapped_column(ForeignKey("payments.uid"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyers.id"))
    digest: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime]


class WrongCodeRow(Base):
    """A wrong code that a buyer entered, and for what. It says nothing about the code."""

    __tablename__ = "wrong_codes"
    __table_args__ = (Index("wrong_codes_of_a_buyer", "buyer_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_uid: Mapped[str] = mapped_column(ForeignKey("payments.uid"), index=True)
    bill_uid: Mapped[str | None] = mapped_column(ForeignKey("bills.uid"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyers.id"))
    at: Mapped[datetime]
