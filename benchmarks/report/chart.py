"""A part of the results as a picture: a bar to the median of each figure, and how far it spread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.report.comparison import Comparison
from benchmarks.report.figures import Figure
from benchmarks.report.results import Results
from benchmarks.report.table import number

TEMPLATES = Path(__file__).parent / "templates"
LEFT, LONGEST = 260, 440
TOP, BAR, BOTTOM = 48, 34, 40


@dataclass(frozen=True)
class Bar:
    """One bar, in the picture's units; ``least`` and ``most`` are where the line on it ends."""

    name: str
    number: str
    width: float
    least: float
    most: float
    is_ours: bool


def svg(part: Comparison, results: Results) -> str:
    """The part as horizontal bars, the best first. The picture loads nothing."""
    figures = sorted(part.figures, key=lambda one: one.middle, reverse=part.more_is_better)
    scale = LONGEST / max(one.most for one in figures)
    files = FileSystemLoader(TEMPLATES)
    pictures = Environment(loader=files, autoescape=True, undefined=StrictUndefined)
    return pictures.get_template("chart.svg").render(
        title=part.title,
        below=_below(part, results),
        height=TOP + BAR * len(figures) + BOTTOM,
        bars=[_bar(one, scale, one.name == part.base) for one in figures],
    )


def _bar(figure: Figure, scale: float, is_ours: bool) -> Bar:
    return Bar(
        name=figure.name,
        number=number(figure.middle),
        width=round(figure.middle * scale, 1),
        least=round(LEFT + figure.least * scale, 1),
        most=round(LEFT + figure.most * scale, 1),
        is_ours=is_ours,
    )


def _below(part: Comparison, results: Results) -> str:
    rounds = max(len(one.values) for one in part.figures)
    better = "more" if part.more_is_better else "less"
    date, cores = results.facts.get("date", ""), results.facts.get("cores", "?")
    noisy = "; the machine was too noisy to tell" if results.too_noisy else ""
    of_rounds = f"median of {rounds} rounds" if rounds > 1 else "one round"
    return f"{date}, {cores} cores, {of_rounds}; {better} is better{noisy}"
