"""Failures beside the line of their scenario: GitHub's workflow commands, GitLab's code quality."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from checkout_conformance.exports.cases import Case, Status, cases_of
from checkout_conformance.exports.lines import line_of
from checkout_conformance.reporting.conformance import Conformance


def github_of(document: Conformance) -> str:
    """Return the commands that a step of a GitHub workflow prints; empty if nothing failed."""
    return "".join(
        f"::error file={_property(case.file)},line={_line(case)},"
        f"title={_property(_title(case))}::{_data(case.message)}\n"
        for case in _failures(document)
    )


def gitlab_of(document: Conformance) -> str:
    """Return GitLab's code quality report: an empty list if nothing failed."""
    issues = [
        {
            "description": f"{_title(case)}: {case.message}",
            "check_name": case.clause,
            "fingerprint": hashlib.sha256(
                "\n".join((case.clause, case.file, case.title)).encode()
            ).hexdigest(),
            "severity": "major",
            "location": {"path": case.file, "lines": {"begin": _line(case)}},
        }
        for case in _failures(document)
    ]
    return json.dumps(issues, indent=1, ensure_ascii=False) + "\n"


def _failures(document: Conformance) -> Iterator[Case]:
    """The failed cases; a scenario that failed for several clauses is told once for each."""
    return (case for case in cases_of(document) if case.status is Status.FAILED)


def _title(case: Case) -> str:
    return f"{case.clause} {case.title}"


def _line(case: Case) -> int:
    return line_of(case.check.feature, case.check.scenario)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
