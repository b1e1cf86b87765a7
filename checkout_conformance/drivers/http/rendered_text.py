"""The text of an element as it is laid out with HTML's default styles: ``innerText``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain

from checkout_conformance.drivers.http.dom import Element
from checkout_conformance.drivers.http.visibility import (
    BLANKS,
    display_of,
    hides_content,
    is_invisible,
    is_preformatted,
    is_rendered,
    shows,
)

BLANK = re.compile(f"[{BLANKS}]+")
# Controls and pictures show no text of the page.
WITHOUT_TEXT = frozenset(
    ["audio", "embed", "iframe", "img", "input", "meter", "progress", "textarea", "video"]
)
# The line around them goes on behind them, and inside them lines of their own begin.
ATOMIC = frozenset({"inline-block", "inline-flex", "inline-grid", "inline-table"})
ATOMIC_TAGS = WITHOUT_TEXT | {"svg"}
# A closed list reads as an open one.
LISTS = frozenset({"select", "optgroup"})
INLINE = frozenset({"inline", "ruby", "ruby-text"})
# Between the cells of a row, and between rows.
CELLS, ROWS = "\t", "\n"
PARTS_OF_TABLES = frozenset({"table", "tbody", "tfoot", "thead", "tr"})


def rendered_text(element: Element) -> str:
    """Return what ``inner_text()`` returns with HTML's default styles.

    It is all text of an element that is not displayed, and none of what closed details hide.
    Spaces at the ends of a text inside a line are left out; a browser may keep one.
    """
    if any(display_of(one) == "none" for one in chain((element,), element.ancestors())):
        return element.text()
    if not is_rendered(element) and not element.closest("select"):
        return ""
    lines = _Lines()
    lines.add_children(element)
    return lines.joined()


@dataclass
class _Lines:
    """Lines of text. A number stands for that many line breaks, needed between two texts."""

    parts: list[str | int] = field(default_factory=list)
    space_waits: bool = False
    starts_line: bool = True

    def add_children(self, element: Element) -> None:
        """Add what an element contains."""
        if element.tag in WITHOUT_TEXT:
            return
        for child in element.children:
            if not shows(element, child) and element.tag not in LISTS:
                continue
            if isinstance(child, Element):
                self._add(child)
            elif element.tag not in PARTS_OF_TABLES and not is_invisible(element):
                self._add_text(child, is_preformatted(element))

    def joined(self) -> str:
        """Return the text, without line breaks at its ends that nothing needs."""
        text, breaks = "", 0
        for part in self.parts:
            if isinstance(part, int):
                breaks = max(breaks, part)
                continue
            text += ("\n" * breaks if text else "") + part
            breaks = 0
        return text

    def _add(self, element: Element) -> None:
        display = display_of(element)
        if display == "none" or hides_content(element):
            return
        if element.tag == "br":
            if not is_invisible(element):
                self._end_line("\n")
        elif display in ATOMIC or element.tag in ATOMIC_TAGS:
            self._add_atomic(element)
        elif display.startswith("table-") and display != "table-caption":
            self._add_part_of_table(element)
        elif display in INLINE and element.tag != "p":
            self.add_children(element)
        else:
            self._add_block(element)

    def _add_block(self, element: Element) -> None:
        breaks = 2 if element.tag == "p" else 1
        self._end_line(breaks)
        self.add_children(element)
        self._end_line(breaks)

    def _add_atomic(self, element: Element) -> None:
        self._add_waiting_space()
        self.starts_line = True
        self.add_children(element)
        self.space_waits = self.starts_line = False

    def _add_part_of_table(self, element: Element) -> None:
        self._end_line(0)
        self.add_children(element)
        self._end_line(0)
        if element.tag == "tr" and _last_row(element) is not element:
            self._end_line(ROWS)
        elif element.tag in ("td", "th") and _last_cell(element) is not element:
            self._end_line(CELLS)

    def _add_text(self, text: str, preformatted: bool) -> None:
        if preformatted:
            if text:
                self._add_waiting_space()
                self.parts.append(text)
            return
        text = BLANK.sub(" ", text)
        self.space_waits |= text.startswith(" ") and not self.starts_line
        words = text.strip(" ")
        if words:
            self._add_waiting_space()
            self.parts.append(words)
            self.space_waits = text.endswith(" ")

    def _add_waiting_space(self) -> None:
        """Add the space before something that follows in the same line."""
        if self.space_waits:
            self.parts.append(" ")
        self.space_waits = self.starts_line = False

    def _end_line(self, part: str | int) -> None:
        self.parts.append(part)
        self.space_waits, self.starts_line = False, True


def _last_cell(cell: Element) -> Element | None:
    row = cell.parent
    cells = [] if row is None else [one for one in row.elements if display_of(one) == "table-cell"]
    return cells[-1] if cells else None


def _last_row(row: Element) -> Element | None:
    table = row.closest("table")
    rows = [] if table is None else [one for one in table.descendants("tr") if is_rendered(one)]
    return next((one for one in reversed(rows) if one.closest("table") is table), None)
