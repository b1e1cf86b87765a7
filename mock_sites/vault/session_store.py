"""The rows of the sessions in which buyers link cards for a merchant."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from .store import LONGEST_REQUEST_ID, Base


class VaultingSessionRow(Base):
    """A merchant's session in which a buyer links one card on a page of the vault."""

    __tablename__ = "vaulting_sessions"

    uid: Mapped[str] = mapped_column(String(36), primary_key=True)
    request_id: Mapped[str] = mapped_column(String(LONGEST_REQUEST_ID), unique=True)
    notification_url: Mapped[str] = mapped_column(String(2000))
    redirect_url: Mapped[str | None] = mapped_column(String(2000))
    ends_at: Mapped[datetime]
