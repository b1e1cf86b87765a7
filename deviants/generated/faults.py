"""A fault: what an operator does wrong in one place, and the deviant that it becomes."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import GENERATED, Deviant

FOLDER = Path(__file__).parent
PLACES = FOLDER / "places.toml"
LONGEST_DETAIL = 40


@dataclass(frozen=True)
class Fault:
    """One application of an operator.

    ``place`` and ``detail`` make its name, together with the operator; ``told`` is the end of its
    sentence, after the name of the place.
    """

    operator: str
    site: str
    clause: str
    place: str
    noun: str
    detail: str
    told: str
    make: Callable[[Change], None] = field(repr=False)

    @property
    def stem(self) -> str:
        """The name, which is unique with a number behind it."""
        return "--".join(part for part in (self.operator, self.place, slug(self.detail)) if part)

    @property
    def sentence(self) -> str:
        """What the site does wrong, without the full stop."""
        return f"{self.noun[0].upper()}{self.noun[1:]}: {one_line(self.told)}"


@cache
def places() -> dict[str, Any]:
    """Return what ``places.toml`` says."""
    return tomllib.loads(PLACES.read_text(encoding="utf-8"))


def numbered(faults: Iterable[Fault]) -> list[Deviant]:
    """Return the deviants; equal names and equal sentences are numbered in their order."""
    names, sentences, found = Counter[str](), Counter[str](), []
    for one in faults:
        names[one.stem] += 1
        sentences[one.sentence] += 1
        name = _and_number(one.stem, "-{}", names[one.stem])
        sentence = _and_number(one.sentence, " (number {})", sentences[one.sentence])
        found.append(Deviant(name, f"{sentence}.", one.clause, one.site, GENERATED, (), one.make))
    return found


def _and_number(text: str, pattern: str, number: int) -> str:
    return text + pattern.format(number) if number > 1 else text


def operator_of(name: str) -> str:
    """Return the operator of a generated deviant, by the deviant's name."""
    return name.partition("--")[0]


def slug(text: str) -> str:
    """Return a text as a part of a name: letters and digits, with dashes between."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_DETAIL].strip("-")


def one_line(text: str) -> str:
    """Return a text without its line breaks."""
    return " ".join(text.split())
