"""The reports of one or more runs: `python -m reports [RESULTS …]`.

Reads folders of Allure results, writes allure.html, conformance.html (also in Arabic and Russian)
and conformance.json, and says the verdict. Its exit status is 0 if the run conforms, 1 if it does
not, 2 if there was nothing to report.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from reports.allure_html import LATEST, RESULTS, ReportError, make_page, short
from reports.clauses import LANGUAGES, OUR_LANGUAGE, read_clauses
from reports.conformance import Conformance
from reports.conformance_page import page_of
from reports.evidence import read_evidence
from reports.judge import Judge
from reports.plan import read_plan
from reports.summary import summary_of
from reports.verdict_words import verdict_line

CONFORMS, DOES_NOT_CONFORM, NO_REPORT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the reports, say where they are, and return the exit status for the shell."""
    options = _options(arguments)
    try:
        document = judged(options.results)
        write_conformance(document, options.results, options.into)
        if options.allure:
            make_page(options.results, options.into / "allure.html", _language_of(document))
    except ReportError as error:
        print(f"No report: {error}", file=sys.stderr)
        return NO_REPORT
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as summary:
            summary.write(summary_of(document))
    _tell(document, options.into)
    return CONFORMS if document.conforms else DOES_NOT_CONFORM


def judged(results: Sequence[Path]) -> Conformance:
    """The verdict about what these folders of results hold.

    Raises ReportError where they hold no scenario.
    """
    evidence = read_evidence(results)
    if not evidence:
        folders = ", ".join(str(short(folder)) for folder in results)
        raise ReportError(f"no scenario was run in {folders}. Run `make accept` first.")
    return Judge(evidence, read_plan()).conformance(read_clauses().values())


def write_conformance(document: Conformance, pictures: Sequence[Path], into: Path) -> None:
    """Write the JSON and a page for each language into the folder ``into``."""
    into.mkdir(parents=True, exist_ok=True)
    (into / "conformance.json").write_text(document.model_dump_json(indent=1), encoding="utf-8")
    for language in LANGUAGES:
        page = page_of(document, pictures, language)
        (into / page_name(language)).write_text(page, encoding="utf-8")


def _language_of(document: Conformance) -> str:
    """The language that all the runs were in, or our own if they were in several."""
    return document.locale if document.locale in LANGUAGES else OUR_LANGUAGE


def page_name(language: str) -> str:
    """The file of the page in a language: ``conformance.html``, ``conformance.ar.html``."""
    return "conformance.html" if language == OUR_LANGUAGE else f"conformance.{language}.html"


def _tell(document: Conformance, into: Path) -> None:
    print(verdict_line(document))
    for clause in document.clauses:
        for check in [check for check in clause.checks if check.failure][:1]:
            assert check.failure is not None
            print(f"  {clause.id} {check.failure.kind.value}: {check.failure.showed[:100]}")
    print(f"Reports: {short(into / 'conformance.html')} (clause by clause)")
    if (into / "allure.html").exists():
        print(f"         {short(into / 'allure.html')} (scenario by scenario)")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m reports", description=__doc__)
    parser.add_argument(
        "results", nargs="*", type=Path, default=[RESULTS], help="folders of Allure results"
    )
    parser.add_argument("--into", type=Path, default=LATEST, help="the folder to write into")
    parser.add_argument("--summary", type=Path, help="a Markdown file to add the verdict to")
    parser.add_argument(
        "--no-allure", dest="allure", action="store_false", help="leave Allure's page out"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
