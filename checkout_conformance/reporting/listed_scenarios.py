"""The scenarios of a clause as the report lists them: the rows of Examples under their title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from checkout_conformance.reporting.conformance import Check, ClauseResult, Verdict
from checkout_conformance.reporting.feature_words import FeatureWords

# A scenario, or a row of its Examples, in one run: the feature's file, the title, the run.
Tried = tuple[str, str, int | None]


@dataclass(frozen=True)
class ListedRow:
    """A check, and the values of its row; empty if it has none or they stand in the title."""

    check: Check
    values: str


@dataclass(frozen=True)
class ListedScenario:
    """A title, and every check below it.

    ``elsewhere`` counts the rows that passed here too and are listed at an earlier clause.
    """

    title: str
    rows: Sequence[ListedRow]
    elsewhere: Mapping[str, int]


class ScenarioList:
    """Lists the scenarios of one clause after the other."""

    def __init__(self, clauses: Iterable[ClauseResult], words: FeatureWords) -> None:
        self._words = words
        self._first: dict[Tried, str] = {}
        for clause in clauses:
            for check in clause.checks:
                self._first.setdefault(_tried(check), clause.id)

    def listed(self, checks: Iterable[Check], clause: str) -> list[ListedScenario]:
        """Return the scenarios in their order; rows of one title that follow each other are one.

        A walk comes to many clauses: the values of its rows are only listed at the first.
        """
        parts = [(*self._words.in_parts(check), check) for check in checks]
        return [
            self._scenario(
                title, [ListedRow(check, values) for _title, values, check in rows], clause
            )
            for title, rows in groupby(parts, key=lambda part: part[0])
        ]

    def _scenario(self, title: str, rows: Sequence[ListedRow], clause: str) -> ListedScenario:
        repeated = [row for row in rows if self._is_repeated(row, clause)]
        elsewhere = Counter(self._first[_tried(row.check)] for row in repeated)
        return ListedScenario(title, [row for row in rows if row not in repeated], elsewhere)

    def _is_repeated(self, row: ListedRow, clause: str) -> bool:
        passed = row.check.verdict is Verdict.PASSED
        return bool(row.values) and passed and self._first[_tried(row.check)] != clause


def _tried(check: Check) -> Tried:
    return check.feature, check.scenario, check.run
