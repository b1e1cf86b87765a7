"""The report of a load: its status, its lines, its page."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from checkout_conformance.load.charts import HEIGHT, WIDTH, Bar, Line, bars, line
from checkout_conformance.load.job import Arrivals, Counted
from checkout_conformance.load.report import Report, write_report
from checkout_conformance.statuses import Status
from tests.engine.load.conftest import Make


def report(
    counted: Counted, books: Sequence[str] | None = (), errors: Sequence[str] = ()
) -> Report:
    arrivals = Arrivals(5, 20, {"W1": 1}, 1)
    return Report("mock", "en", arrivals, 20, 2, 21.5, counted, books, errors)


@pytest.mark.parametrize(
    ("books", "errors", "lost", "status"),
    [
        ((), (), 0, Status.CONFORMS),
        (None, (), 0, Status.CONFORMS),
        (["a bill was paid twice"], (), 0, Status.DOES_NOT_CONFORM),
        ((), ["p95 < 1 ms: W1.6 took 80 ms"], 0, Status.DOES_NOT_CONFORM),
        ((), (), 1, Status.CANNOT_TELL),
    ],
)
def test_thresholds_books_and_lost_workers_give_the_status(
    counted: Make, books: Sequence[str] | None, errors: Sequence[str], lost: int, status: Status
) -> None:
    assert report(counted(lost=lost), books, errors).status == status


def test_without_any_visit_there_is_no_telling() -> None:
    assert report(Counted()).status == Status.CANNOT_TELL


def test_the_lines_say_what_failed_and_what_the_books_say(counted: Make) -> None:
    said = "\n".join(report(counted(failures=3), ["a bill was paid twice"]).lines())

    assert "100 visits, 3 of them failed" in said
    assert "3 × W1.6: <b>no page</b>" in said
    assert "a bill was paid twice" in said


def test_the_page_has_a_row_for_each_clause_and_loads_nothing(
    counted: Make, tmp_path: Path
) -> None:
    page = write_report(report(counted(failures=3)), tmp_path).read_text()

    html = LexborHTMLParser(page)
    cells = [cell.text() for cell in html.css("td")]
    assert any(cell.startswith("W1.6 · ") for cell in cells)
    assert "<b>no page</b>" in cells
    assert len(html.css("svg")) == 3
    assert not re.search(r"(src|href)=|https?://", page)
    assert json.loads((tmp_path / "load.json").read_text())["visits_by_second"] == {
        "0": 40,
        "1": 60,
    }


def test_a_line_reaches_the_top_at_its_highest_value() -> None:
    drawn = line(Line("visits", [0, 5, 10]))

    assert drawn.points.split() == [
        f"0.0,{HEIGHT}.0",
        f"{WIDTH / 2},{HEIGHT / 2}",
        f"{WIDTH}.0,0.0",
    ]
    assert line(Line("nothing", [])).points == ""


def test_the_pieces_of_a_bar_add_up_to_its_percentile() -> None:
    drawn = bars([Bar("W1.5", (10, 20, 50)), Bar("W1.6", (100, 200, 500))])

    assert [sum(width for _, width in row.pieces) for row in drawn.rows] == [WIDTH / 10, WIDTH]
