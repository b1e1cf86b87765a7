"""The results as Markdown: ratios first."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.report.comparison import Comparison
from benchmarks.report.figures import Figure
from benchmarks.report.results import Results


def markdown(results: Results) -> str:
    """Every part as a table, and below them where and when it was measured."""
    blocks = [_verdict(results), *(_table(part) for part in results.parts)]
    blocks += ["\n".join(_missing(results))] if results.missing else []
    return "\n\n".join([*blocks, _where(results)]) + "\n"


def _verdict(results: Results) -> str:
    slowdown = (
        f"the reference work between the runs took up to {results.slowdown:.0%} longer at times"
    )
    if results.too_noisy:
        return f"**The machine was too noisy to tell:** {slowdown}. The ratios may be wrong."
    return f"The machine was quiet enough: {slowdown}."


def _table(part: Comparison) -> str:
    rows = [
        f"**{part.title}** ({'more' if part.more_is_better else 'less'} is better)",
        "",
        f"| | ratio | {part.unit}: median | least | most |",
        "|---|---:|---:|---:|---:|",
        *(_row(part, one) for one in part.figures),
        *(f"\n{note}" for note in part.notes),
    ]
    return "\n".join(rows)


def _row(part: Comparison, figure: Figure) -> str:
    ratio = part.ratio_of(figure)
    shown = "" if ratio is None else f"{ratio:.2f}"
    numbers = " | ".join(number(value) for value in (figure.middle, figure.least, figure.most))
    return f"| {figure.name} | {shown} | {numbers} |"


def number(value: float) -> str:
    """Three figures of it, and no more than a reader needs."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _missing(results: Results) -> Iterator[str]:
    yield "Not measured:"
    yield ""
    for name, why in results.missing.items():
        yield f"- {name}: {why}"


def _where(results: Results) -> str:
    facts = dict(results.facts)
    head = f"{facts.pop('date', '')}, {facts.pop('cores', '?')} cores, {facts.pop('system', '')}"
    return f"{head}; " + ", ".join(f"{name} {value}" for name, value in facts.items()) + "."
