"""The rows of lists of every kind are found by both drivers."""

from __future__ import annotations

from typing import Any

import pytest

from checkout_conformance.drivers.rows import rows_in

Tab = Any
TABLE = """<table><thead><tr><th>Shop</th><th>Amount</th></tr></thead><tbody>
<tr><td>One</td><td>1</td></tr><tr><th scope="row">Two</th><td>2</td></tr></tbody></table>"""
TWO_TABLES = (
    "<table><tr><td>One</td></tr></table><h2>Others</h2><table><tr><td>Two</td></tr></table>"
)
LIST = "<ul><li>One</li><li>Two <ul><li>a part of two</li></ul></li></ul>"
ARTICLES = "<article>One</article><article>Two <ul><li>a part of two</li></ul></article>"
ROLES = (
    '<div role="table"><div role="row"><span role="columnheader">Shop</span></div>'
    '<div role="row"><span role="cell">One</span></div>'
    '<div role="row"><span role="cell">Two</span></div></div>'
)
AROUND = (
    "<nav><ul><li>Menu</li></ul></nav>{}<nav><ol><li>2</li></ol></nav>"
    "<footer><ul><li>Help</li></ul></footer>"
)


@pytest.mark.parametrize("rows", [TABLE, TWO_TABLES, LIST, ARTICLES, ROLES])
def test_rows_are_found_whatever_they_are_made_of(
    tab: Tab, site: Any, expect: Any, rows: str
) -> None:
    site.serve("/rows", AROUND.format(rows))
    tab.goto(site.url("/rows"))
    expect(rows_in(tab.locator("body"))).to_have_count(2)
    expect(rows_in(tab.locator("body"))).to_contain_text(["One", "Two"])
