"""The conformance document as a page for people: one file that loads nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from jinja2 import Environment
from PIL import Image

from checkout_conformance.clauses import LANGUAGES, Procedure, read_clauses, read_procedures
from checkout_conformance.reporting.conformance import (
    Check,
    ClauseResult,
    Conformance,
    Verdict,
    worst,
)
from checkout_conformance.reporting.feature_words import feature_words
from checkout_conformance.reporting.hazard_rows import hazard_rows
from checkout_conformance.reporting.history_view import HistoryView
from checkout_conformance.reporting.languages import direction_of, name_of, words_in
from checkout_conformance.reporting.listed_scenarios import ScenarioList
from checkout_conformance.reporting.places import ALLURE_PAGE, page_name
from checkout_conformance.reporting.templates import data_uri, environment
from checkout_conformance.reporting.ticket import ticket_of
from checkout_conformance.reporting.verdict_words import (
    counted,
    counted_clauses,
    failure_words,
    line_without_browser,
    verdict_line,
)

MARKS = {
    Verdict.PASSED: "✓",
    Verdict.NOT_OFFERED: "○",
    Verdict.NOT_TRIED: "–",
    Verdict.NOT_RUN: "…",
    Verdict.COULD_NOT_BE_TRIED: "?",
    Verdict.FAILED: "✗",
}
# The pictures of the overview are this wide, in pixels, at this quality.
THUMBNAIL, QUALITY = 300, 50
# So many failures are shown on top: with the verdict they fit on the first screen.
FIRST_FAILURES = 5
# Height by width of what the style sheet shows of them.
SHAPE = 10 / 16


@dataclass(frozen=True)
class ProcedureCard:
    """How a procedure fared: its card at the top of the page."""

    procedure: Procedure
    verdict: Verdict
    counted: str
    seconds: float
    picture: str | None


@dataclass(frozen=True)
class Beside:
    """What a page shows beside the document: earlier runs, and a link to Allure's page."""

    history: HistoryView = field(default_factory=HistoryView)
    has_allure: bool = False


@dataclass(frozen=True)
class WalkedPicture:
    """A picture that the scenario of a failure left at another clause."""

    clause: str
    picture: str
    is_shown: bool
    """Whether the page shows it at that clause."""


def render_conformance(
    document: Conformance,
    pictures: Iterable[Path],
    language: str = LANGUAGES[0],
    beside: Beside | None = None,
) -> str:
    """The page in one language; ``pictures`` are the folders with the files it names."""
    beside = beside or Beside()
    words = words_in(language)
    _ = words.gettext
    templates = _templates(language)
    shelf = _PictureShelf(pictures)
    said = feature_words(language)
    templates.filters.update(
        titled=said.title, worded=said.steps, expected=said.expected, actual=said.actual
    )
    templates.filters["listed"] = ScenarioList(document.clauses, said).listed
    templates.filters["picture_uri"] = shelf.data_uri
    templates.filters["thumbnail_uri"] = shelf.thumbnail_uri
    templates.filters["by_run"] = _by_run
    templates.filters["shown"] = lambda clause: _shown(clause, document)
    templates.filters["first_picture"] = lambda clause: _first_picture(clause, document)
    clauses = {procedure: _clauses_of(document, procedure) for procedure in read_procedures()}
    procedures = [one for one in read_procedures().values() if clauses[one.id]]
    return templates.get_template("conformance.html").render(
        document=document,
        language=language,
        direction=direction_of(language),
        known=read_clauses(),
        history=beside.history,
        allure_page=ALLURE_PAGE if beside.has_allure else None,
        walked=lambda clause, check: _walked(document, clause, check),
        ticket=lambda one: ticket_of(document, one, read_clauses()[one.id], language),
        procedures=procedures,
        cards=[_card(document, one, language) for one in procedures],
        failures=_failures(document),
        first_failures=FIRST_FAILURES,
        verdicts=[one for one in reversed(Verdict) if document.count(one)],
        other_pages=[
            (name_of(other), page_name(other)) for other in LANGUAGES if other != language
        ],
        procedure_clauses=clauses,
        marks=MARKS,
        verdict_line=verdict_line(document, words),
        counted=lambda clause: counted(clause, words),
        passed_of=lambda passed, total: counted_clauses(passed, total, words),
        hazard_rows=hazard_rows,
        verdict_words={verdict: _(verdict.value) for verdict in Verdict},
        line_without_browser=line_without_browser(document, words),
        failure_words=lambda failure: failure_words(failure, words),
        need_names=lambda one: _(", ").join(map(_, one.needs)),
    )


