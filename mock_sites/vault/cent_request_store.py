"""The rows of the cents that the vault is asking an issuer to hold."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ..shared.values.money import Money
from .store import Base


class CentRequestRow(Base):
    """A cent that the vault has asked the issuer to hold, and that no link is built on yet.

    It is written down before the issuer is asked. What is left of it when ``due_at`` has come is
    voided, since the issuer may hold it; once ``given_up`` no link can be built on it.
    """

    __tablename__ = "cent_requests"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    phone: Mapped[str] = mapped_column(String(16))
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    due_at: Mapped[datetime] = mapped_column(index=True)
    given_up: Mapped[bool] = mapped_column(default=False)

    @property
    def money(self) -> Money:
        """The amount that was asked for."""
        return Money(self.amount, self.currency)
