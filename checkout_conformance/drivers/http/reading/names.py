"""Accessible names and descriptions, as Playwright computes them without stylesheets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from checkout_conformance.drivers.http.dom import Document, Element
from checkout_conformance.drivers.http.form_controls import (
    PRESSED_TYPES,
    TEXT_TYPES,
    input_type,
    selected_options,
)
from checkout_conformance.drivers.http.reading.aria import (
    PRESENTATIONAL,
    ROLES_NAMED_BY_CONTENT,
    ROLES_READ_INSIDE,
    ROLES_WITH_RANGE,
    ROLES_WITHOUT_NAME,
)
from checkout_conformance.drivers.http.reading.labels import native_labels, references
from checkout_conformance.drivers.http.reading.roles import role_of
from checkout_conformance.drivers.http.reading.visibility import IGNORED, display_of, is_exposed

SPACES = re.compile(r"[^\S\u00a0]+")
SOFT = re.compile("[\u200b\u00ad]")
# Playwright's, whatever the language of the browser.
SUBMIT, CHOOSE_FILE = "Submit", "Choose File"
DEFAULT_NAMES = {"submit": SUBMIT, "reset": "Reset"}
# The first such child names the whole.
NAMED_PARTS = {"fieldset": "legend", "figure": "figcaption"}
TITLED_CONTROLS = frozenset({"input", "meter", "output", "progress", "select"})


class Use(Enum):
    """Why the text of an element is asked for."""

    NAME = auto()
    """Its own name."""
    PART = auto()
    """It is inside an element whose name is asked for."""
    LABEL = auto()
    """It is, or is inside, the <label> of a control."""
    LABELLED_BY = auto()
    """It is, or is inside, what aria-labelledby refers to."""
    DESCRIBED_BY = auto()
    """It is, or is inside, what aria-describedby refers to."""


@dataclass(frozen=True)
class Asked:
    """What is asked of an element."""

    use: Use
    hidden: bool = False
    """Hidden parts count: what is referred to is itself hidden."""
    native: bool = False
    """It is, or is inside, a legend or caption."""

    @property
    def inside(self) -> Asked:
        """What is asked of the elements inside."""
        return replace(self, use=Use.PART) if self.use is Use.NAME else self


def accessible_name(element: Element, document: Document) -> str:
    """Return the name by which get_by_role finds the element; "" without one."""
    if role_of(element) in ROLES_WITHOUT_NAME:
        return ""
    return _flat(_Reader(document).read(element, Asked(Use.NAME)))


def accessible_description(element: Element, document: Document) -> str:
    """Return the text that describes the element: by aria-describedby, or else its title."""
    if not element.has("aria-describedby"):
        written = "aria-description" if element.has("aria-description") else "title"
        return _flat(element.get(written))
    described_by = references(element, "aria-describedby", document)
    return _flat(
        " ".join(
            _Reader(document).read(one, Asked(Use.DESCRIBED_BY, hidden=not is_exposed(one)))
            for one in described_by
        )
    )


def _flat(text: str) -> str:
    """Return the text with single spaces and none at its ends; &nbsp; is kept between words."""
    return SPACES.sub(" ", SOFT.sub("", text)).strip()


class _Reader:
    """Reads one name. No element counts twice in it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: set[Element] = set()

    def read(self, element: Element, asked: Asked) -> str:
        """Return the text of an element; its spaces are as they are in the page."""
        if element in self._seen:
            return ""
        if element.tag in IGNORED or not (asked.hidden or is_exposed(element)):
            self._seen.add(element)
            return ""
        labelled_by = references(element, "aria-labelledby", self._document)
        if asked.use is not Use.LABELLED_BY and (text := self._read_references(labelled_by)):
            return text
        self._seen.add(element)
        role = role_of(element) or ""
        is_control = asked.use in (Use.PART, Use.LABEL, Use.LABELLED_BY)
        if is_control and element not in labelled_by:
            value = self._value(element, role, asked)
            if value is not None:
                return value
        if element.get("aria-label").strip():
            return element.get("aria-label")
        if role not in PRESENTATIONAL:
            name = self._native_name(element, asked, bool(labelled_by))
            if name is not None:
                return name
        if self._is_named_by_content(element, role, asked):
            text = self._content(element, asked)
            if text.strip() or (text and asked.use is not Use.NAME):
                return text
        return "" if role in PRESENTATIONAL and element.tag != "iframe" else _title(element)

    def _read_references(self, elements: Iterable[Element]) -> str:
        return " ".join(
            self.read(one, Asked(Use.LABELLED_BY, hidden=not is_exposed(one))) for one in elements
        )

    def _read_labels(self, labels: Iterable[Element]) -> str:
        texts = (
            self.read(label, Asked(Use.LABEL, hidden=not is_exposed(label))) for label in labels
        )
        return " ".join(filter(None, texts))

    def _value(self, element: Element, role: str, asked: Asked) -> str | None:
        """Return what a control inside a label or another element holds; None if it is none."""
        if role in ("textbox", "searchbox"):
            return element.text() if element.value is None else element.value
        if role in ("combobox", "listbox"):
            chosen = self._chosen(element, role)
            if not chosen and element.tag == "input":
                return element.value or ""
            return " ".join(self.read(option, asked.inside) for option in chosen)
        if role in ROLES_WITH_RANGE:
            written = filter(element.has, ("aria-valuetext", "aria-valuenow", "value"))
            return element.get(next(written, "value"))
        return "" if role == "menu" else None

    def _chosen(self, element: Element, role: str) -> list[Element]:
        if element.tag == "select":
            return selected_options(element) or list(element.descendants("option"))[:1]
        parts = self._owned(element)
        if role == "combobox":
            lists = (part for part in parts if role_of(part) == "listbox")
            parts = [part for box in [*lists][:1] for part in self._owned(box)]
        return [
            part
            for part in parts
            if part.get("aria-selected").lower() == "true" and role_of(part) == "option"
        ]

    def _owned(self, element: Element) -> list[Element]:
        """Return the elements inside one, and those that it says belong to it."""
        owned = references(element, "aria-owns", self._document)
        return [*element.descendants(), *(one for top in owned for one in _with_descendants(top))]

    def _native_name(self, element: Element, asked: Asked, is_referring: bool) -> str | None:
        """Return the name that HTML gives an element of its kind; None if it gives none."""
        kind, tag = input_type(element), element.tag
        if kind in PRESSED_TYPES:
            return _name_of_pressed(element, kind)
        if kind in ("file", "image"):
            labels = native_labels(element, self._document)
            if labels and asked.use is not Use.LABELLED_BY:
                return self._read_labels(labels)
            return CHOOSE_FILE if kind == "file" else _alt_or_title(element) or SUBMIT
        if tag in ("img", "area"):
            return _alt_or_title(element)
        if tag == "table":
            caption = _first_child(element, "caption")
            return self._native_part(caption, asked) if caption else element.get("summary") or None
        if element.closest("svg"):
            title = _first_child(element, "title")
            hidden = replace(asked, use=Use.LABELLED_BY, hidden=True)
            return self.read(title, hidden) if title else None
        return None if is_referring else self._name_of_control(element, asked)

    def _name_of_control(self, element: Element, asked: Asked) -> str | None:
        tag = element.tag
        if tag in NAMED_PARTS:
            part = _first_child(element, NAMED_PARTS[tag])
            return self._native_part(part, asked) if part else element.get("title")
        labels = native_labels(element, self._document)
        if labels:
            return self._read_labels(labels)
        if tag == "textarea" or input_type(element) in TEXT_TYPES:
            return element.get("title") or element.get("placeholder")
        return element.get("title") if tag in TITLED_CONTROLS else None

    def _native_part(self, part: Element, asked: Asked) -> str:
        hidden = asked.hidden or not is_exposed(part)
        return self.read(part, replace(asked.inside, hidden=hidden, native=True))

    def _is_named_by_content(self, element: Element, role: str, asked: Asked) -> bool:
        if asked.native or asked.use not in (Use.NAME, Use.PART):
            return True
        if element.tag == "summary":
            return role not in PRESENTATIONAL
        if asked.use is Use.PART:
            return not role or role in ROLES_READ_INSIDE
        return role in ROLES_NAMED_BY_CONTENT

    def _content(self, element: Element, asked: Asked) -> str:
        is_closed = element.tag == "details" and not element.has("open")
        texts = []
        for child in [*element.children, *references(element, "aria-owns", self._document)]:
            if isinstance(child, Element):
                text = self.read(child, asked.inside)
                is_inline = display_of(child) == "inline" and child.tag != "br"
                texts.append(text if is_inline else f" {text} ")
            elif asked.hidden or not is_closed:
                texts.append(child)
        return "".join(texts)


def _name_of_pressed(element: Element, kind: str) -> str:
    value = element.value or ""
    return value if value.strip() else DEFAULT_NAMES.get(kind) or element.get("title")


def _alt_or_title(element: Element) -> str:
    alt = element.get("alt")
    return alt if alt.strip() else element.get("title")


def _title(element: Element) -> str:
    title = element.get("title")
    return title if title.strip() else ""


def _first_child(element: Element, tag: str) -> Element | None:
    return next((child for child in element.elements if child.tag == tag), None)


def _with_descendants(element: Element) -> list[Element]:
    return [element, *element.descendants()]
