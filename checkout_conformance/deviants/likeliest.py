"""Which scenario is likeliest to kill a deviant: it is tried first, which saves most of a run.

First those that the deviant names, then the one that killed it in an earlier run (``kills.json``
beside the deviants), then those whose words are those of the deviant's sentence. The order changes
no verdict: what survives is tried on all scenarios of its clause.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from checkout_conformance.deviants.deviant import Deviant
from checkout_conformance.deviants.matrix import KillMatrix
from checkout_conformance.plan import read_plan
from checkout_conformance.project import OWN, ROOT

WORD = re.compile(r"[a-z]{4,}")
# Enough of a word for its plural or its past tense to be the same.
STEM = 5


def kills_file() -> Path:
    """Return the file with the scenarios that killed deviants in earlier runs."""
    return (OWN or ROOT) / "deviants" / "kills.json"


def noted_kills() -> dict[str, str]:
    """Return the scenario that killed each deviant in an earlier run; none without the file."""
    file = kills_file()
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def note_kills(matrix: KillMatrix, file: Path | None = None) -> None:
    """Add the kills of a run to the file; what it says of other deviants stays."""
    file = file or kills_file()
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    kills = {one.name: one.scenario for one in matrix.deviants if one.killed}
    text = json.dumps({**known, **kills}, indent=1, sort_keys=True, ensure_ascii=False)
    file.write_text(f"{text}\n", encoding="utf-8")


def unlikeliness(deviant: Deviant, title: str, noted: Mapping[str, str]) -> tuple[int, bool, float]:
    """Return how late a scenario is tried on a deviant: the smallest first."""
    named = [n for n, start in enumerate(deviant.caught_by) if title.startswith(start)]
    is_noted = noted.get(deviant.name) == title
    return min(named, default=len(deviant.caught_by)), not is_noted, -likeness(deviant, title)


def likeness(deviant: Deviant, text: str) -> float:
    """Return how much a text has to do with a deviant, by the words of its name and sentence."""
    return _likeness(stems(f"{deviant.name} {deviant.sentence}"), stems(text))


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of a text's longer words."""
    return frozenset(word[:STEM] for word in WORD.findall(text.lower()))


def _likeness(one: Iterable[str], other: frozenset[str]) -> float:
    rarity = _rarity()
    # Exact in any order: a set has another one in each worker, whose scenarios must be in the same.
    return math.fsum(rarity.get(word, 1.0) for word in one if word in other)


@cache
def _rarity() -> dict[str, float]:
    """How much a word tells: less if many scenarios have it."""
    titles = [stems(planned.name) for planned in read_plan()]
    counts = Counter(word for title in titles for word in title)
    return {word: math.log(len(titles) / count) for word, count in counts.items()}
