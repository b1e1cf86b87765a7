"""What a scenario presupposes: done in the buyer's browser session, but not on the screen.

A browser lays out, paints and waits for every page, and two thirds of a run went into pages that
no step looks at. An errand reads the same pages and sends the same forms by the same labels over
HTTP; :meth:`HttpSession.show` then puts the page that it came to on the screen. What a scenario is
about stays on the screen; so does everything on a site that is not our own mock, whose pages may
need their scripts, and everything in a run that is to be watched (``Target.on_screen``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
from lxml import html
from playwright.sync_api import Page

from checkout_conformance.drivers.actions import Actions
from checkout_conformance.drivers.site import Site
from checkout_conformance.expectations import Unmet
from checkout_conformance.targets.addresses import on_loopback
from checkout_conformance.targets.target import Target

SECONDS = 10.0
MOST_REDIRECTS = 10
OnScreen = TypeVar("OnScreen", bound=Site)
Sent = TypeVar("Sent", bound="HttpSession")
FIELDS = ".//input | .//select | .//textarea"


class HttpSession(Actions):
    """A buyer's way through the plain pages of one site."""

    name: str
    # One for all: a new one costs 20 ms for a TLS context. It keeps no cookies of its own.
    _line = httpx.HTTPTransport()

    def __init__(self, page: Page, target: Target) -> None:
        self._browser = page
        self._target = target
        self._site = urlsplit(target.url(self.name))
        self._agent: str = page.evaluate("navigator.userAgent")
        kept = page.context.cookies(target.url(self.name))
        self._cookies = {str(one["name"]): str(one["value"]) for one in kept}
        self._address = target.url(self.name)
        self._page: html.HtmlElement = html.document_fromstring("<html><body></body></html>")

    def keep(self) -> None:
        """Leave the session to the browser, which stays where it is."""
        self._browser.context.add_cookies(
            [
                {"name": name, "value": value, "url": self._target.url(self.name)}
                for name, value in self._cookies.items()
            ]
        )

    def show(self) -> None:
        """Put the page that the errand has come to on the screen."""
        self.keep()
        self._browser.goto(self._address)

    def open(self, path: str = "/") -> None:
        self._get(self._target.url(self.name, path))

    def open_in_menu(self, label: str) -> None:
        self._follow(label, self._page.iterfind(".//nav//a"))

    def open_link(self, label: str) -> None:
        self._follow(label, self._page.iterfind(".//main//a"), inside=True)

    def press(self, label: str) -> None:
        words = self._target.label(label)
        for control in self._page.iterfind(".//main//*"):
            if control.tag == "button" and _words(control) == words:
                return self._send(control)
            if control.tag == "a" and _words(control) == words:
                return self._get(urljoin(self._address, control.get("href")))
        raise self._missing("button", label)

    def press_for(self, label: str, product: str) -> None:
        words = f"{self._target.label(label)} {self._target.label(product)}"
        for button in self._page.iterfind(".//main//button"):
            if _words(button) == words:
                return self._send(button)
        raise self._missing("button", f"{label} {product}")

    def fill_in(self, label: str, value: str) -> None:
        self._field(label).set("value", value)

    def select(self, label: str, value: str) -> None:
        self._field(label).value = value

    def choose(self, label: str) -> None:
        chosen = self._field(label)
        for one in self._page.iterfind(".//input[@type='radio']"):
            if one.get("name") == chosen.get("name"):
                one.attrib.pop("checked", None)
        chosen.set("checked", "")

    def tick_box(self, label: str) -> None:
        self._field(label).set("checked", "")

    def tick_everything(self) -> None:
        for box in self._page.iterfind(".//main//input[@type='checkbox']"):
            box.set("checked", "")

    def asks_for(self, label: str) -> bool:
        return self._find_field(label) is not None

    def _follow(self, label: str, links: Iterable[html.HtmlElement], inside: bool = False) -> None:
        words = self._target.words(label)
        for link in links:
            if words == _words(link) or (inside and words in _words(link)):
                return self._get(urljoin(self._address, link.get("href")))
        raise self._missing("link", label)

    def _field(self, label: str) -> html.HtmlElement:
        field = self._find_field(label)
        if field is None:
            raise self._missing("field", label)
        return field

    def _find_field(self, label: str) -> html.HtmlElement | None:
        words = self._target.label(label)
        for one in self._page.iterfind(".//main//label"):
            if _words(one) == words:
                field: html.HtmlElement | None = one.for_element
                return next(iter(one.xpath(FIELDS)), None) if field is None else field
        return None

    def _send(self, button: html.HtmlElement) -> None:
        form = _form_of(button, self._page)
        if form is None:
            raise self._missing("form around the button", _words(button))
        values = [*_values(form, self._page)]
        if button.get("name"):
            values.append((button.get("name"), button.get("value", "")))
        address = urljoin(self._address, form.get("action") or self._address)
        if form.method == "POST":
            self._ask("POST", address, urlencode(values).encode())
        else:
            self._get(f"{address.partition('?')[0]}?{urlencode(values)}")

    def _get(self, address: str) -> None:
        self._ask("GET", address, b"")

    def _ask(self, method: str, address: str, body: bytes) -> None:
        for _ in range(MOST_REDIRECTS):
            answer = self._answer(method, address, body)
            if not answer.has_redirect_location:
                return self._arrive(address, answer)
            method, body = "GET", b""
            address = urljoin(address, answer.headers["Location"])
        raise Unmet("a page comes", f"Actual value: {MOST_REDIRECTS} redirects")

    def _arrive(self, address: str, answer: httpx.Response) -> None:
        if answer.is_error:
            raise Unmet("a page comes", f"Actual value: {answer.status_code}")
        self._address, self._page = address, html.document_fromstring(answer.text)

    def _answer(self, method: str, address: str, body: bytes) -> httpx.Response:
        headers = {
            "Host": urlsplit(address).netloc,
            "Accept-Language": self._target.locale,
            "User-Agent": self._agent,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        request = httpx.Request(
            method,
            on_loopback(address),
            headers=headers,
            content=body,
            extensions={"timeout": httpx.Timeout(SECONDS).as_dict()},
        )
        answer = self._line.handle_request(request)
        answer.read()
        for line in answer.headers.get_list("Set-Cookie"):
            self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer

    def _missing(self, kind: str, label: str) -> Unmet:
        return Unmet(f'there is a {kind} "{label}"', f"Actual value: none on {self._address}")


@contextmanager
def over_http(seen: OnScreen, errand: type[Sent], show: bool) -> Iterator[OnScreen | Sent]:
    """Do the flows of a block over HTTP, then open their last page if ``show`` is true.

    A target that has to be driven on the screen gets its page object ``seen`` instead.
    """
    if seen.target.on_screen:
        yield seen
        return
    way = errand(seen.page, seen.target)
    yield way
    way.show() if show else way.keep()


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _form_of(control: html.HtmlElement, page: html.HtmlElement) -> html.HtmlElement | None:
    """The form that a control belongs to, which need not be the one around it."""
    named = control.get("form")
    if named:
        return next((form for form in page.forms if form.get("id") == named), None)
    return next(control.iterancestors("form"), None)


def _values(form: html.HtmlElement, page: html.HtmlElement) -> list[tuple[str, str]]:
    """What the form sends: the values of every control that belongs to it."""
    values = [(name, value) for name, value in form.form_values() if value is not None]
    for one in page.xpath("//input[@form=$id]", id=form.get("id", "")):
        if one.get("type") not in ("checkbox", "radio") or "checked" in one.attrib:
            values.append((one.get("name"), one.get("value", "on")))
    return values
