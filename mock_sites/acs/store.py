"""The rows of the access control server. No column could hold a card's number or a code."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from ..shared.runtime.database import UtcDateTime, enum_type
from ..shared.values.money import Money


class AuthenticationState(StrEnum):
    """Whether a card's holder is known to be the buyer; every state but PENDING is final."""

    PENDING = "PENDING"
    PASSED = "PASSED"
    FAILED = "FAILED"
    ABANDONED = "ABANDONED"
    EXPIRED = "EXPIRED"
    UNAVAILABLE = "UNAVAILABLE"


class Base(DeclarativeBase):
    """The tables of the access control server."""

    type_annotation_map: ClassVar = {
        datetime: UtcDateTime,
        AuthenticationState: enum_type(AuthenticationState, "authentication_state"),
    }


class AuthenticationRow(Base):
    """A request of the vault to authenticate the holder of a card, under the vault's own id.

    ``phone`` is E.164, ``amount`` is in minor units of ``currency``. Of the newest code
    there is a keyed hash, and none once the request has ended; ``sent_at`` is when it was sent.
    """

    __tablename__ = "authentications"
    __table_args__ = (
        CheckConstraint("(state = 'PENDING') = (ended_at IS NULL)", name="ended_at_a_moment"),
        CheckConstraint("(state = 'PENDING') = (digest <> '')", name="code_until_it_ends"),
    )

    uid: Mapped[str] = mapped_column(String(36), primary_key=True)
    phone: Mapped[str] = mapped_column(String(16))
    brand: Mapped[str] = mapped_column(String(40))
    last_four: Mapped[str] = mapped_column(String(4))
    # A merchant may ask for more than 32 bits hold.
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    return_url: Mapped[str] = mapped_column(String(2000))
    state: Mapped[AuthenticationState]
    digest: Mapped[str] = mapped_column(String(64))
    wrong_codes: Mapped[int] = mapped_column(default=0)
    codes_sent: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @property
    def money(self) -> Money:
        """The amount that the buyer confirms."""
        return Money(self.amount, self.currency)
