"""The matrix of twins as a page that loads nothing, and lines for the terminal."""

from __future__ import annotations

from collections import Counter

from checkout_conformance.clauses import read_clauses
from checkout_conformance.reporting.templates import environment, style
from checkout_conformance.twins.matrix import Outcome, TwinMatrix, TwinRecord


def render_matrix(matrix: TwinMatrix) -> str:
    """Return the HTML page: the verdict, a matrix of twins and clauses, and every failure."""
    return (
        environment()
        .get_template("twins.html")
        .render(
            matrix=matrix,
            verdict=verdict_line(matrix),
            own_style=style("deviants.css"),
            clauses=_failed_clauses(matrix),
            count=_count,
        )
    )


def _failed_clauses(matrix: TwinMatrix) -> list[str]:
    """The clauses at which something failed, in the order of the documents: the columns."""
    failed = {one.clause for twin in matrix.twins for one in twin.failures}
    return [clause for clause in read_clauses() if clause in failed]


def _count(twin: TwinRecord, clause: str) -> int:
    return sum(one.clause == clause for one in twin.failures)


def verdict_line(matrix: TwinMatrix) -> str:
    """Return ``Passed: 46 of 46 twins…`` or ``Failed: …``."""
    passed = sum(twin.passed for twin in matrix.twins)
    outcomes = Counter(one.outcome for twin in matrix.twins for one in twin.tried)
    parts = [f"{passed} of {len(matrix.twins)} twins passed"]
    parts += [f"{outcomes[Outcome.FALSE_ALARM]} false alarms"]
    parts += [f"{outcomes[Outcome.BROKE]} errors of the harness"] if outcomes[Outcome.BROKE] else []
    parts += [f"{outcomes.total()} scenarios{' over HTTP' if matrix.over_http else ''}"]
    untried = outcomes[Outcome.NOT_TRIED]
    parts += [f"{untried} of them not tried by this driver"] if untried else []
    return f"{'Passed' if matrix.passed else 'Failed'}: {', '.join(parts)}."


def result_line(twin: TwinRecord) -> str:
    """Return the result of a twin on one line, with its first failure."""
    line = (
        f"{twin.verdict:17} {twin.name}  {twin.passes} of {len(twin.tried)}  {twin.seconds:.1f} s"
    )
    first = next(iter(twin.failures), None)
    return f"{line}  {first.clause} {first.scenario} › {first.step}" if first else line
