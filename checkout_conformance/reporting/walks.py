"""The documented walk of each procedure, as the frames of a film."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checkout_conformance.clauses import OUR_LANGUAGE, read_clauses
from checkout_conformance.reporting.conformance import Check, Conformance

# A scenario in one run: the index of the run, the feature's file, the scenario's title.
Walk = tuple[int | None, str, str]


@dataclass(frozen=True)
class Frame:
    """A clause of a walk: its caption, and the page that the buyer saw after it."""

    clause: str
    title: str
    steps: Sequence[str]
    has_failed: bool
    picture: Path


def walks_of(
    document: Conformance, folders: Sequence[Path], language: str
) -> dict[str, list[Frame]]:
    """The frames of each procedure that has pictures, by the procedure's id.

    Of several walks of a procedure it is the one in features of this language and, of those, the
    first with the most pictures. The titles of the clauses are in ``language``.
    """
    found: dict[str, dict[Walk, dict[str, Frame]]] = defaultdict(lambda: defaultdict(dict))
    for clause in document.clauses:
        for check in clause.checks:
            picture = _picture(check, folders)
            if check.walk and picture:
                walk = (check.run, check.feature, check.scenario)
                frame = _frame(clause.id, check, picture, language)
                # A walk that was run twice, in merged folders, is shown once.
                found[clause.procedure][walk].setdefault(clause.id, frame)
    return {procedure: _best(walks, language) for procedure, walks in found.items()}


def _best(walks: dict[Walk, dict[str, Frame]], language: str) -> list[Frame]:
    best = max(walks, key=lambda walk: (_edition(walk[1]) == language, len(walks[walk])))
    return list(walks[best].values())


def _edition(feature: str) -> str:
    """The language of a feature: the name of its top folder, if that has two letters."""
    top = Path(feature.rpartition(":")[2]).parts[0]
    return top if len(top) == 2 else OUR_LANGUAGE


def _frame(clause: str, check: Check, picture: Path, language: str) -> Frame:
    return Frame(
        clause=clause,
        title=read_clauses()[clause].title[language],
        steps=[step.text for step in check.steps],
        has_failed=check.failure is not None,
        picture=picture,
    )


def _picture(check: Check, folders: Sequence[Path]) -> Path | None:
    if check.picture is None:
        return None
    found = (folder / check.picture for folder in folders)
    return next((path for path in found if path.exists()), None)
