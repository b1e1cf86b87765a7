"""The layout of a feature file: two spaces for each level, and aligned columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import category

from gherkin.parser import Parser

Node = dict[str, Any]
STEP = 2


def laid_out(text: str) -> str:
    """Return the text of a feature as it should be written. Raises gherkin's ParserError."""
    document: Any = Parser().parse(text)
    feature: Node | None = document["feature"]
    lines = text.splitlines()
    if not feature:
        return text
    indents = dict(_indents(feature, 0))
    rows = {line: row for table in _tables(feature) for line, row in _aligned(table).items()}
    shifts: dict[int, int] = {}
    for step in _steps(feature):
        shifts |= _doc_string(step, indents[step["location"]["line"]], lines)
    told, inside = [], 0
    following = _following(lines, indents)
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if number in indents:
            inside = indents[number] + STEP
            told.append(" " * indents[number] + rows.get(number, words))
        elif number in shifts:
            told.append(_shifted(line, shifts[number]))
        elif words.startswith("#"):
            told.append(" " * following[number] + words)
        else:
            told.append(" " * inside + words if words else "")
    return "\n".join(told) + "\n"


def _indents(node: Node, depth: int) -> Iterator[tuple[int, int]]:
    """Yield each line that begins something, with its indentation."""
    yield node["location"]["line"], depth
    yield from ((tag["location"]["line"], depth) for tag in node.get("tags", ()))
    for child in node.get("children", ()):
        [inner] = child.values()
        yield from _indents(inner, depth + STEP)
    for step in node.get("steps", ()):
        yield step["location"]["line"], depth + STEP
        yield from ((row["location"]["line"], depth + 2 * STEP) for row in _rows_of_step(step))
    for examples in node.get("examples", ()):
        yield from _indents(examples, depth + STEP)
    yield from ((row["location"]["line"], depth + STEP) for row in _rows_of_examples(node))


def _tables(node: Node) -> Iterator[list[Node]]:
    yield _rows_of_examples(node)
    yield from map(_rows_of_step, node.get("steps", ()))
    for examples in node.get("examples", ()):
        yield from _tables(examples)
    for child in node.get("children", ()):
        [inner] = child.values()
        yield from _tables(inner)


def _steps(node: Node) -> Iterator[Node]:
    yield from node.get("steps", ())
    for child in node.get("children", ()):
        [inner] = child.values()
        yield from _steps(inner)


def _rows_of_step(step: Node) -> list[Node]:
    return list(step.get("dataTable", {}).get("rows", ()))


def _rows_of_examples(examples: Node) -> list[Node]:
    head = [examples["tableHeader"]] if examples.get("tableHeader") else []
    return [*head, *examples.get("tableBody", ())]


def _aligned(rows: Sequence[Node]) -> dict[int, str]:
    """Return the line of each row, its cells as wide as the widest of their column."""
    cells = [[_escaped(cell["value"]) for cell in row["cells"]] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return {
        row["location"]["line"]: "| " + " | ".join(map(_filled, texts, widths)) + " |"
        for row, texts in zip(rows, cells, strict=True)
    }


def _filled(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(cell: str) -> int:
    """How wide it is shown: the vowel signs of Arabic stand above and below letters."""
    return sum(category(letter) != "Mn" for letter in cell)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _doc_string(step: Node, indent: int, lines: Sequence[str]) -> dict[int, int]:
    """Return the lines of a step's doc string, and by how much each is to be moved."""
    if "docString" not in step:
        return {}
    first, delimiter = step["docString"]["location"]["line"], step["docString"]["delimiter"]
    last = first + 1
    while lines[last - 1].strip() != delimiter:
        last += 1
    opening = lines[first - 1]
    by = indent + STEP - (len(opening) - len(opening.lstrip()))
    return dict.fromkeys(range(first, last + 1), by)


def _shifted(line: str, by: int) -> str:
    if not line.strip():
        return ""
    return " " * by + line if by >= 0 else line[min(-by, len(line) - len(line.lstrip())) :]


def _following(lines: Sequence[str], indents: dict[int, int]) -> dict[int, int]:
    """Return for each line the indentation of the next one that begins something."""
    found, indent = {}, 0
    for number in range(len(lines), 0, -1):
        indent = indents.get(number, indent)
        found[number] = indent
    return found
