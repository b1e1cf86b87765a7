"""The text of an element as it is laid out with HTML's default styles: ``innerText``."""

from __future__ import annotations

import re

from checkout_conformance.drivers.http.dom import Element
from checkout_conformance.drivers.http.reading.visibility import (
    BLANKS,
    LISTS,
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
INLINE = frozenset({"inline", "ruby", "ruby-text"})
# Between the cells of a row, and between rows.
CELLS, ROWS = "\t", "\n"
PARTS_OF_TABLES = frozenset({"table", "tbody", "tfoot", "thead", "tr"})


def rendered_text(element: Element) -> str:
    """Return what ``inner_text()`` returns with HTML's default styles.

    It is all text of an element that is not displayed, and none of what closed details hide.
    """
    around = [element, *element.ancestors()]
    if any(display_of(one) == "none" for one in around):
        return element.text()
    if not is_rendered(element) and not element.closest("select"):
        return ""
    # Inside a line, what stands before and behind decides which spaces are shown.
    block = next((one for one in around if display_of(one) not in INLINE), element)
    lines = _Lines(element)
    lines.add_children(block)
    return lines.joined()


class _Lines:
    """Lines of text. A number stands for that many line breaks, needed between two texts."""

    def __init__(self, wanted: Element) -> None:
        self._wanted = wanted
        self._parts: list[str | int] = []
        self._begin, self._end = 0, 0
        self._starts_line = True
        # The number of a space that is only shown if more follows in its line.
        self._open_space: int | None = None

    def add_children(self, element: Element) -> None:
        """Add what an element contains."""
        begin = len(self._parts)
        if element.tag not in WITHOUT_TEXT:
            for child in element.children:
                # A closed list reads as an open one.
                if shows(element, child) or element.tag in LISTS:
                    self._add_child(element, child)
        if element is self._wanted:
            self._begin, self._end = begin, len(self._parts)

    def joined(self) -> str:
        """Return the text of the element, without line breaks at its ends that nothing needs."""
        self._end_line(0)
        text, breaks = "", 0
        for part in self._parts[self._begin : self._end]:
            if isinstance(part, int):
                breaks = max(breaks, part)
            elif part:
                text += ("\n" * breaks if text else "") + part
                breaks = 0
        return text

    def _add_child(self, element: Element, child: Element | str) -> None:
        if isinstance(child, Element):
            self._add(child)
        elif element.tag not in PARTS_OF_TABLES and not is_invisible(element):
            self._add_text(child, is_preformatted(element))

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
        self._keep_space()
        self._starts_line = True
        self.add_children(element)
        self._drop_space()
        self._starts_line = False

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
            self._add_words(text)
            return
        text = BLANK.sub(" ", text)
        words = text.strip(" ")
        if text.startswith(" "):
            self._add_space()
        if words:
            self._add_words(words)
        if text.endswith(" "):
            self._add_space()

    def _add_words(self, words: str) -> None:
        self._keep_space()
        self._parts.append(words)
        self._starts_line = False

    def _add_space(self) -> None:
        if self._open_space is None and not self._starts_line:
            self._open_space = len(self._parts)
            self._parts.append(" ")

    def _keep_space(self) -> None:
        self._open_space = None

    def _drop_space(self) -> None:
        if self._open_space is not None:
            self._parts[self._open_space] = ""
        self._open_space = None

    def _end_line(self, part: str | int) -> None:
        self._drop_space()
        self._parts.append(part)
        self._starts_line = True


def _last_cell(cell: Element) -> Element | None:
    row = cell.parent
    cells = [] if row is None else [one for one in row.elements if display_of(one) == "table-cell"]
    return cells[-1] if cells else None


def _last_row(row: Element) -> Element | None:
    table = row.closest("table")
    rows = [] if table is None else [one for one in table.descendants("tr") if is_rendered(one)]
    return next((one for one in reversed(rows) if one.closest("table") is table), None)
