"""Small pages that say themselves what a driver must make of their elements.

An element with ``data-role`` is described: ``data-role`` (empty for none), ``data-name`` and
``data-description`` (missing for none), ``data-text`` (for to_have_text) and ``data-shown`` (for
inner_text). ``data-is`` lists what it is: "hidden" (not visible), "unexposed" or "exposed" (to
get_by_role, if that differs from being visible), "disabled", "readonly".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import html

PAGES = {page.stem: page for page in sorted(Path(__file__).parent.glob("*.html"))}
# They hold something that a buyer can change.
FIELDS = ("input", "select", "textarea")


@dataclass(frozen=True)
class Described:
    """An element, and what a driver must make of it."""

    id: str
    tag: str
    role: str
    name: str
    description: str
    text: str | None
    shown: str | None
    states: frozenset[str]

    @property
    def css(self) -> str:
        """Finds the element, even if another has its id."""
        return f"[id='{self.id}'][data-role]"

    @property
    def is_visible(self) -> bool:
        return "hidden" not in self.states

    @property
    def is_exposed(self) -> bool:
        return "exposed" in self.states or (self.is_visible and "unexposed" not in self.states)

    @property
    def is_disabled(self) -> bool:
        return "disabled" in self.states

    @property
    def is_editable(self) -> bool:
        return self.tag in FIELDS and self.states.isdisjoint(("disabled", "readonly"))


def described_in(page: str) -> list[Described]:
    """The elements that a page describes, in document order."""
    return list(_read(PAGES[page]))


def _read(page: Path) -> Iterator[Described]:
    for element in html.fromstring(page.read_bytes().decode()).xpath("//*[@data-role]"):
        told = dict(element.attrib)
        yield Described(
            id=told["id"],
            tag=element.tag,
            role=told["data-role"],
            name=told.get("data-name", ""),
            description=told.get("data-description", ""),
            text=told.get("data-text"),
            shown=told.get("data-shown"),
            states=frozenset(told.get("data-is", "").split()),
        )
