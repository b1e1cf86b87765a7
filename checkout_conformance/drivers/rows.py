"""The rows of a list, whatever elements a site makes them of.

A site may list its invoices in a table, in a list, in articles or in boxes that unfold. A row is
the outermost of those.
What it belongs to is told by what is in it: filter by a text or a control.
"""

from __future__ import annotations

from checkout_conformance.drivers.page import Finder, Locator

# Headings of columns are no rows, nor are the entries of menus.
_KINDS = (
    "tr:has(td)",
    "[role=row]:has([role=cell])",
    "li",
    "[role=listitem]",
    "article",
    "[role=article]",
    # What unfolds a whole list is none of its rows.
    "details:not(:has(tr, li, article, [role=row], [role=listitem], [role=article]))",
)
_MENUS = ("nav", "[role=navigation]", "header", "[role=banner]", "footer", "[role=contentinfo]")
# The parser of the HTTP driver does not know ":not(:is(…) *)".
_INSIDE = ", ".join(f"{around} *" for around in (*_KINDS, *_MENUS))
ROWS = f":is({', '.join(_KINDS)}):not({_INSIDE})"


def rows_in(at: Finder) -> Locator:
    """Return the rows of all lists in a part of the page."""
    return at.locator(ROWS)
