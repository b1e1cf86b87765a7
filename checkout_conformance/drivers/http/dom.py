"""The elements of a page: parsed as HTML 5, with what the buyer has typed and ticked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

TEXT = "-text"
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
    # All elements of the page in document order, and which of them this one and its last
    # descendant are: a search reads a part of one list.
    order: list[Element] = field(default_factory=list, repr=False)
    number: int = -1
    last: int = -1

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

    def is_inside(self, outer: Element) -> bool:
        """Return whether the element is somewhere in another one of the same page."""
        return outer.number < self.number <= outer.last

    def descendants(self, *tags: str) -> Iterator[Element]:
        """The elements in this one, in document order; only those with one of the tags, if any."""
        inside = self.order[self.number + 1 : self.last + 1]
        return iter([one for one in inside if one.tag in tags] if tags else inside)

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
        self._order: list[Element] = []
        root = self._tree.root
        assert root is not None  # The parser always makes <html>, <head> and <body>.
        self.root = self._element(root, None)
        # What a search of the whole page begins at: it finds <html> too.
        everything = len(self._order) - 1
        self.top = Element(
            "#document", {}, children=[self.root], order=self._order, last=everything
        )
        # By role, in document order: read when one is first searched for. No role ever changes.
        self.of_role: dict[str | None, list[Element]] = {}
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
        return sorted(elements, key=lambda element: element.number)

    def _element(self, node: LexborNode, parent: Element | None) -> Element:
        attributes = {name: value or "" for name, value in node.attributes.items()}
        number = len(self._order)
        element = Element(node.tag or "", attributes, parent, order=self._order, number=number)
        self._elements[node.mem_id] = element
        self._order.append(element)
        child = node.child
        while child is not None:
            if child.tag == TEXT:
                element.children.append(child.text_content or "")
            elif child.is_element_node:  # Comments and their like are left out.
                element.children.append(self._element(child, element))
            child = child.next
        element.last = len(self._order) - 1
        set_initial_state(element)
        return element


def set_initial_state(element: Element) -> None:
    """Give a control the value that the page gives it."""
    if element.tag == "textarea":
        # A parser drops the first line break of a text area.
        element.value = element.text()
    elif element.tag == "input":
        element.value = element.get("value")
        element.checked = element.has("checked")
    elif element.tag == "option":
        element.checked = element.has("selected")
