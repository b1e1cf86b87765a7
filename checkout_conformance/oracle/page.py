"""The report on oracle mutants as a page that loads nothing, and its verdict on one line."""

from __future__ import annotations

from collections import Counter

from checkout_conformance.oracle.report import AssertionRecord, OracleReport
from checkout_conformance.reporting.templates import environment, style


def render_report(report: OracleReport) -> str:
    """Return the HTML page: the verdict, what nothing noticed, and all assertions."""
    return (
        environment()
        .get_template("oracle.html")
        .render(
            report=report,
            verdict=verdict_line(report),
            own_style=style("deviants.css"),
            unnoticed=[one for one in report.assertions if unnoticed(one)],
            modules=modules_of(report),
        )
    )


def verdict_line(report: OracleReport) -> str:
    """Return ``380 of 400 oracle mutants noticed (95.0 %): 5 drop, 15 anything unnoticed.``

    Of a sample it also says of how many, and the 95 % confidence interval of the score.
    """
    missed = Counter(one.operator for one in report.mutants if not one.noticed)
    told = ", ".join(f"{count} {operator}" for operator, count in missed.most_common())
    score = f"{report.noticed} of {len(report.mutants)} oracle mutants noticed"
    return f"{score} ({_percent(report)}){f': unnoticed {told}' if told else ''}."


def _percent(report: OracleReport) -> str:
    if report.all_mutants is None:
        return f"{report.percent:.1f} %"
    low, high = report.interval
    sampled = f"a sample of {report.all_mutants}"
    return f"{report.percent:.1f} %, 95 % interval {low:.1f} to {high:.1f} %, {sampled}"


def unnoticed(record: AssertionRecord) -> list[str]:
    """Return the operators of an assertion that nothing noticed, each with the reason."""
    return [f"{one.operator}: {one.reason}" for one in record.mutants if not one.noticed]


def modules_of(report: OracleReport) -> dict[str, list[AssertionRecord]]:
    """Return the assertions by module."""
    found: dict[str, list[AssertionRecord]] = {}
    for one in report.assertions:
        found.setdefault(one.place.partition(":")[0], []).append(one)
    return found
