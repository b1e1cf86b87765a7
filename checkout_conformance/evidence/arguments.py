"""The data table and doc string of a step, as text for the reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pytest_bdd.parser import Step

from checkout_conformance.redaction.secrets import redact

DATA_TABLE, DOC_STRING = "The data table", "The doc string"


def arguments_of(step: Step) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each, without secrets; most steps have none."""
    if step.datatable is not None:
        rows = [[redact(str(cell)) for cell in row] for row in step.datatable.raw()]
        yield DATA_TABLE, "\n".join(_lines(rows))
    if step.docstring is not None:
        yield DOC_STRING, redact(step.docstring)


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the rows as in a feature, with aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"| {' | '.join(cells)} |"
