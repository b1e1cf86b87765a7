"""The base of the shop's tables."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import DeclarativeBase

from ..shared.runtime.database import UtcDateTime

UID_LENGTH = 36


class Base(DeclarativeBase):
    """All tables of the shop."""

    type_annotation_map: ClassVar = {datetime: UtcDateTime}
