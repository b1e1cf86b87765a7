"""What a run made on somebody's staging: listed at the end, and undone where it could be."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from checkout_conformance.content import content
from checkout_conformance.safety.run_record import RunRecord


@dataclass(frozen=True)
class SideEffect:
    """Something that stayed, or would have, and what became of it."""

    what: str
    where: str
    undone: bool = False

    def __str__(self) -> str:
        return f"{self.what}, {self.where}: {'undone' if self.undone else 'still there'}"


class SideEffects:
    """The list of all workers."""

    def __init__(self, record: RunRecord) -> None:
        self._record = record

    def add(self, what: str, where: str, undone: bool = False) -> None:
        """Something was made."""
        with self._record.changing() as things:
            things.append(asdict(SideEffect(what, where, undone)))

    def pressed(self, name: str, where: str) -> None:
        """The control that features call ``name`` is pressed on a page."""
        if what := content().leaves.get(name):
            self.add(what, f'by "{name}" on {where}')

    def undo(self, what: str, where: str, times: int = 1) -> None:
        """The newest of its kind are gone again."""
        with self._record.changing() as things:
            of_kind = [
                thing
                for thing in reversed(things)
                if thing["what"] == what and where in thing["where"] and not thing["undone"]
            ]
            for thing in of_kind[:times]:
                thing["undone"] = True

    def all(self) -> list[SideEffect]:
        """Everything, in the order in which it was made."""
        return [SideEffect(**thing) for thing in self._record.read()]
