"""The verdict in Markdown, for the summary page of a CI job."""

from __future__ import annotations

from checkout_conformance.reporting.conformance import Check, ClauseResult, Conformance
from checkout_conformance.reporting.verdict_words import counted, verdict_line


def summary_of(document: Conformance) -> str:
    """The verdict, a table of the clauses, and what failed where."""
    rows = [
        f"| {one.id} {one.title} | {one.verdict} | {counted(one)} |" for one in document.clauses
    ]
    table = ["| clause | verdict | scenarios |", "|---|---|---|", *rows]
    failures = [
        _failure_line(clause, check) for clause in document.clauses for check in clause.checks
    ]
    lines = [line for line in failures if line]
    lines += [_other(check) for check in document.failed_others]
    if document.missing:
        lines.append(f"- pictures and attachments missing: {document.missing_count}")
    return "\n".join([f"## {verdict_line(document)}", "", *lines, "", *table, ""])


def _failure_line(clause: ClauseResult, check: Check) -> str:
    return f"- **{clause.id}** {check.scenario} {_failure(check)}" if check.failure else ""


def _other(check: Check) -> str:
    return f"- **{_plain(check.feature)}** {check.scenario} {_failure(check)}"


def _failure(check: Check) -> str:
    assert check.failure is not None
    expected = f"expected: {check.failure.expected}; " if check.failure.expected else ""
    return f"({check.failure.kind}): {_plain(f'{expected}actual: {check.failure.showed}')}"


def _plain(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
