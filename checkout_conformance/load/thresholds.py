"""Thresholds of a load, as they are written on the command line: ``W1.6 p95 < 500 ms``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkout_conformance.load.job import CLAUSE, VISIT, Counted, Row

GRAMMAR = re.compile(
    r"(?:(?P<name>[A-Z]\d(?:\.\d+)?)\s+)?"
    r"(?:(?P<time>median|p95|p99|longest)\s*<\s*(?P<ms>\d{1,7})\s*ms"
    r"|failures\s*<\s*(?P<percent>\d{1,3}(?:\.\d{1,2})?)\s*%"
    r"|visits\s*>\s*(?P<rate>\d{1,5}(?:\.\d{1,2})?)\s*/\s*s)"
)
ADVICE = "write a threshold as: p95 < 500 ms, W1.6 p99 < 2000 ms, failures < 1 %, or visits > 5 /s"


@dataclass(frozen=True)
class Threshold:
    """What must hold of one clause or procedure, or of every one; exactly one limit is set.

    ``time`` names a column of the rows, below ``milliseconds``. ``percent``: of the visits or
    clauses fewer fail. ``rate``: more visits a second are finished.
    """

    text: str
    name: str = ""
    time: str = ""
    milliseconds: float | None = None
    percent: float | None = None
    rate: float | None = None

    def errors(self, counted: Counted, seconds: float) -> Iterator[str]:
        """Yield what does not hold, of a load that took so many seconds."""
        if self.rate is not None:
            yield from self._errors_of_rate(counted, seconds)
            return
        rows = self._rows(counted)
        if not rows:
            yield f"{self.text}: nothing of it was counted"
        for row in rows:
            if self.milliseconds is not None and getattr(row, self.time) >= self.milliseconds:
                yield f"{self.text}: {row.name} took {getattr(row, self.time):.0f} ms"
            if self.percent is not None and 100 * row.failures >= self.percent * row.times:
                yield f"{self.text}: {row.failures} of {row.times} failed ({row.name})"

    def _errors_of_rate(self, counted: Counted, seconds: float) -> Iterator[str]:
        done = sum(row.times - row.failures for row in self._rows(counted))
        assert self.rate is not None
        if done <= self.rate * seconds:
            yield f"{self.text}: {done} visits in {seconds:.0f} s"

    def _rows(self, counted: Counted) -> list[Row]:
        """The rows that it is about: of one clause or procedure, or all that fit its limit."""
        if self.name:
            found = (counted.row(kind, self.name) for kind in (CLAUSE, VISIT))
            return [row for row in found if row is not None]
        return counted.of_kind(CLAUSE if self.time else VISIT)


def parse_threshold(text: str) -> Threshold:
    """Parse a threshold. Raises ArgumentTypeError."""
    found = GRAMMAR.fullmatch(text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no threshold: {ADVICE}")
    return Threshold(
        text=text.strip(),
        name=found["name"] or "",
        time=found["time"] or "",
        milliseconds=_number(found["ms"]),
        percent=_number(found["percent"]),
        rate=_number(found["rate"]),
    )


def errors_of(thresholds: Sequence[Threshold], counted: Counted, seconds: float) -> list[str]:
    """List what does not hold."""
    return [error for one in thresholds for error in one.errors(counted, seconds)]


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)
