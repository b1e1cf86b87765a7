"""Evidence of a page over HTTP, where no picture can be taken."""

from __future__ import annotations

from collections.abc import Iterator

from checkout_conformance.drivers.http.dom import Document, Element
from checkout_conformance.drivers.http.forms import value_of
from checkout_conformance.drivers.http.page import HttpPage
from checkout_conformance.drivers.http.reading.labels import labels_of
from checkout_conformance.drivers.http.reading.rendered_text import rendered_text
from checkout_conformance.evidence.page_entries import Entry

NAMES = ("name", "id", "autocomplete", "placeholder", "aria-label", "title", "class")


def entries_of(page: HttpPage) -> Iterator[Entry]:
    """The fields of a page with their values, and what is marked as secret."""
    document = page.document
    for element in document.root.descendants():
        if element.has("data-secret"):
            yield Entry(element.text(), marked=True)
        if element.tag in ("input", "textarea") and value_of(element):
            yield _field(element, document)


def text_of(page: HttpPage) -> str:
    """What can be read on a page, for a failure's report. It is not redacted yet."""
    bodies = page.document.root.descendants("body")
    return "\n".join(rendered_text(body) for body in bodies)


def _field(element: Element, document: Document) -> Entry:
    names = [element.get(name) for name in NAMES]
    names += [label.text() for label in labels_of(element, document)]
    return Entry(
        value_of(element),
        " ; ".join(filter(None, names)),
        element.get("autocomplete").lower(),
        element.get("type").lower() == "password",
    )
