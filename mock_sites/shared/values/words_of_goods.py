"""Finds what can be bought or paid, in TOML files, for translation: a method of pybabel's."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import IO, Any

# Texts that a buyer reads; everything else in the files is for programs.
READ = ("name", "description", "group", "label", "hint")
# A shelf of the shop may be called as a page is, and yet be said otherwise ("Home").
CONTEXTS = {"categories": "category"}
Found = tuple[int, str, str | tuple[str, str], list[str]]


def extract_toml(
    file: IO[bytes], _keywords: object, _comment_tags: object, options: object
) -> Iterator[Found]:
    """Every text of a TOML file that a buyer reads, as Babel wants to have it."""
    for text, context in _texts(tomllib.load(file), None):
        yield (1, "pgettext", (context, text), []) if context else (1, "gettext", text, [])


def _texts(part: Any, context: str | None) -> Iterator[tuple[str, str | None]]:
    if isinstance(part, list):
        for one in part:
            yield from _texts(one, context)
    if isinstance(part, Mapping):
        yield from ((text, context) for key in READ if isinstance(text := part.get(key), str))
        for key, value in part.items():
            yield from _texts(value, CONTEXTS.get(key))
