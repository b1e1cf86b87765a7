"""The fields, forms and links of a page, read with lxml, for a walk without a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import html

NOTHING: dict[str, str] = {}


@dataclass(frozen=True)
class Submission:
    """What a button sends."""

    method: str
    url: str
    data: dict[str, str]


class HtmlPage:
    """A parsed page. What is looked for stands in its main part, unless a method says otherwise.

    Every method that finds something raises AssertionError if there is not exactly one.
    """

    def __init__(self, url: str, text: str) -> None:
        self._url = url
        self._document = html.document_fromstring(text)
        self._main = self._one("//main")

    def menu_link(self, label: str) -> str:
        """The address of an entry of the menu."""
        return self._address("//nav//a[normalize-space()=$words]", label)

    def tile_link(self, caption: str) -> str:
        """The address of a tile."""
        return self._address("//main//li//a[normalize-space()=$words]", caption)

    def heading(self) -> str:
        """The heading of the page."""
        return _words(self._one("//main//h1"))

    def has_link_in(self, group: str) -> bool:
        """Whether the list with this name has a link."""
        lists = "//main//ul[@aria-labelledby=//h2[normalize-space()=$words]/@id]"
        return bool(self._document.xpath(f"{lists}//a", words=group))

    def shows(self, text: str) -> bool:
        """Whether an element has this text."""
        return bool(self._document.xpath("//main//*[normalize-space(text())=$words]", words=text))

    def says(self, pattern: str) -> bool:
        """Whether the page has a text like this."""
        return bool(re.search(pattern, _words(self._main)))

    def article(self) -> str:
        """The text of the only article."""
        return _words(self._one("//main//article"))

    def region(self, name: str) -> str:
        """The text of the part with this heading."""
        return _words(
            self._one("//main//section[@aria-labelledby=//h2[normalize-space()=$words]/@id]", name)
        )

    def fill_in(self, label: str, value: str) -> None:
        """Write into a field."""
        self._field(label).set("value", value)

    def is_required(self, label: str) -> bool:
        """Whether a field must not stay empty."""
        return "required" in self._field(label).attrib

    def submission(self, label: str) -> Submission:
        """What the button with this label sends."""
        button = self._one("//main//button[normalize-space()=$words]", label)
        form = next(button.iterancestors("form"))
        own = {button.get("name"): button.get("value", "")} if button.get("name") else NOTHING
        url = urljoin(self._url, form.get("action", ""))
        return Submission(form.get("method", "get").upper(), url, dict(form.form_values()) | own)

    def _field(self, label: str) -> html.HtmlElement:
        return self._one("//main//*[@id=//label[normalize-space()=$words]/@for]", label)

    def _address(self, path: str, words: str) -> str:
        return urljoin(self._url, str(self._one(path, words).get("href")))

    def _one(self, path: str, words: str = "") -> html.HtmlElement:
        found = self._document.xpath(path, words=words)
        assert len(found) == 1, f"{len(found)} elements at {path} for {words!r} on {self._url}"
        return found[0]


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
