"""The measured throughputs as points, and the fitted laws as lines, over a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.load.scaling.cells import Cell
from benchmarks.load.scaling.law import Law

TEMPLATES = Path(__file__).parent / "templates"
LEFT, RIGHT, TOP, BOTTOM = 60, 560, 56, 300
COLOURS = ("#1f6f8b", "#b5532a", "#4b7f36", "#6b4c9a", "#8a6d1f")
STEPS_OF_LINE = 40
# The distances between the lines of the grid.
NICE = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Series:
    """One line, and the points on it, in the picture's units."""

    name: str
    colour: str
    line: str
    points: Sequence[tuple[float, float]]


def svg(title: str, below: str, cells: Sequence[Cell], laws: Mapping[str, Law]) -> str:
    """Requests a second by buyers at a time, a colour for each kind of sites."""
    most = max(cell.buyers for cell in cells)
    step = next(one for one in NICE if max(c.requests_a_second for c in cells) / one <= 6)
    highest = step * math.ceil(max(c.requests_a_second for c in cells) / step)

    def place(buyers: float, requests: float) -> tuple[float, float]:
        across = math.log(buyers) / math.log(most)
        return (
            round(LEFT + (RIGHT - LEFT) * across, 1),
            round(BOTTOM - (BOTTOM - TOP) * min(requests / highest, 1), 1),
        )

    series = []
    for (name, law), colour in zip(laws.items(), COLOURS, strict=False):
        along = [most ** (number / STEPS_OF_LINE) for number in range(STEPS_OF_LINE + 1)]
        line = " ".join("{},{}".format(*place(n, law.at(n))) for n in along)
        own = [cell for cell in cells if cell.sites.name == name]
        points = [place(cell.buyers, cell.requests_a_second) for cell in own]
        series.append(Series(name, colour, line, points))
    files = FileSystemLoader(TEMPLATES)
    pictures = Environment(loader=files, autoescape=True, undefined=StrictUndefined)
    return pictures.get_template("scaling.svg").render(
        title=title,
        below=below,
        series=series,
        across=[(n, place(n, 0)[0]) for n in sorted({cell.buyers for cell in cells})],
        up=[(n, place(1, n)[1]) for n in range(0, highest + 1, step)],
    )
