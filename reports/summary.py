"""The verdict in Markdown, for the summary page of a CI job."""

from __future__ import annotations

from reports.conformance import Check, Clause, Conformance
from reports.verdict_words import counted, verdict_line


def summary_of(document: Conformance) -> str:
    """The verdict, a table of the clauses, and what failed where."""
    rows = [
        f"| {one.id} {one.title} | {one.verdict} | {counted(one)} |" for one in document.clauses
    ]
    table = ["| clause | verdict | scenarios |", "|---|---|---|", *rows]
    troubles = [_trouble(clause, check) for clause in document.clauses for check in clause.checks]
    told = [line for line in troubles if line]
    return "\n".join([f"## {verdict_line(document)}", "", *told, "", *table, ""])


def _trouble(clause: Clause, check: Check) -> str:
    if check.failure is None:
        return ""
    expected = f"expected: {check.failure.expected}; " if check.failure.expected else ""
    found = f"there was: {check.failure.showed}"
    return f"- **{clause.id}** {check.scenario} ({check.failure.kind}): {_plain(expected + found)}"


def _plain(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
