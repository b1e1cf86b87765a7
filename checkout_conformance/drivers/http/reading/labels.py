"""Labels of controls, and references from one element to others."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from checkout_conformance.drivers.http.dom import Document, Element
from checkout_conformance.drivers.http.form_controls import input_type
from checkout_conformance.drivers.http.reading.texts import plain_text

LABELABLE = frozenset({"button", "input", "meter", "output", "progress", "select", "textarea"})

_known: WeakKeyDictionary[Document, dict[Element, list[Element]]] = WeakKeyDictionary()


def labels_of(element: Element, document: Document) -> list[Element]:
    """Return the elements that label one: those of aria-labelledby, else its <label>s."""
    return references(element, "aria-labelledby", document) or native_labels(element, document)


def label_texts(element: Element, document: Document) -> list[str]:
    """Return the texts by which get_by_label finds the element."""
    labels = references(element, "aria-labelledby", document)
    written = element.get("aria-label")
    if not labels and written.strip():
        return [written]
    return [plain_text(label) for label in labels or native_labels(element, document)]


def native_labels(element: Element, document: Document) -> list[Element]:
    """Return the <label>s for a control, and around it, in document order."""
    if element.tag not in LABELABLE:
        return []
    # A page without scripts keeps its labels.
    if document not in _known:
        _known[document] = _labels_by_control(document)
    return _known[document].get(element, [])


def labelled_control(label: Element, document: Document) -> Element | None:
    """Return the control that a <label> names by its id, or holds; None if there is none."""
    if label.has("for"):
        named = document.ids.get(label.get("for"))
        return named if named is not None and _is_labelable(named) else None
    return next(filter(_is_labelable, label.descendants(*LABELABLE)), None)


def references(element: Element, attribute: str, document: Document) -> list[Element]:
    """Return the elements whose ids an attribute lists, in its order; unknown ids are left out."""
    ids = dict.fromkeys(element.get(attribute).split())
    return [document.ids[one] for one in ids if one in document.ids]


def _labels_by_control(document: Document) -> dict[Element, list[Element]]:
    labels: dict[Element, list[Element]] = {}
    for label in document.root.descendants("label"):
        control = labelled_control(label, document)
        if control is not None:
            labels.setdefault(control, []).append(label)
    return labels


def _is_labelable(element: Element) -> bool:
    return element.tag in LABELABLE and input_type(element) != "hidden"
