"""A buyer who uses links and buttons by their names, without a browser."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

# What a buyer can press, in the order of the page.
PRESSED = './/a[@href] | .//button | .//input[@type="submit"]'
FIELDS = "self::input or self::select or self::textarea"
SPACE_BEFORE = re.compile(r" ([,.:])")
BUTTONS = ("submit", "button", "image", "reset")
Element = Any


class Walk:
    """The page that is open, and what can be done on it.

    ``foreign`` is the address of another site where the last step has led.
    """

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        self.address = "/"
        self.foreign = ""
        self.html = ""

    def open(self, address: str) -> Walk:
        """Open a page of the site, and where it redirects to."""
        return self._show("GET", address)

    def use(self, name: str, /, **fields: Any) -> Walk:
        """Fill in fields by their names, then follow the link or press the button of that name.

        The content comes before the menus. Fails if there is none, or if it is disabled.
        """
        return self.use_numbered(name, 0, **fields)

    def use_numbered(self, name: str, number: int, /, **fields: Any) -> Walk:
        """Do the same with another of several of one name; ``number`` counts from 0."""
        page = lxml.html.fromstring(self.html)
        parts = [*page.xpath("//main"), page]
        found = [one for part in parts for one in part.xpath(PRESSED) if name_of(one) == name]
        assert found, f"no {name!r} on {self.address}: {self.text}"
        used = found[number]
        assert used.get("disabled") is None, f"{name!r} is disabled"
        if used.tag == "a":
            return self._show("GET", used.get("href"))
        return self._send(page, used, fields)

    def wait(self) -> Walk:
        """Go on as a browser does by itself, by the page's refresh."""
        [content] = lxml.html.fromstring(self.html).xpath('//meta[@http-equiv="refresh"]/@content')
        return self._show("GET", content.partition("url=")[2])

    @property
    def text(self) -> str:
        """What a reader sees in the content, on one line."""
        [main] = lxml.html.fromstring(self.html).xpath("//main")
        return SPACE_BEFORE.sub(r"\1", " ".join(" ".join(main.itertext()).split()))

    def _send(self, page: Element, button: Element, fields: dict[str, Any]) -> Walk:
        owner = button.get("form")
        [form] = page.xpath(f'//form[@id="{owner}"]') if owner else [_form_around(button)]
        values = _values(page, form)
        for name, value in fields.items():
            assert name in _names(page, form), f"no field {name!r} on {self.address}"
            values.setlist(name, value if isinstance(value, list) else [value])
        if button.get("name"):
            values.add(button.get("name"), button.get("value", ""))
        method = form.get("method", "get").upper()
        return self._show(method, form.get("action") or self.address, values)

    def _show(self, method: str, address: str, values: MultiDict[str, str] | None = None) -> Walk:
        address = urljoin(f"http://localhost{self.address}", address)
        while True:
            given: dict[str, Any] = (
                {"query_string" if method == "GET" else "data": values} if values else {}
            )
            target = urlsplit(address)
            if target.netloc != "localhost":
                self.foreign = address
                return self
            path = target.path if "query_string" in given else f"{target.path}?{target.query}"
            answer = self._client.open(path, method=method, **given)
            if answer.status_code not in (301, 302, 303):
                break
            method, values, address = "GET", None, urljoin(address, answer.location)
        assert answer.status_code == 200, f"{answer.status_code} at {address}"
        query = answer.request.query_string.decode()
        self.address, self.html = f"{answer.request.path}?{query}", answer.text
        return self


def name_of(element: Element) -> str:
    """Return the name of a link or a button, on one line."""
    given = element.get("aria-label") or element.get("value") if element.tag == "input" else None
    return " ".join((given or element.text_content()).split())


def _form_around(element: Element) -> Element:
    return next(element.iterancestors("form"))


def _fields(page: Element, form: Element) -> list[Element]:
    """All fields of a form, also those that stand elsewhere and name it."""
    own = [one for one in form.xpath(f".//*[{FIELDS}]") if one.get("form") is None]
    named = page.xpath(f'//*[{FIELDS}][@form="{form.get("id")}"]') if form.get("id") else []
    usable = [one for one in [*own, *named] if one.get("name") and one.get("disabled") is None]
    return [one for one in usable if one.get("type") not in BUTTONS]


def _names(page: Element, form: Element) -> set[str]:
    return {one.get("name") for one in _fields(page, form)}


def _values(page: Element, form: Element) -> MultiDict[str, str]:
    """What a form sends if nothing is changed."""
    values: MultiDict[str, str] = MultiDict()
    for one in _fields(page, form):
        if one.get("type") in ("checkbox", "radio") and one.get("checked") is None:
            continue
        value = one.value if one.tag in ("select", "textarea") else one.get("value", "")
        values.add(one.get("name"), value or "")
    return values
