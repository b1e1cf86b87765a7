"""Find the line of a value in a TOML file; TOML parsers do not report it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence

TABLE = re.compile(r"\s*(\[{1,2}[^\[\]]+\]{1,2})\s*(?:#.*)?$")
KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")

Path = tuple[str | int, ...]


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """Return the line (from 1) of the value at ``path``, or of what contains it.

    ``path`` is as pydantic gives it: keys, and places in arrays of tables.
    """
    lines = dict(reversed([*_places(text)]))
    wanted = tuple(path)
    while wanted and wanted not in lines:
        wanted = wanted[:-1]
    return lines.get(wanted)


def _places(text: str) -> Iterator[tuple[Path, int]]:
    table: Path = ()
    seen: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if heading := TABLE.match(line):
            table = _path(heading[1])
            if heading[1].startswith("[["):
                seen[table] = seen.get(table, -1) + 1
                table = (*table, seen[table])
            yield table, number
        elif key := KEY.match(line):
            yield (*table, *_path(f"{key[1]} = 0")), number


def _path(line: str) -> Path:
    """The keys on one line of TOML, read by TOML's own rules."""
    try:
        found = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    path: list[str] = []
    inner: object = found
    while isinstance(inner, dict) and inner:
        [(key, inner)] = inner.items()
        path.append(key)
        if isinstance(inner, list):
            break
    return tuple(path)
