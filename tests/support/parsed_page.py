"""A page over HTTP that can only be read: searches and assertions, no action and no waiting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.request import urlopen

from checkout_conformance.drivers.http.dom import Document, Element
from checkout_conformance.drivers.http.labels import label_texts
from checkout_conformance.drivers.http.names import accessible_description, accessible_name
from checkout_conformance.drivers.http.rendered_text import rendered_text
from checkout_conformance.drivers.http.roles import heading_level, role_of
from checkout_conformance.drivers.http.states import is_disabled, is_editable
from checkout_conformance.drivers.http.texts import fits, matching_elements, name_fits, plain_text
from checkout_conformance.drivers.http.visibility import is_exposed, is_visible

Text = str | re.Pattern[str]


@dataclass
class Found:
    """Elements of a page, as a locator of Playwright's has them."""

    document: Document
    elements: list[Element]
    includes_them: bool = False

    def all(self) -> list[Found]:
        return [self._of([one]) for one in self.elements]

    def get_attribute(self, name: str) -> str | None:
        (element,) = self.elements
        return element.attributes.get(name)

    def inner_text(self) -> str:
        (element,) = self.elements
        return rendered_text(element)

    def locator(self, css: str) -> Found:
        wanted = set(self._inside())
        return self._of([one for one in self.document.select(css) if one in wanted])

    def filter(self, has_text: Text) -> Found:
        return self._of([one for one in self.elements if fits(has_text, plain_text(one))])

    def get_by_text(self, text: Text, exact: bool = False) -> Found:
        return self._of(
            [one for root in self.elements for one in matching_elements(root, text, exact)]
        )

    def get_by_label(self, text: Text, exact: bool = False) -> Found:
        def is_labelled(one: Element) -> bool:
            return any(fits(text, label, exact) for label in label_texts(one, self.document))

        return self._of([one for one in self._inside() if is_labelled(one)])

    def get_by_role(
        self, role: str, name: Text | None = None, exact: bool = False, level: int | None = None
    ) -> Found:
        found = [one for one in self._inside() if role_of(one) == role and is_exposed(one)]
        if level is not None:
            found = [one for one in found if heading_level(one) == level]
        if name is not None:
            found = [
                one for one in found if name_fits(name, accessible_name(one, self.document), exact)
            ]
        return self._of(found)

    def _inside(self) -> Iterator[Element]:
        for root in self.elements:
            if self.includes_them:
                yield root
            yield from root.descendants()

    def _of(self, elements: list[Element]) -> Found:
        return Found(self.document, elements)


class ParsedPage(Found):
    """The page; a search finds its <html> too."""

    def __init__(self) -> None:
        super().__init__(Document(), [], includes_them=True)

    def goto(self, url: str) -> None:
        with urlopen(url) as answer:
            self.document = Document(answer.read().decode())
        self.elements = [self.document.root]


@dataclass
class Expected:
    """What is expected of the only element found."""

    found: Found

    def to_have_accessible_name(self, name: str) -> None:
        self._is(lambda one: fits(name, accessible_name(one, self.found.document), True))

    def to_have_accessible_description(self, description: str) -> None:
        told = accessible_description
        self._is(lambda one: fits(description, told(one, self.found.document), True))

    def to_have_text(self, text: str) -> None:
        self._is(lambda one: fits(text, plain_text(one), True))

    def to_be_visible(self) -> None:
        self._is(is_visible)

    def to_be_hidden(self) -> None:
        self._is(lambda one: not is_visible(one))

    def to_be_disabled(self) -> None:
        self._is(is_disabled)

    def to_be_enabled(self) -> None:
        self._is(lambda one: not is_disabled(one))

    def to_be_editable(self) -> None:
        self._is(is_editable)

    def _is(self, holds: Callable[[Element], bool]) -> None:
        (element,) = self.found.elements
        assert holds(element), element


def expect_parsed(found: Found) -> Expected:
    """Return the assertions about an element."""
    return Expected(found)
