"""The verdict in Markdown, for the summary page of a CI job."""

from __future__ import annotations

from checkout_conformance.drivers.capabilities import NOT_TRIED
from checkout_conformance.reporting.conformance import Check, ClauseResult, Conformance, NotTried
from checkout_conformance.reporting.verdict_words import (
    counted,
    failure_words,
    line_without_browser,
    need_words,
    verdict_line,
)


def summary_of(document: Conformance) -> str:
    """The verdict, a table of the clauses, and what failed where."""
    rows = [
        f"| {one.id} {one.title} | {_verdict(one)} | {counted(one)} |" for one in document.clauses
    ]
    table = ["| clause | verdict | scenarios |", "|---|---|---|", *rows]
    failures = [
        _failure_line(clause, check) for clause in document.clauses for check in clause.checks
    ]
    lines = [line for line in failures if line]
    lines += [_other(check) for check in document.other_checks if check.failure]
    lines += [_not_tried(one) for one in document.not_tried]
    if document.missing:
        lines.append(f"- pictures and attachments missing: {document.missing_count}")
    beside = line_without_browser(document)
    top = [f"## {verdict_line(document)}", "", *([beside, ""] if beside else [])]
    return "\n".join([*top, *lines, "", *table, ""])


def _verdict(clause: ClauseResult) -> str:
    tried = " (tried without a browser only)" if clause.only_without_browser else ""
    return f"{clause.verdict}{tried}"


def _failure_line(clause: ClauseResult, check: Check) -> str:
    return f"- **{clause.id}** {check.scenario} {_failure(check)}" if check.failure else ""


def _other(check: Check) -> str:
    return f"- **{_plain(check.feature)}** {check.scenario} {_failure(check)}"


def _not_tried(one: NotTried) -> str:
    return f"- {NOT_TRIED}{need_words(one)}: **{_plain(one.feature)}** {one.scenario}"


def _failure(check: Check) -> str:
    assert check.failure is not None
    expected = f"expected: {check.failure.expected}; " if check.failure.expected else ""
    return (
        f"({failure_words(check.failure)}): {_plain(f'{expected}actual: {check.failure.showed}')}"
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
