"""The elements of a page: parsed as HTML 5, with what the buyer has typed and ticked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

TEXT, COMMENT = "-text", "-comment"
BLANK = "<!doctype html><title></title>"


@dataclass(eq=False, slots=True)
class Element:
    """An element. ``value`` and ``checked`` are what a form would send now."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = field(default=None, repr=False)
    children: list[Element | str] = field(default_factory=list, repr=False)
    value: str | None = None
    checked: bool = False

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute; ``default`` if it is missing. An empty attribute is ""."""
        return self.attributes.get(name, default)

    def has(self, name: str) -> bool:
        """Return whether the attribute is there."""
        return name in self.attributes

    @property
    def elements(self) -> Iterator[Element]:
        """The child elements, without the texts between them."""
        return (child for child in self.children if isinstance(child, Element))

    def descendants(self, *tags: str) -> Iterator[Element]:
        """The elements in this one, in document order; only those with one of the tags, if any."""
        for child in self.elements:
            if not tags or child.tag in tags:
                yield child
            yield from child.descendants(*tags)

    def ancestors(self) -> Iterator[Element]:
        """The elements around this one, from the inside out."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    def closest(self, *tags: str) -> Element | None:
        """Return this element, or the nearest one around it, that has one of the tags."""
        return next((one for one in (self, *self.ancestors()) if one.tag in tags), None)

    def text(self) -> str:
        """Return all text in the element, hidden text too, as ``textContent`` does."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class Document:
    """A parsed page."""

    def __init__(self, source: str = BLANK) -> None:
        self._tree = LexborHTMLParser(source)
        self._elements: dict[int, Element] = {}
        root = self._tree.root
        assert root is not None  # The parser always makes <html>, <head> and <body>.
        self.root = self._element(root, None)
        self.ids: dict[str, Element] = {}
        for element in self._elements.values():
            if element.get("id"):
                self.ids.setdefault(element.get("id"), element)

    def select(self, css: str) -> list[Element]:
        """Return the elements that a CSS selector finds, in document order.

        Raises ValueError for an invalid selector.
        """
        return [self._elements[node.mem_id] for node in self._tree.css(css)]

    def in_order(self, elements: set[Element]) -> list[Element]:
        """Return some of the page's elements in document order."""
        return [element for element in self._elements.values() if element in elements]

    def _element(self, node: LexborNode, parent: Element | None) -> Element:
        attributes = {name: value or "" for name, value in node.attributes.items()}
        element = Element(node.tag or "", attributes, parent)
        # Filled before its children: the order of the document.
        self._elements[node.mem_id] = element
        child = node.child
        while child is not None:
            if child.tag == TEXT:
                element.children.append(child.text_content or "")
            elif child.tag != COMMENT:
                element.children.append(self._element(child, element))
            child = child.next
        _set_initial_state(element)
        return element


def _set_initial_state(element: Element) -> None:
    if element.tag == "textarea":
        # A parser drops the first line break of a text area.
        element.value = element.text()
    elif element.tag == "input":
        element.value = element.get("value")
        element.checked = element.has("checked")
    elif element.tag == "option":
        element.checked = element.has("selected")
