"""Our sites with other words on some controls: ``python -m tests.support.relabelled_sites``.

They stand for a team's own staging, which says things its own way.
"""

from __future__ import annotations

import re
import sys

from flask import Flask, Response

from mock_sites import __main__ as sites
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.settings import StackSettings
from mock_sites.shared.runtime.site import Site

# By the name in features/glossary.toml: what these sites say instead, in English.
LABELS = {
    "Buy": "Go to checkout",
    "Cart": "Basket",
    "Confirm order": "Place the order",
    "Entertainment": "Fun and games",
    "Payment methods": "Ways to pay",
    "Save card": "Remember this card",
    "View": "Look at them",
}


def relabel(html: str) -> str:
    """The page with the other words, where they are a whole text or a whole name."""
    for ours, theirs in LABELS.items():
        html = re.sub(rf"(>\s*){ours}(\s*<)", rf"\g<1>{theirs}\g<2>", html)
        html = re.sub(rf'((?:aria-label|value|title)="){ours}"', rf'\g<1>{theirs}"', html)
    return html


def add_relabelling(app: Flask) -> None:
    """Have every page of a site changed on its way out."""

    @app.after_request
    def change(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.set_data(relabel(response.get_data(as_text=True)))
        return response


def serve() -> int:
    """Serve all four."""

    def relabelled(name: str) -> None:
        create = sites.CREATE[name]

        def create_site(stack: StackSettings, clock: Clock) -> Site:
            site = create(stack, clock)
            add_relabelling(site.app)
            return site

        sites.CREATE[name] = create_site

    for name in list(sites.CREATE):
        relabelled(name)
    return sites.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(serve())
