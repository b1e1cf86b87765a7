"""The rows of links and payments that wait for the holder of a card to be authenticated."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from ..shared.runtime.database import enum_type
from ..shared.values.cards import LONGEST_HOLDER, Expiry
from .store import LONGEST_ADDRESS, LONGEST_POSTAL_CODE, LONGEST_REQUEST_ID, Base


class Purpose(StrEnum):
    """What waits: a merchant's link, one in its session, a person's own, or a payment."""

    LINK = "LINK"
    SESSION = "SESSION"
    OWN = "OWN"
    PAY = "PAY"


class WaitState(StrEnum):
    """Whether the wait goes on; DONE and FAILED are final."""

    PENDING = "PENDING"
    DONE = "DONE"
    FAILED = "FAILED"


class AuthenticationRow(Base):
    """A link or a payment that waits for a challenge. Of the number it has the two ends only.

    ``amount`` is in minor units of ``currency``; of a link it is the cent.
    """

    __tablename__ = "authentications"
    __table_args__ = (
        CheckConstraint("(state = 'FAILED') = (refused IS NOT NULL)", name="failed_for_a_reason"),
    )

    uid: Mapped[str] = mapped_column(String(36), primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose, "purpose"))
    request_id: Mapped[str | None] = mapped_column(String(LONGEST_REQUEST_ID), index=True)
    phone: Mapped[str] = mapped_column(String(16))
    fingerprint: Mapped[str] = mapped_column(String(64))
    first_six: Mapped[str] = mapped_column(String(6))
    last_four: Mapped[str] = mapped_column(String(4))
    holder: Mapped[str] = mapped_column(String(LONGEST_HOLDER))
    expiry_year: Mapped[int]
    expiry_month: Mapped[int]
    country: Mapped[str | None] = mapped_column(String(2))
    postal_code: Mapped[str | None] = mapped_column(String(LONGEST_POSTAL_CODE))
    address: Mapped[str | None] = mapped_column(String(LONGEST_ADDRESS))
    # A merchant may ask for more than 32 bits hold.
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    description: Mapped[str] = mapped_column(String(256))
    notification_url: Mapped[str] = mapped_column(String(2000))
    redirect_url: Mapped[str | None] = mapped_column(String(2000))
    challenge_url: Mapped[str] = mapped_column(String(2000))
    state: Mapped[WaitState] = mapped_column(enum_type(WaitState, "wait_state"))
    refused: Mapped[str | None] = mapped_column(String(60))
    ends_at: Mapped[datetime] = mapped_column(index=True)

    @property
    def expiry(self) -> Expiry:
        """The last month in which the card can be used."""
        return Expiry(self.expiry_year, self.expiry_month)
