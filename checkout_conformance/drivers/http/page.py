"""A page over HTTP: where it is, what it shows, and how it goes to the next one."""

from __future__ import annotations

import html
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urldefrag, urljoin

from playwright.sync_api import Error

from checkout_conformance.drivers.capabilities import Capability, UndeclaredNeed, not_tried
from checkout_conformance.drivers.http import queries
from checkout_conformance.drivers.http.addresses import BLOCKED, address_of
from checkout_conformance.drivers.http.client import Answer, Navigation
from checkout_conformance.drivers.http.dom import Document, Element
from checkout_conformance.drivers.http.form_controls import is_natively_disabled
from checkout_conformance.drivers.http.forms import Form, form_of, reset, settle_radio_groups
from checkout_conformance.drivers.http.locator import TICKED, Finder, tick
from checkout_conformance.drivers.http.reading.labels import labelled_control
from checkout_conformance.targets.target import SiteUnreachable

if TYPE_CHECKING:
    from checkout_conformance.drivers.http.context import HttpContext

EMPTY = "about:blank"
REFRESH = re.compile(r"\s*(\d+)(?:\.\d*)?\s*(?:[;,]\s*(?:url\s*=\s*)?(.*))?", re.IGNORECASE)
# A page that asks to be read again is read sooner than it asks, and then less and less often.
FIRST_PAUSE = 0.05
INTERACTIVE = ("a", "area", "button", "input", "summary", "label", "option", "select", "textarea")


