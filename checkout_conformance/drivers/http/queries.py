"""How locators find elements, as Playwright's do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from checkout_conformance.drivers.http.dom import Document, Element
from checkout_conformance.drivers.http.reading.labels import label_texts
from checkout_conformance.drivers.http.reading.names import accessible_name
from checkout_conformance.drivers.http.reading.roles import heading_level, role_of
from checkout_conformance.drivers.http.reading.texts import (
    fits,
    matching_elements,
    name_fits,
    plain_text,
)
from checkout_conformance.drivers.http.reading.visibility import is_exposed

Text = str | re.Pattern[str]
Query = Callable[[Document, Sequence[Element]], list[Element]]
Pick = Callable[[Document, Element], Iterable[Element]]


def whole_page(document: Document, roots: Sequence[Element]) -> list[Element]:
    """The query of a page: the roots, as they are."""
    return list(roots)


def inside(outer: Query, pick: Pick) -> Query:
    """Return a query for what ``pick`` finds in each element that ``outer`` finds."""

    def query(document: Document, roots: Sequence[Element]) -> list[Element]:
        around = outer(document, roots)
        found = dict.fromkeys(one for root in around for one in pick(document, root))
        return list(found) if len(around) < 2 else document.in_order(set(found))

    return query


def either(one: Query, other: Query) -> Query:
    """Return a query for what either query finds, in document order."""

    def query(document: Document, roots: Sequence[Element]) -> list[Element]:
        return document.in_order({*one(document, roots), *other(document, roots)})

    return query


def both(one: Query, other: Query) -> Query:
    """Return a query for what both queries find, in the order of the first."""

    def query(document: Document, roots: Sequence[Element]) -> list[Element]:
        if found := one(document, roots):
            also = set(other(document, roots))
            return [each for each in found if each in also]
        return []

    return query


def those(outer: Query, keeps: Callable[[Document, Element], bool]) -> Query:
    """Return a query for the elements that ``keeps`` keeps."""

    def query(document: Document, roots: Sequence[Element]) -> list[Element]:
        return [one for one in outer(document, roots) if keeps(document, one)]

    return query


def numbered(outer: Query, index: int) -> Query:
    """Return a query for the element with a number; negative ones count from the end."""

    def query(document: Document, roots: Sequence[Element]) -> list[Element]:
        found = outer(document, roots)
        return [found[index]] if -len(found) <= index < len(found) else []

    return query


def by_role(role: str, name: Text | None, exact: bool, level: int | None) -> Pick:
    """Pick the elements with a role, and a name if one is given."""

    def pick(document: Document, root: Element) -> Iterator[Element]:
        for one in elements_with_role(document, role):
            if (
                one.is_inside(root)
                and (level is None or heading_level(one) == level)
                and is_exposed(one)
                and (name is None or name_fits(name, accessible_name(one, document), exact))
            ):
                yield one

    return pick


def elements_with_role(document: Document, role: str) -> Sequence[Element]:
    """Return all elements of a page with a role, in document order."""
    if not document.of_role:
        for one in document.top.descendants():
            document.of_role.setdefault(role_of(one), []).append(one)
    return document.of_role.get(role, ())


def by_label(text: Text, exact: bool) -> Pick:
    """Pick the elements that a label names."""

    def pick(document: Document, root: Element) -> Iterator[Element]:
        for one in root.descendants():
            if any(fits(text, label, exact) for label in label_texts(one, document)):
                yield one

    return pick


def by_text(text: Text, exact: bool) -> Pick:
    """Pick the smallest elements that contain a text."""
    return lambda _, root: matching_elements(root, text, exact)


def by_css(selector: str) -> Pick:
    """Pick the elements that a CSS selector finds. Raises ValueError for an invalid one."""

    def pick(document: Document, root: Element) -> Iterator[Element]:
        for one in document.select(selector):
            if one.is_inside(root):
                yield one

    return pick


def has_text(text: Text) -> Callable[[Document, Element], bool]:
    """Keep the elements with a text somewhere in them."""
    return lambda _, one: fits(text, plain_text(one), False)


def has(inner: Query) -> Callable[[Document, Element], bool]:
    """Keep the elements in which a query finds something."""
    return lambda document, one: bool(inner(document, [one]))


def has_not(inner: Query) -> Callable[[Document, Element], bool]:
    """Keep the elements in which a query finds nothing."""
    return lambda document, one: not inner(document, [one])
