"""The results as a picture: for each part a bar to every figure's ratio."""

from __future__ import annotations

import pygal
from pygal.style import Style

from benchmarks.part import Part
from benchmarks.results import Results
from benchmarks.table import number

STYLE = Style(background="white", plot_background="white", colors=("#2f6f8f",), font_family="sans")
BAR, MARGIN = 34, 110


def svg(part: Part, results: Results) -> bytes:
    """One part as horizontal bars: its medians, with the date; it loads nothing."""
    figures = sorted(part.figures, key=lambda one: one.middle, reverse=not part.more_is_better)
    chart = pygal.HorizontalBar(
        # No script: the picture is shown by pages that run none.
        js=(),
        style=STYLE,
        show_legend=False,
        print_values=True,
        value_formatter=number,
        width=820,
        height=MARGIN + BAR * len(figures),
        truncate_label=-1,
        range=(0, max(one.most for one in figures)),
        title=f"{part.title} ({part.unit}), {results.facts.get('date', '')}",
    )
    chart.x_labels = [one.name for one in figures]
    chart.add(part.title, [one.middle for one in figures])
    rendered: bytes = chart.render(disable_xml_declaration=False)
    return rendered
