"""The data table and the doc string of a step, as text that the reports show beneath it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pytest_bdd.parser import Step

from checkout_conformance.redaction.secrets import redact

DATA_TABLE, DOC_STRING = "The data table", "The doc string"


def arguments_of(step: Step) -> Iterator[tuple[str, str]]:
    """The name and the text of each, without secrets; most steps have neither."""
    if step.datatable is not None:
        rows = [[redact(str(cell)) for cell in row] for row in step.datatable.raw()]
        yield DATA_TABLE, "\n".join(_lines(rows))
    if step.docstring is not None:
        yield DOC_STRING, redact(step.docstring)


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as a feature has them, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"| {' | '.join(cells)} |"
