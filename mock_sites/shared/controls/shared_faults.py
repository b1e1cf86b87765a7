"""The faults of a site that several processes serve: they are kept in its database."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import String, delete, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from ..runtime.database import Database
from ..values.refusal import NotFound
from .faults import About, Fault, Faults, NewFault, Place


class Base(DeclarativeBase):
    """One table, beside those of the site."""


class FaultRow(Base):
    """A fault that was set: what was wanted, as JSON, and how often it can still strike."""

    __tablename__ = "faults"

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(20))
    wanted: Mapped[str]
    left: Mapped[int]

    def fault(self) -> Fault:
        """The fault of the row."""
        return Fault(str(self.id), NewFault.model_validate_json(self.wanted), self.left)


# As the database gives them. Ten digits or more are beyond its numbers.
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
IN_ORDER = select(FaultRow).order_by(FaultRow.id)
CAN_STRIKE = IN_ORDER.where(FaultRow.left > 0)


class SharedFaults(Faults):
    """The faults of one site, the same for all of its processes."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        Base.metadata.create_all(database.engine)

    def set(self, wanted: NewFault) -> Fault:
        """Set a fault."""
        row = FaultRow(place=wanted.place, wanted=wanted.model_dump_json(), left=wanted.times)
        with self._database.transaction() as session:
            session.add(row)
            session.flush()
            return row.fault()

    def all(self) -> list[Fault]:
        """Every fault that was set and not removed, also those that are used up."""
        with self._database.reading() as session:
            return [row.fault() for row in session.scalars(IN_ORDER)]

    def remove(self, fault_id: str) -> Fault:
        """Remove a fault. Raises NotFound."""
        with self._database.transaction() as session:
            row = session.get(FaultRow, int(fault_id)) if NUMBER.fullmatch(fault_id) else None
            if row is None:
                raise NotFound(fault_id)
            session.delete(row)
            return row.fault()

    def clear(self) -> None:
        """Remove all faults."""
        with self._database.transaction() as session:
            session.execute(delete(FaultRow))

    def strike(self, place: Place, about: About) -> Fault | None:
        """The fault that strikes what is about to happen, if one does; that counts."""
        if not self.threaten(place):
            return None
        of_place: Any = CAN_STRIKE.where(FaultRow.place == place).with_for_update()
        with self._database.transaction() as session:
            for row in session.scalars(of_place):
                fault: Fault = row.fault()
                if fault.wanted.fits(place, about):
                    row.left -= 1
                    fault.left -= 1
                    return fault
        return None

    def threaten(self, place: Place) -> bool:
        """Whether anything can go wrong there at all."""
        with self._database.reading() as session:
            return session.scalar(CAN_STRIKE.where(FaultRow.place == place).limit(1)) is not None


def faults_of(database: Database, controls: bool) -> Faults:
    """The faults of a site: in memory if one process serves it, or nothing can set one."""
    return SharedFaults(database) if controls and database.is_shared else Faults()