class HttpPage(Finder):
    """A tab without a browser."""

    def __init__(self, context: HttpContext) -> None:
        super().__init__(self, "", queries.whole_page)
        self.context = context
        self.document = Document()
        self.url = EMPTY
        self.main_frame = self
        self._source = ""
        self._policy = ""
        self._history: list[Navigation] = []
        self._listeners: list[Callable[[HttpPage], None]] = []
        self._seconds = context.seconds
        self._closed = False
        self._pending: Future[Answer] | None = None
        # Hears the status of each answer, and what it says of coming back.
        self.hear: Callable[[int, str | None], object] = lambda _status, _told: None

    def goto(self, url: str, **_: object) -> None:
        """Go to an address, as if it were typed. Raises SiteUnreachable."""
        if url == EMPTY:
            self._show(Document(), EMPTY, "")
        else:
            self._navigate(Navigation("GET", urljoin(self.url, url)))

    def reload(self) -> None:
        """Ask for the page again, as it was asked for. Raises SiteUnreachable."""
        if self._history:
            self._navigate(self._history.pop())

    def go_back(self) -> None:
        """Go to the page before. Raises Playwright's error if that was the answer to a form."""
        if len(self._history) < 2:
            return
        latest, before = self._history[-1], self._history[-2]
        if _same_page(latest, before.url):
            self._history.pop()
            self.url = before.url
            return
        if before.method != "GET":
            raise Error(f"net::ERR_CACHE_MISS at {before.url}")
        del self._history[-2:]
        self._navigate(before)

    def content(self) -> str:
        """The source of the page."""
        return self._source

    def title(self) -> str:
        """The title of the page."""
        return " ".join(next((one.text() for one in self._titles()), "").split())

    def press(self, element: Element, in_background: bool = False) -> None:
        """Do what a browser does when an element is pressed."""
        pressed = element.closest(*INTERACTIVE)
        if pressed is None or is_natively_disabled(pressed):
            return
        if pressed.tag in ("a", "area"):
            self._follow(pressed, in_background)
        elif pressed.tag == "summary":
            self._fold(pressed)
        elif pressed.tag == "label":
            control = labelled_control(pressed, self.document)
            if control is not None:
                self.press(control, in_background)
        elif pressed.tag == "button" or pressed.get("type").lower() in ("image", "reset", "submit"):
            self._press_button(pressed, in_background)
        elif pressed.get("type").lower() in TICKED:
            radio = pressed.get("type").lower() == "radio"
            tick(pressed, radio or not pressed.checked, self)

    @contextmanager
    def expect_navigation(self, **_: object) -> Iterator[None]:
        """Wait at the end of the block for the page that a press in it asked for."""
        yield
        if self._pending is not None:
            pending, self._pending = self._pending, None
            self._load(pending.result())

    def wait_until(self, holds: Callable[[], bool], timeout: float | None = None) -> bool:
        """Wait until something holds on the page; return whether it does. ``timeout`` is in ms.

        Without scripts a page changes only if it asks to be read again after a while.
        """
        seconds = self._seconds if timeout is None else timeout / 1000
        deadline, pause = time.monotonic() + seconds, FIRST_PAUSE
        while not holds():
            refresh = self._refresh()
            if refresh is None or time.monotonic() > deadline:
                return False
            threading.Event().wait(min(pause, refresh[0]))
            pause *= 2
            self._navigate(self._read_again(refresh[1]), replaces=True)
        return True

    def wait_for_load_state(self, *_: object) -> None:
        """Do nothing: a page is loaded when it is shown."""

    def set_default_timeout(self, timeout: float) -> None:
        """Set how long to wait for a page that asks to be read again, in milliseconds."""
        self._seconds = timeout / 1000

    def on(self, event: str, listener: Callable[[HttpPage], None]) -> None:
        """Call ``listener`` with the page's frame after each navigation."""
        if event == "framenavigated":
            self._listeners.append(listener)

    def is_closed(self) -> bool:
        """Whether the tab is closed."""
        return self._closed

    def close(self) -> None:
        """Close the tab."""
        self._closed = True
        if self in self.context.pages:
            self.context.pages.remove(self)

    def evaluate(self, expression: str, arg: object = None) -> NoReturn:
        """Raise UndeclaredNeed: nothing runs scripts here."""
        raise UndeclaredNeed(Capability.SCRIPT, "evaluate()")

    def screenshot(self, **_: Any) -> NoReturn:
        """Raise UndeclaredNeed: nothing is drawn here."""
        raise UndeclaredNeed(Capability.PICTURES, "screenshot()")

    def _follow(self, link: Element, in_background: bool) -> None:
        if not link.has("href"):
            return
        address = link.get("href").strip()
        if address.lower().startswith("javascript:"):
            not_tried([Capability.SCRIPT], "a link that runs a script")
        opened = address_of(self._base(), address)
        if opened is None:
            return
        wanted = Navigation("GET", opened, self.url)
        if "noreferrer" in link.get("rel").lower().split():
            wanted = replace(wanted, policy="no-referrer")
        self._go(wanted, link.get("target").lower(), in_background)

    def _press_button(self, button: Element, in_background: bool) -> None:
        kind = button.get("type").lower()
        element = form_of(button, self.document)
        if element is None or kind == "button":
            not_tried([Capability.SCRIPT], "a button that runs a script")
        if kind == "reset":
            reset(element, self.document)
            return
        form = Form(element, self.document, button)
        if form.invalid_control() is None:
            wanted = form.navigation(self.url, self._base())
            if wanted is not None:
                self._go(wanted, form.target, in_background)

    def _go(self, wanted: Navigation, target: str, in_background: bool) -> None:
        wanted = replace(wanted, policy=wanted.policy or self._policy)
        if target == "_blank":
            self.context.new_page()._navigate(wanted)
        elif in_background:
            pool = ThreadPoolExecutor(1)
            self._pending = pool.submit(self.context.client.navigate, wanted)
            pool.shutdown(wait=False)
        elif _same_page(wanted, self.url):
            self._history.append(wanted)
            self.url = wanted.url
        else:
            self._navigate(wanted)

    def _fold(self, summary: Element) -> None:
        details = summary.parent
        if details is None or details.tag != "details":
            return
        if details.has("open"):
            del details.attributes["open"]
        else:
            details.attributes["open"] = ""

    def _navigate(self, wanted: Navigation, replaces: bool = False) -> None:
        if replaces and self._history:
            self._history.pop()
        if wanted.url == BLOCKED:
            self._history.append(wanted)
            self._show(Document(), BLOCKED, "")
            return
        try:
            answer = self.context.client.navigate(wanted)
        except SiteUnreachable:
            # As a browser does: its own page, which can be reloaded and left by going back.
            self._history.append(wanted)
            self._show(Document(), wanted.url, "")
            raise
        self._load(answer)

    def _load(self, answer: Answer) -> None:
        self.hear(answer.status, answer.headers.get("Retry-After"))
        if answer.status == 204:
            return
        self._history.append(answer.last)
        document = Document(_source_of(answer))
        policy = answer.headers.get("Referrer-Policy", "")
        self._policy = _told_by(document, "name", "referrer") or policy
        self._show(document, answer.last.url, answer.text)
        refresh = self._refresh()
        if refresh is not None and refresh[0] == 0 and refresh[1] != self.url:
            self._navigate(self._read_again(refresh[1]), replaces=True)

    def _show(self, document: Document, url: str, source: str) -> None:
        settle_radio_groups(document)
        self.document, self.url, self._source = document, url, source
        for listener in self._listeners:
            listener(self)

    def _refresh(self) -> tuple[int, str] | None:
        """After how many seconds the page asks for which address; None if it does not."""
        found = REFRESH.fullmatch(_told_by(self.document, "http-equiv", "refresh"))
        if found is None:
            return None
        address = (found[2] or "").strip().strip("'\"")
        opened = address_of(self._base(), address) if address else self.url
        return None if opened is None else (int(found[1]), opened)

    def _read_again(self, url: str) -> Navigation:
        return Navigation("GET", url, self.url, policy=self._policy)

    def _base(self) -> str:
        for base in self.document.root.descendants("base"):
            return address_of(self.url, base.get("href")) or self.url
        return self.url

    def _titles(self) -> Iterator[Element]:
        return self.document.root.descendants("title")


def _told_by(document: Document, attribute: str, name: str) -> str:
    """Return the content of a <meta>; "" if there is none."""
    found = document.root.descendants("meta")
    return next((one.get("content") for one in found if one.get(attribute).lower() == name), "")


def _same_page(wanted: Navigation, url: str) -> bool:
    """A link to a part of the page asks the site for nothing."""
    where, part = urldefrag(wanted.url)
    return wanted.method == "GET" and bool(part) and where == urldefrag(url)[0]


def _source_of(answer: Answer) -> str:
    kind = answer.headers.get("Content-Type", "text/html").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        return answer.text
    return f"<!doctype html><title></title><pre>{html.escape(answer.text)}</pre>"