def no_report_page(reason: str, language: str = LANGUAGES[0]) -> str:
    """The page that stands in for a report which could not be made."""
    return (
        environment(language)
        .get_template("no_report.html")
        .render(language=language, direction=direction_of(language), reason=reason)
    )


def _templates(language: str) -> Environment:
    templates = environment(language)
    templates.filters.update(
        seconds=lambda value: _seconds(value, language),
        day=lambda when: format_date(when, "long", locale=language),
        moment=lambda when: format_datetime(when, "long", locale=language),
        verdict_in=_verdict_in,
    )
    return templates


def _seconds(value: float, language: str) -> str:
    """A duration in seconds, with the unit of the language: ``0.19 s``, ``0,19 с``."""
    number = format_decimal(round(value, 2), locale=language)
    return words_in(language).gettext("%(number)s s") % {"number": number}


def _clauses_of(document: Conformance, procedure: str) -> list[ClauseResult]:
    return [clause for clause in document.clauses if clause.procedure == procedure]


def _verdict_in(clause: ClauseResult, run: int) -> Verdict | None:
    return next((one.verdict for one in clause.runs if one.run == run), None)


def _by_run(checks: Iterable[Check]) -> list[tuple[int | None, list[Check]]]:
    """The checks of each run, in the order of the runs; what no run tried comes last."""
    found: dict[int | None, list[Check]] = {}
    for check in checks:
        found.setdefault(check.run, []).append(check)
    return sorted(found.items(), key=lambda one: (one[0] is None, one[0] or 0))


def _shown(clause: ClauseResult, document: Conformance) -> list[Check]:
    """What the storyboard shows: every failure, and of each run the documented walk.

    A walk without a browser, which has no pictures, is shown only if no browser was there; a row
    of Examples, which walks under particular circumstances, only if no other walk was run.
    """
    failed = [check for check in clause.checks if check.failure]
    told = [run for run, one in enumerate(document.runs) if one.certifies or not document.certifies]
    walked = [one for one in clause.checks if one.walk and one.steps and one.run in told]
    plain = [one for one in walked if not one.from_example]
    first = {one.run: one for one in reversed(plain or walked)}
    documented = (first[run] for run in told if run in first)
    return [*failed, *(check for check in documented if not check.failure)]


def _first_picture(clause: ClauseResult, document: Conformance) -> str | None:
    return next((check.picture for check in _shown(clause, document) if check.picture), None)


def _walked(document: Conformance, clause: str, check: Check) -> list[WalkedPicture]:
    """The pictures that the scenario of this check, in the same run, left at other clauses."""
    return [
        WalkedPicture(one.id, other.picture, other in _shown(one, document))
        for one in document.clauses
        for other in one.checks
        if one.id != clause
        and other.picture
        and (other.feature, other.scenario, other.run) == (check.feature, check.scenario, check.run)
    ]


def _card(document: Conformance, procedure: Procedure, language: str) -> ProcedureCard:
    clauses = _clauses_of(document, procedure.id)
    passed = sum(clause.verdict is Verdict.PASSED for clause in clauses)
    pictures = (_first_picture(clause, document) for clause in clauses)
    return ProcedureCard(
        procedure=procedure,
        verdict=worst([clause.verdict for clause in clauses]),
        counted=counted_clauses(passed, len(clauses), words_in(language)),
        seconds=sum(clause.seconds for clause in clauses),
        picture=next(filter(None, pictures), None),
    )


def _failures(document: Conformance) -> list[tuple[ClauseResult, Check]]:
    """The first failure of each clause."""
    return [
        (clause, check)
        for clause in document.clauses
        for check in [check for check in clause.checks if check.failure][:1]
    ]


class _PictureShelf:
    """Finds the pictures that a document names, to put them into the page."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = list(folders)

    def data_uri(self, name: str | None) -> str | None:
        """The picture as an address that holds it; None if there is none."""
        path = self._find(name)
        return data_uri(path.read_bytes(), path.suffix.lstrip(".")) if path else None

    def thumbnail_uri(self, name: str | None) -> str | None:
        """The top of the picture in small; None if there is none."""
        path = self._find(name)
        return _thumbnail_uri(path) if path else None

    def _find(self, name: str | None) -> Path | None:
        found = (folder / name for folder in self._folders) if name else ()
        return next((path for path in found if path.exists()), None)


@cache
def _thumbnail_uri(path: Path) -> str:
    """Kept: the pages in three languages show the same ones."""
    picture = Image.open(path)
    shown = (picture.width, min(picture.height, round(picture.width * SHAPE)))
    top = picture.crop((0, 0, *shown))
    top.thumbnail((THUMBNAIL, THUMBNAIL))
    packed = BytesIO()
    top.save(packed, "WEBP", quality=QUALITY)
    return data_uri(packed.getvalue())
