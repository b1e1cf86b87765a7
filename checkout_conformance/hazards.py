"""The hazard tables: what could be wrong at each clause, and which scenarios would notice.

Each clause is asked every guide word, as in a hazard and operability study. The answer is the
titles of scenarios, or the reason why the document says nothing about it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from checkout_conformance.clauses import LANGUAGES
from checkout_conformance.project import FEATURES

HAZARDS = FEATURES / "hazards"
GUIDE_WORDS = "guide_words.toml"


class HazardError(ValueError):
    """A hazard table cannot be read. The message names the file, the clause and the guide word."""


@dataclass(frozen=True)
class GuideWord:
    """A question that every clause is asked; its name by language."""

    id: str
    title: Mapping[str, str]
    asks: str


@dataclass(frozen=True)
class Hazard:
    """A clause and a guide word: scenarios by their titles, or the reason for having none."""

    clause: str
    guide_word: str
    scenarios: tuple[str, ...] = ()
    reason: str | None = None


@lru_cache
def read_guide_words(folder: Path = HAZARDS) -> tuple[GuideWord, ...]:
    """Return the guide words in their order. Raises HazardError if a language is missing."""
    content = _content(folder / GUIDE_WORDS)
    words = [GuideWord(one["id"], one["title"], one["asks"]) for one in content["guide_word"]]
    for word in words:
        missing = [language for language in LANGUAGES if not word.title.get(language)]
        if missing:
            raise HazardError(f"{GUIDE_WORDS}: {word.id} has no title in {', '.join(missing)}")
    return tuple(words)


@lru_cache
def read_hazards(folder: Path = HAZARDS) -> dict[str, tuple[Hazard, ...]]:
    """Return the hazards of each clause that has a table, in the order of the guide words.

    Raises HazardError for an unknown guide word, and for a cell that is neither a list of titles
    nor a reason. What is missing is for the guards of the features to say.
    """
    tables = [file for file in sorted(folder.glob("*.toml")) if file.name != GUIDE_WORDS]
    return {
        clause: _hazards(f"{file.name}, {clause}", clause, cells, read_guide_words(folder))
        for file in tables
        for clause, cells in _content(file).items()
    }


def _hazards(
    where: str, clause: str, cells: Mapping[str, Any], words: Sequence[GuideWord]
) -> tuple[Hazard, ...]:
    known = [word.id for word in words]
    for word in cells:
        if word not in known:
            raise HazardError(f"{where}: there is no guide word {word} in {GUIDE_WORDS}")
    return tuple(_hazard(where, clause, word, cells[word]) for word in known if word in cells)


def _hazard(where: str, clause: str, word: str, cell: object) -> Hazard:
    if isinstance(cell, str) and cell.strip():
        return Hazard(clause, word, reason=cell)
    if isinstance(cell, list) and cell and all(isinstance(one, str) for one in cell):
        return Hazard(clause, word, scenarios=tuple(cell))
    raise HazardError(f"{where}, {word}: write a list of scenario titles, or a reason")


def _content(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise HazardError(f"{file.name}: {error}") from None
