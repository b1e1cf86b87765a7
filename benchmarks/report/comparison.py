"""Compare figures of one kind with a base figure."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.report.figures import Figure, ratio


@dataclass(frozen=True)
class Comparison:
    """Figures side by side; ``base`` is the one that the ratios are to."""

    title: str
    unit: str
    base: str
    figures: tuple[Figure, ...]
    more_is_better: bool = False
    notes: tuple[str, ...] = field(default=())

    def ratio_of(self, figure: Figure) -> float | None:
        """The figure's ratio to the base; None if the base could not be measured."""
        base = next((one for one in self.figures if one.name == self.base), None)
        return None if base is None else ratio(figure, base)


def comparison_of(
    title: str,
    unit: str,
    base: str,
    measured: dict[str, tuple[float, ...]],
    *,
    more_is_better: bool = False,
    notes: tuple[str, ...] = (),
) -> Comparison:
    """The part that rounds make."""
    figures = tuple(Figure(name, unit, values) for name, values in measured.items() if values)
    return Comparison(title, unit, base, figures, more_is_better, notes)
