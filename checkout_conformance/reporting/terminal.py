"""What ``checkout-conformance report`` prints."""

from __future__ import annotations

from pathlib import Path

from checkout_conformance.clauses import OUR_LANGUAGE
from checkout_conformance.drivers.capabilities import NOT_TRIED
from checkout_conformance.reporting.allure_html import short
from checkout_conformance.reporting.conformance import Check, Conformance
from checkout_conformance.reporting.places import ALLURE_PAGE, page_name
from checkout_conformance.reporting.verdict_words import (
    failure_words,
    known_words,
    line_without_browser,
    need_words,
    verdict_line,
)

# How many missing pieces of evidence the terminal shows; the page has all.
SHOWN = 3


def print_result(document: Conformance, into: Path) -> None:
    """Print the verdict, the first failure of each clause, and where the reports are."""
    print(verdict_line(document))
    if beside := line_without_browser(document):
        print(beside)
    for clause in document.clauses:
        for check in [check for check in clause.checks if check.failure][:1]:
            print(f"  {clause.id} {_failure(check)}")
    for check in [check for check in document.other_checks if check.failure]:
        print(f"  {check.scenario} ({check.feature}): {_failure(check)}")
    for one in document.not_tried:
        print(f"  {one.scenario} ({one.feature}): {NOT_TRIED}{need_words(one)}")
    if document.missing:
        print(_missing(document))
    for known in document.known_deviations:
        print(f"  {known_words(known)}")
    for replaced in document.replaced:
        print(f"  replaced by the project: the {replaced.kind} {replaced.name}")
    print(f"Reports: {short(into / page_name(OUR_LANGUAGE))} (clause by clause)")
    if (into / ALLURE_PAGE).exists():
        print(f"         {short(into / ALLURE_PAGE)} (scenario by scenario)")


def _failure(check: Check) -> str:
    assert check.failure is not None
    return f"{failure_words(check.failure)}: {check.failure.showed[:100]}"


def _missing(document: Conformance) -> str:
    first = [f"{one.scenario}: {', '.join(one.names)}" for one in document.missing[:SHOWN]]
    more = ["…"] if len(document.missing) > SHOWN else []
    return f"Missing pictures and attachments: {document.missing_count} ({'; '.join(first + more)})"
