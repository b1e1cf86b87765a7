"""The shop's products, changed for one scenario and put back after it."""

from __future__ import annotations

from steps.controls import Controls


class Products:
    """What a scenario changes of products: nobody else may find it changed."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls
        self._before: list[tuple[str, dict[str, object]]] = []

    def change(self, slug: str, **change: object) -> None:
        """Change a product, and remember what it was."""
        self._before.append((slug, self._controls.change_product(slug)))
        self._controls.change_product(slug, **change)

    def restore(self) -> None:
        """Make every product what it was."""
        for slug, before in reversed(self._before):
            self._controls.change_product(slug, **before)
