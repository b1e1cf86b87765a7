"""The shapes of the charts on the page of a load, in the units of an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT, BAR_HEIGHT = 720, 180, 18


@dataclass(frozen=True)
class Line:
    """A value for each second."""

    title: str
    values: Sequence[int]


@dataclass(frozen=True)
class Bar:
    """The median, the 95th and the 99th percentile of something, in milliseconds."""

    name: str
    values: tuple[float, float, float]


@dataclass(frozen=True)
class LineChart:
    """A polyline, and what stands at its axes."""

    title: str
    points: str
    highest: int
    seconds: int


@dataclass(frozen=True)
class BarRow:
    """Three pieces of a bar, each with its beginning and its width."""

    name: str
    y: int
    pieces: list[tuple[float, float]]
    words: str


@dataclass(frozen=True)
class BarChart:
    """Bars below one another."""

    rows: list[BarRow]
    height: int


def line(chart: Line) -> LineChart:
    """Draw a line from the first second to the last one; the highest value reaches the top."""
    highest, last = max(chart.values, default=0), max(len(chart.values) - 1, 1)
    points = [
        f"{WIDTH * second / last:.1f},{HEIGHT - HEIGHT * value / max(highest, 1):.1f}"
        for second, value in enumerate(chart.values)
    ]
    return LineChart(chart.title, " ".join(points), highest, len(chart.values))


def bars(chart: Sequence[Bar]) -> BarChart:
    """Draw bars whose longest one has the whole width."""
    longest = max((bar.values[-1] for bar in chart), default=0) or 1
    rows = []
    for number, bar in enumerate(chart):
        ends = [0.0, *(WIDTH * value / longest for value in bar.values)]
        pieces = [(begin, max(end - begin, 0)) for begin, end in pairwise(ends)]
        words = " / ".join(f"{value:.0f}" for value in bar.values)
        rows.append(BarRow(bar.name, number * (BAR_HEIGHT + 8), pieces, f"{words} ms"))
    return BarChart(rows, len(chart) * (BAR_HEIGHT + 8))
