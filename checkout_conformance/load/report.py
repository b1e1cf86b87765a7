"""The result of a load: lines for the terminal, a page with charts, and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checkout_conformance.clauses import read_clauses
from checkout_conformance.load.charts import Bar, Line, bars, line
from checkout_conformance.load.job import (
    ADDRESS,
    ARRIVAL,
    CLAUSE,
    VISIT,
    Arrivals,
    Counted,
    Failure,
    Row,
)
from checkout_conformance.reporting.templates import environment
from checkout_conformance.statuses import Status

PAGE, FACTS = "load.html", "load.json"


@dataclass(frozen=True)
class Report:
    """The result of a load.

    ``took`` seconds from the first arrival to the last buyer. ``books``: what is wrong with them;
    None if the target has no records. ``errors``: the thresholds that do not hold.
    """

    target: str
    locale: str
    arrivals: Arrivals
    buyers: int
    workers: int
    took: float
    counted: Counted
    books: Sequence[str] | None
    errors: Sequence[str]

    @property
    def status(self) -> Status:
        """The exit status."""
        if self.counted.workers_lost or not self.counted.of_kind(VISIT):
            return Status.CANNOT_TELL
        wrong = self.errors or self.books
        return Status.DOES_NOT_CONFORM if wrong else Status.CONFORMS

    @property
    def words_of_books(self) -> str:
        """What the books say, in a line."""
        if self.books is None:
            return "The books were not looked at: the target has no records of its own."
        if self.books:
            return f"The books are wrong: {len(self.books)} discrepancies."
        return "The books are right: money, bills, orders and holds agree on all sites."

    def lines(self) -> list[str]:
        """The result for the terminal."""
        visits, requests = self.counted.of_kind(VISIT), self.counted.of_kind(ADDRESS)
        walked, failed = sum(x.times for x in visits), sum(x.failures for x in visits)
        asked = sum(row.times for row in requests)
        lines = [f"{walked} visits, {failed} of them failed; {asked} requests"]
        lines += [_line(row) for row in self.counted.of_kind(CLAUSE)]
        lines += [f"  {one.times} × {one.name}: {one.reason}" for one in self.counted.failures[:10]]
        if self.counted.canaries:
            lines += ["In real browsers (canaries):"]
            lines += [_line(row) for row in self.counted.canaries if row.kind == CLAUSE]
            lines += [f"  {x.times} × {x.name}: {x.reason}" for x in self.counted.canary_failures]
        if self.counted.workers_lost:
            lines.append(f"{self.counted.workers_lost} workers were lost: there is no telling.")
        lines += [self.words_of_books, *(f"  {line}" for line in (self.books or [])[:10])]
        return [*lines, *(f"Threshold: {error}" for error in self.errors)]


def _line(row: Row) -> str:
    return (
        f"  {row.name:<8} {row.times:>6} times {row.median:>7.0f} ms median"
        f" {row.p95:>7.0f} ms p95 {row.failures:>5} failed"
    )


def write_report(report: Report, folder: Path) -> Path:
    """Write the page and the JSON; return the page. It is one file that loads nothing."""
    page = folder / PAGE
    page.write_text(render_load(report), encoding="utf-8")
    (folder / FACTS).write_text(report.counted.model_dump_json(indent=2), encoding="utf-8")
    return page


def render_load(report: Report) -> str:
    """Return the HTML of the page."""
    counted, titles = report.counted, read_clauses()
    clauses = counted.of_kind(CLAUSE)
    lines = [
        Line("requests a second", list(counted.requests_by_second.values())),
        Line("visits that ended, a second", list(counted.visits_by_second.values())),
    ]
    slow = [Bar(row.name, (row.median, row.p95, row.p99)) for row in clauses]
    return (
        environment()
        .get_template("load.html")
        .render(
            report=report,
            tables=[
                ("Clauses", clauses),
                ("Procedures", counted.of_kind(VISIT)),
                ("Addresses", counted.of_kind(ADDRESS)),
                ("Arrivals", counted.of_kind(ARRIVAL)),
                ("Clauses in real browsers (canaries)", _canaries(counted, CLAUSE)),
                ("Procedures in real browsers (canaries)", _canaries(counted, VISIT)),
            ],
            titles={name: clause.title["en"] for name, clause in titles.items()},
            all_failures=_all_failures(counted),
            throughput=[line(each) for each in lines],
            percentiles=bars(slow),
            verdict={0: "All thresholds hold", 1: "Something does not hold"}.get(
                report.status, "There is no telling"
            ),
        )
    )


def _canaries(counted: Counted, kind: str) -> list[Row]:
    return sorted((row for row in counted.canaries if row.kind == kind), key=lambda row: row.name)


def _all_failures(counted: Counted) -> list[tuple[str, list[Failure]]]:
    """Failures with their heading, the most frequent first; those of canaries if there are any."""
    found = [("Failures by reason", sorted(counted.failures, key=lambda one: -one.times))]
    if counted.canaries:
        found.append(("Failures in real browsers (canaries)", counted.canary_failures))
    return found
