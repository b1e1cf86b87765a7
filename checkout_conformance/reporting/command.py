"""``checkout-conformance report``: the reports of one or more runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from checkout_conformance.clauses import LANGUAGES, OUR_LANGUAGE, read_clauses
from checkout_conformance.commands import SETTINGS, status_of
from checkout_conformance.plan import read_plan
from checkout_conformance.project import IS_INSTALLED, LATEST
from checkout_conformance.reporting.allure_html import (
    RUN_FIRST,
    AllureMissing,
    ReportError,
    make_page,
    short,
)
from checkout_conformance.reporting.allure_resolutions import resolutions_of
from checkout_conformance.reporting.certification import certify
from checkout_conformance.reporting.conformance import (
    Conformance,
    Replaced,
)
from checkout_conformance.reporting.conformance_page import (
    Beside,
    no_report_page,
    render_conformance,
)
from checkout_conformance.reporting.evidence import read_evidence
from checkout_conformance.reporting.history import past_run_of, remember
from checkout_conformance.reporting.history_view import HistoryView
from checkout_conformance.reporting.known_deviation import KnownState
from checkout_conformance.reporting.known_deviations import known_in, with_known
from checkout_conformance.reporting.options import report_options
from checkout_conformance.reporting.places import (
    ALLURE_PAGE,
    DOCUMENT,
    HISTORY,
    RESULTS,
    last_place,
    page_name,
    place_in,
    remove_films,
)
from checkout_conformance.reporting.results import PATTERN
from checkout_conformance.reporting.selection import Selection, selection_in
from checkout_conformance.reporting.summary import summary_of
from checkout_conformance.reporting.terminal import print_result
from checkout_conformance.reporting.verdict_words import verdict_line
from checkout_conformance.statuses import Status
from checkout_conformance.team import team

NAME = "Checkout conformance"
NOTHING_CHOSEN = "Selection: none of the features' scenarios. No verdict on the whole."
NO_PICTURES = "No film: no documented walk of these runs has pictures. Run in a browser first."


@dataclass(frozen=True)
class Options:
    """What the reports are made of, and where they go."""

    results: Sequence[Path]
    into: Path
    summary: Path | None = None
    at_least: int | None = None
    history: Path | None = None
    allure: bool = True
    film: bool = False


@click.command(context_settings=SETTINGS)
@click.argument("results", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=LATEST,
    metavar="FOLDER",
    help="the folder to write into; a selection's reports go into its folder selection",
)
@report_options
def command(
    results: tuple[Path, ...],
    into: Path,
    summary: Path | None,
    at_least: int | None,
    history: Path | None,
    allure: bool,
    film: bool,
) -> int:
    """Make the reports of earlier runs again, of one or of several together.

    RESULTS are folders of Allure results (default: those of the last run). Writes allure.html,
    conformance.html (also in Arabic and Russian) and conformance.json, and says the verdict.

    Runs without a browser certify nothing. The reports of a selection (-m W1) go into the folder
    `selection` inside that of the full reports; they have no verdict on the whole.

    \b
    Exit status
      0  the run conforms, everything selected passed, or all that failed are known deviations
      1  it does not
      2  there is no telling: evidence is missing or cannot be read, no run was in a browser, or a
         report cannot be written; then no earlier report stays behind
      3  an argument is wrong
    """
    found = results or ((last_place(LATEST) or LATEST) / RESULTS,)
    options = Options(found, into, summary, at_least, history or into / HISTORY, allure, film)
    try:
        selection = selection_in(options.results)
        options = replace(options, into=place_in(into, is_selection=selection is not None))
        return _report(options, selection)
    except ReportError as error:
        return _cannot_tell(str(error), options.into)
    except OSError as error:
        return _cannot_tell(f"{error.filename}: {error.strerror}", options.into)


def _report(options: Options, selection: Selection | None) -> int:
    if selection and selection.is_empty and not _has_results(options.results):
        print(NOTHING_CHOSEN)
        return Status.CONFORMS
    document = judge_results(options.results, options.at_least, selection)
    has_allure = not options.allure or _write_allure(document, options)
    history = _remember(document, options)
    shows_allure = options.allure and (options.into / ALLURE_PAGE).exists()
    beside = Beside(history or HistoryView(), shows_allure)
    write_conformance(document, options.results, options.into, beside)
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as summary:
            summary.write(summary_of(document))
    print_result(document, options.into)
    has_films = _write_films(document, options)
    status = _status(document)
    is_whole = has_allure and has_films and history is not None
    return status if is_whole or status else Status.CANNOT_TELL


def _remember(document: Conformance, options: Options) -> HistoryView | None:
    """The last runs with this one, which the file has from now on; None if it is unreadable."""
    run = past_run_of(document, options.results)
    if run is None or options.history is None:
        return HistoryView()
    try:
        return HistoryView(remember(options.history, run))
    except ReportError as error:
        print(f"No history: {error}", file=sys.stderr)
        return None


def _status(document: Conformance) -> int:
    if document.is_acceptable:
        return Status.CONFORMS
    if any(one.state in KnownState.to_mend() for one in document.known_deviations):
        return Status.DOES_NOT_CONFORM
    cannot_tell = document.is_open or (not document.certifies and not document.has_failed)
    return Status.CANNOT_TELL if cannot_tell else Status.DOES_NOT_CONFORM


def _has_results(folders: Sequence[Path]) -> bool:
    return any(next(folder.glob(PATTERN), None) for folder in folders)


def _write_allure(document: Conformance, options: Options) -> bool:
    """Whether Allure's page is as it should be; what is in the way takes nothing from the verdict.

    An installed command does without Allure.
    """
    page = options.into / ALLURE_PAGE
    page.unlink(missing_ok=True)
    says_all = document.certifies and not document.selection
    name = NAME if says_all else f"{NAME}: {verdict_line(document)}"
    try:
        make_page(options.results, page, _language_of(document), name, resolutions_of(document))
    except AllureMissing as error:
        print(f"No Allure report: {error}", file=sys.stderr)
        return IS_INSTALLED
    except ReportError as error:
        print(f"No Allure report: {error}", file=sys.stderr)
        return False
    return True


def _write_films(document: Conformance, options: Options) -> bool:
    """Whether the films that were asked for are written, as far as there are pictures."""
    remove_films(options.into)
    if not options.film:
        return True
    # Not before: most reports need no browser.
    from checkout_conformance.reporting.film import write_films

    try:
        films = write_films(document, options.results, options.into, _language_of(document))
    except ReportError as error:
        print(f"No film: {error}", file=sys.stderr)
        return False
    for film in films:
        print(f"Film: {short(film)}")
    if not films:
        print(NO_PICTURES)
    return True


def _cannot_tell(reason: str, into: Path) -> int:
    """Print the reason and remove earlier reports, which could be mistaken for this one."""
    print(f"No report: {reason}", file=sys.stderr)
    try:
        write_no_report(reason, into)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    return Status.CANNOT_TELL


def judge_results(
    results: Sequence[Path], at_least: int | None = None, selection: Selection | None = None
) -> Conformance:
    """The verdict about what these folders of results hold.

    Raises ReportError if they have no scenario or an unreadable result.
    """
    evidence = read_evidence(results)
    if not evidence:
        folders = ", ".join(str(short(folder)) for folder in results)
        raise ReportError(f"no scenario was run in {folders}. Run {RUN_FIRST} first.")
    document = certify(evidence, read_plan(), read_clauses().values(), at_least, selection)
    document = with_known(document, known_in(results))
    return document.model_copy(update={"replaced": _replaced()})


def _replaced() -> list[Replaced]:
    own = team()
    found = [one.partition(" ") for one in own.table.replaces] if own else []
    return [Replaced(kind=kind, name=name.strip()) for kind, _, name in found]


def write_conformance(
    document: Conformance, pictures: Sequence[Path], into: Path, beside: Beside
) -> None:
    """Write the JSON and a page for each language into the folder ``into``."""
    into.mkdir(parents=True, exist_ok=True)
    (into / DOCUMENT).write_text(document.model_dump_json(indent=1), encoding="utf-8")
    for language in LANGUAGES:
        page = render_conformance(document, pictures, language, beside)
        (into / page_name(language)).write_text(page, encoding="utf-8")


def write_no_report(reason: str, into: Path) -> None:
    """Replace the pages by one that says why there is no report; remove what programs read."""
    for name in (DOCUMENT, ALLURE_PAGE):
        (into / name).unlink(missing_ok=True)
    remove_films(into)
    into.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        page = no_report_page(reason, language)
        (into / page_name(language)).write_text(page, encoding="utf-8")


def _language_of(document: Conformance) -> str:
    """The language that all the runs were in, or our own if they were in several."""
    return document.locale if document.locale in LANGUAGES else OUR_LANGUAGE


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the reports, say where they are, and return the exit status for the shell."""
    return status_of(command, arguments, "report")
