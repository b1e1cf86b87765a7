"""The side effects of a run on a team's staging site, and which were undone."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from checkout_conformance.content import content
from checkout_conformance.safety.run_record import RunRecord


@dataclass(frozen=True)
class SideEffect:
    """A change on a site, and whether it was undone."""

    what: str
    where: str
    undone: bool = False

    def __str__(self) -> str:
        return f"{self.what}, {self.where}: {'undone' if self.undone else 'still there'}"


class SideEffects:
    """The side effects of all workers."""

    def __init__(self, record: RunRecord) -> None:
        self._record = record

    def add(self, what: str, where: str, undone: bool = False) -> None:
        """Record a side effect."""
        with self._record.changing() as things:
            things.append(asdict(SideEffect(what, where, undone)))

    def pressed(self, name: str, where: str) -> None:
        """Record what pressing the control ``name`` leaves behind, if anything."""
        if what := content().leaves.get(name):
            self.add(what, f'by "{name}" on {where}')

    def undo(self, what: str, where: str, times: int = 1) -> None:
        """Mark the newest ``times`` side effects of this kind as undone."""
        with self._record.changing() as things:
            of_kind = [
                thing
                for thing in reversed(things)
                if thing["what"] == what and where in thing["where"] and not thing["undone"]
            ]
            for thing in of_kind[:times]:
                thing["undone"] = True

    def all(self) -> list[SideEffect]:
        """Return all side effects in their order."""
        return [SideEffect(**thing) for thing in self._record.read()]
