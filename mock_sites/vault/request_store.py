"""The rows of the ids that a merchant has used, and of those that it has cancelled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from .store import LONGEST_REQUEST_ID, Base


class RequestRow(Base):
    """The first request under an id of a merchant: a keyed fingerprint of its facts."""

    __tablename__ = "requests"

    operation: Mapped[str] = mapped_column(String(10), primary_key=True)
    request_id: Mapped[str] = mapped_column(String(LONGEST_REQUEST_ID), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))


class CancellationRow(Base):
    """An id under which nothing is captured any more: its merchant has cancelled it."""

    __tablename__ = "cancellations"

    request_id: Mapped[str] = mapped_column(String(LONGEST_REQUEST_ID), primary_key=True)
    at: Mapped[datetime]
