"""The row of a secret key of the bill protocol that a newer one has replaced."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class ReplacedKeyRow(Base):
    """A key, the one after it, and until when notifications may still carry the older one."""

    __tablename__ = "replaced_wallet_keys"

    replaced: Mapped[str] = mapped_column(String(400), primary_key=True)
    secret_key: Mapped[str] = mapped_column(String(400), unique=True)
    until: Mapped[datetime]
