"""Preconditions of a scenario over HTTP, with the cookies of the buyer's browser.

Two thirds of a run's time went into pages that no step looks at. An ``HttpSession`` reads the same
pages and sends the same forms by the same labels without a browser, and then opens the last page
in the browser. The browser is used for everything that a scenario checks, for every site that is
not a mock site (its pages may need scripts), and for a run that somebody watches
(``Target.on_screen``).
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
from checkout_conformance.expectations import UnmetExpectation
from checkout_conformance.targets.addresses import on_loopback
from checkout_conformance.targets.target import Target

SECONDS = 10.0
MAX_REDIRECTS = 10
OnScreen = TypeVar("OnScreen", bound=Site)
Session = TypeVar("Session", bound="HttpSession")
FIELDS = ".//input | .//select | .//textarea"


class HttpSession(Actions):
    """A buyer's session through the plain pages of one site."""

    name: str
    # Shared: a new transport costs 20 ms for its TLS context. It keeps no cookies.
    _transport = httpx.HTTPTransport()

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
        """Give the session's cookies to the browser, which stays on its page."""
        self._browser.context.add_cookies(
            [
                {"name": name, "value": value, "url": self._target.url(self.name)}
                for name, value in self._cookies.items()
            ]
        )

    def show(self) -> None:
        """Give the cookies to the browser and open the session's last page in it."""
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
            self._request("POST", address, urlencode(values).encode())
        else:
            self._get(f"{address.partition('?')[0]}?{urlencode(values)}")

    def _get(self, address: str) -> None:
        self._request("GET", address, b"")

    def _request(self, method: str, address: str, body: bytes) -> None:
        for _ in range(MAX_REDIRECTS):
            answer = self._send_once(method, address, body)
            if not answer.has_redirect_location:
                return self._load(address, answer)
            method, body = "GET", b""
            address = urljoin(address, answer.headers["Location"])
        raise UnmetExpectation("a page comes", f"Actual value: {MAX_REDIRECTS} redirects")

    def _load(self, address: str, answer: httpx.Response) -> None:
        if answer.is_error:
            raise UnmetExpectation("a page comes", f"Actual value: {answer.status_code}")
        self._address, self._page = address, html.document_fromstring(answer.text)

    def _send_once(self, method: str, address: str, body: bytes) -> httpx.Response:
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
        answer = self._transport.handle_request(request)
        answer.read()
        for line in answer.headers.get_list("Set-Cookie"):
            self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer

    def _missing(self, kind: str, label: str) -> UnmetExpectation:
        return UnmetExpectation(
            f'there is a {kind} "{label}"', f"Actual value: none on {self._address}"
        )


@contextmanager
def over_http(
    seen: OnScreen, session_class: type[Session], show: bool
) -> Iterator[OnScreen | Session]:
    """Yield an HTTP session for the page's site, or the page itself if the run is on screen.

    After the block the browser has the session's cookies; with ``show`` it opens its last page
    too.
    """
    if seen.target.on_screen:
        yield seen
        return
    session = session_class(seen.page, seen.target)
    yield session
    session.show() if show else session.keep()


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _form_of(control: html.HtmlElement, page: html.HtmlElement) -> html.HtmlElement | None:
    """Return the control's form: named by its ``form`` attribute, or the one around it."""
    named = control.get("form")
    if named:
        return next((form for form in page.forms if form.get("id") == named), None)
    return next(control.iterancestors("form"), None)


def _values(form: html.HtmlElement, page: html.HtmlElement) -> list[tuple[str, str]]:
    """Return what the form sends: names and values of all controls that belong to it."""
    values = [(name, value) for name, value in form.form_values() if value is not None]
    for one in page.xpath("//input[@form=$id]", id=form.get("id", "")):
        if one.get("type") not in ("checkbox", "radio") or "checked" in one.attrib:
            values.append((one.get("name"), one.get("value", "on")))
    return values
