"""The phone's rows."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from ..shared.runtime.database import UtcDateTime


class Base(DeclarativeBase):
    """The phone's tables."""

    type_annotation_map: ClassVar = {datetime: UtcDateTime}


class MessageRow(Base):
    """A text that arrived."""

    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(String(16), index=True)
    sender: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(1000))
    at: Mapped[datetime]
    # It waits for another one to arrive before it.
    overtaken: Mapped[bool] = mapped_column(default=False, index=True)
