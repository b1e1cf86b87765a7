"""The reports of one or more runs: ``checkout-conformance report [RESULTS …]``.

Reads folders of Allure results, writes allure.html, conformance.html (also in Arabic and Russian)
and conformance.json, and says the verdict. Its exit status is 0 if the run conforms, 1 if it does
not, 2 if it cannot tell: evidence is absent or cannot be read, or a report cannot be written. Then
no earlier report stays behind.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from checkout_conformance.clauses import LANGUAGES, OUR_LANGUAGE, read_clauses
from checkout_conformance.plan import read_plan
from checkout_conformance.project import LATEST
from checkout_conformance.reporting.allure_html import (
    RESULTS,
    ReportError,
    make_page,
    short,
)
from checkout_conformance.reporting.conformance import Check, Conformance
from checkout_conformance.reporting.conformance_page import no_report_page, render_conformance
from checkout_conformance.reporting.evidence import read_evidence
from checkout_conformance.reporting.judge import ConformanceJudge
from checkout_conformance.reporting.summary import summary_of
from checkout_conformance.reporting.verdict_words import verdict_line

DOCUMENT, ALLURE_PAGE = "conformance.json", "allure.html"
CONFORMS, DOES_NOT_CONFORM, CANNOT_TELL = 0, 1, 2
# How many missing pieces of evidence the terminal shows; the page has all.
SHOWN = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the reports, say where they are, and return the exit status for the shell."""
    options = _options(arguments)
    try:
        return _report(options)
    except ReportError as error:
        return _cannot_tell(str(error), options.into)
    except OSError as error:
        return _cannot_tell(f"{error.filename}: {error.strerror}", options.into)


def _report(options: argparse.Namespace) -> int:
    document = judge_results(options.results, options.at_least)
    write_conformance(document, options.results, options.into)
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as summary:
            summary.write(summary_of(document))
    has_allure = options.allure and _write_allure(document, options)
    _print_result(document, options.into)
    if not document.conforms:
        return DOES_NOT_CONFORM
    return CONFORMS if has_allure or not options.allure else CANNOT_TELL


def _write_allure(document: Conformance, options: argparse.Namespace) -> bool:
    """Return whether Allure's page could be made; a failure does not change the verdict."""
    page = options.into / ALLURE_PAGE
    page.unlink(missing_ok=True)
    try:
        make_page(options.results, page, _language_of(document))
    except ReportError as error:
        print(f"No Allure report: {error}", file=sys.stderr)
        return False
    return True


def _cannot_tell(reason: str, into: Path) -> int:
    """Print the reason and remove earlier reports, which could be mistaken for this one."""
    print(f"No report: {reason}", file=sys.stderr)
    try:
        write_no_report(reason, into)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    return CANNOT_TELL


def judge_results(results: Sequence[Path], at_least: int | None = None) -> Conformance:
    """Return the verdict on these folders of results.

    Raises ReportError if they have no scenario or an unreadable result.
    """
    evidence = read_evidence(results)
    if not evidence:
        folders = ", ".join(str(short(folder)) for folder in results)
        raise ReportError(f"no scenario was run in {folders}. Run `make accept` first.")
    return ConformanceJudge(evidence, read_plan()).conformance(read_clauses().values(), at_least)


def write_conformance(document: Conformance, pictures: Sequence[Path], into: Path) -> None:
    """Write the JSON and a page for each language into the folder ``into``."""
    into.mkdir(parents=True, exist_ok=True)
    (into / DOCUMENT).write_text(document.model_dump_json(indent=1), encoding="utf-8")
    for language in LANGUAGES:
        page = render_conformance(document, pictures, language)
        (into / page_name(language)).write_text(page, encoding="utf-8")


def write_no_report(reason: str, into: Path) -> None:
    """Replace the pages by one that says why there is no report; remove what programs read."""
    for name in (DOCUMENT, ALLURE_PAGE):
        (into / name).unlink(missing_ok=True)
    into.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        page = no_report_page(reason, language)
        (into / page_name(language)).write_text(page, encoding="utf-8")


def _language_of(document: Conformance) -> str:
    """The language that all the runs were in, or our own if they were in several."""
    return document.locale if document.locale in LANGUAGES else OUR_LANGUAGE


def page_name(language: str) -> str:
    """The file of the page in a language: ``conformance.html``, ``conformance.ar.html``."""
    return "conformance.html" if language == OUR_LANGUAGE else f"conformance.{language}.html"


def _print_result(document: Conformance, into: Path) -> None:
    print(verdict_line(document))
    for clause in document.clauses:
        for check in [check for check in clause.checks if check.failure][:1]:
            print(f"  {clause.id} {_failure(check)}")
    for check in document.failed_others:
        print(f"  {check.scenario} ({check.feature}): {_failure(check)}")
    if document.missing:
        print(_missing(document))
    print(f"Reports: {short(into / page_name(OUR_LANGUAGE))} (clause by clause)")
    if (into / ALLURE_PAGE).exists():
        print(f"         {short(into / ALLURE_PAGE)} (scenario by scenario)")


def _failure(check: Check) -> str:
    assert check.failure is not None
    return f"{check.failure.kind.value}: {check.failure.showed[:100]}"


def _missing(document: Conformance) -> str:
    first = [f"{one.scenario}: {', '.join(one.names)}" for one in document.missing[:SHOWN]]
    more = ["…"] if len(document.missing) > SHOWN else []
    return f"Missing pictures and attachments: {document.missing_count} ({'; '.join(first + more)})"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="checkout-conformance report", description=__doc__)
    parser.add_argument(
        "results", nargs="*", type=Path, default=[RESULTS], help="folders of Allure results"
    )
    parser.add_argument("--into", type=Path, default=LATEST, help="the folder to write into")
    parser.add_argument("--summary", type=Path, help="a Markdown file to add the verdict to")
    parser.add_argument(
        "--at-least",
        type=_number_of_clauses,
        metavar="N",
        help="do not conform unless so many clauses passed, whatever is not offered",
    )
    parser.add_argument(
        "--no-allure", dest="allure", action="store_false", help="leave Allure's page out"
    )
    return parser.parse_args(arguments)


def _number_of_clauses(text: str) -> int:
    total = len(read_clauses())
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= total):
        raise argparse.ArgumentTypeError(f"give a number of clauses, from 1 to {total}")
    return int(text)
