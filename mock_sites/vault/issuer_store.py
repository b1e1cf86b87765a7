"""The rows of the issuer's own list of cents: what it holds, has let go, has taken or paid back.

The list is the issuer's. The vault's rules reach it by :class:`Issuer` alone, and the vault's
books are compared with it.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from ..shared.runtime.database import enum_type
from ..shared.values.money import Money
from .store import Base


class AuthorisationState(StrEnum):
    """The state of an authorisation at the issuer; all but HELD and SETTLED are final."""

    HELD = "HELD"
    VOIDED = "VOIDED"
    SETTLED = "SETTLED"
    REFUNDED = "REFUNDED"
    WITHDRAWN = "WITHDRAWN"


class AuthorisationRow(Base):
    """Money that the issuer holds under a key of the vault, or how that ended.

    ``amount`` is in minor units of ``currency``; ``phone`` (E.164) is the card owner's.
    """

    __tablename__ = "issuer_authorisations"
    __table_args__ = (CheckConstraint("amount > 0", name="authorises_something"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    phone: Mapped[str] = mapped_column(String(16), index=True)
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[AuthorisationState] = mapped_column(
        enum_type(AuthorisationState, "authorisation_state")
    )
    at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def money(self) -> Money:
        """The amount that was authorised."""
        return Money(self.amount, self.currency)
