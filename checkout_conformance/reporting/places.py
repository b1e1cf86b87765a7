"""Where a run leaves its evidence and its reports: a run of everything, and one of a selection.

A selection has a folder of its own inside that of the last full run, so that it neither replaces
the full report nor joins its history.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from checkout_conformance.clauses import LANGUAGES, OUR_LANGUAGE

SELECTION = "selection"
# What pytest itself writes of a run, tests of the project included.
RESULTS, PYTEST_XML = "allure-results", "pytest.xml"
DOCUMENT, ALLURE_PAGE = "conformance.json", "allure.html"
EVIDENCE = "evidence.zip"
JUNIT, CTRF = "junit.xml", "ctrf.json"
# What the last runs found, line by line; begin_run leaves it. Allure's own is history.jsonl.
HISTORY = "clause-history.jsonl"
# Says which of the two folders the last run went into.
LAST_RUN = "last-run.txt"


def place_in(into: Path, is_selection: bool) -> Path:
    """The folder for a run's evidence and reports, where reports go below ``into``."""
    return into / SELECTION if is_selection else into


def begin_run(into: Path, is_selection: bool) -> None:
    """Remove what an earlier run of the same kind left, and remember which kind this one is.

    An earlier report must not stay behind a run that cannot be reported.
    """
    place = place_in(into, is_selection)
    place.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(place / RESULTS, ignore_errors=True)
    pages = [page_name(language) for language in LANGUAGES]
    for name in (*pages, DOCUMENT, ALLURE_PAGE, PYTEST_XML, EVIDENCE, JUNIT, CTRF):
        (place / name).unlink(missing_ok=True)
    remove_films(place)
    (into / LAST_RUN).write_text(SELECTION if is_selection else ".", encoding="utf-8")


def last_place(into: Path) -> Path | None:
    """The folder that the last run below ``into`` used; None if none has begun."""
    try:
        name = (into / LAST_RUN).read_text(encoding="utf-8")
    except OSError:
        return None
    return place_in(into, is_selection=name == SELECTION)


def film_name(procedure: str) -> str:
    """The file of a procedure's film: ``walk-W1.webp``."""
    return f"walk-{procedure}.webp"


def remove_films(place: Path) -> None:
    """Remove the films of an earlier report."""
    for film in place.glob(film_name("*")):
        film.unlink()


def page_name(language: str) -> str:
    """The file of the page in a language: ``conformance.html``, ``conformance.ar.html``."""
    return "conformance.html" if language == OUR_LANGUAGE else f"conformance.{language}.html"
