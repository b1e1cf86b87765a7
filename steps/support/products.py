"""The shop's products, changed for one scenario and restored after it."""

from __future__ import annotations

from .controls import Controls


class Products:
    """The changes that a scenario makes to products, until it ends."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls
        self._before: list[tuple[str, dict[str, object]]] = []

    def change(self, slug: str, **change: object) -> None:
        """Change a product, and remember what it was before."""
        self._before.append((slug, self._controls.change_product(slug)))
        self._controls.change_product(slug, **change)

    def restore(self) -> None:
        """Undo every change, the last one first."""
        for slug, before in reversed(self._before):
            self._controls.change_product(slug, **before)
