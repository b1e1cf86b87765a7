"""Visit a target's pages with GET requests only; sign in only on request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Response

from checkout_conformance.content import content
from checkout_conformance.evidence.pictures import take_picture
from checkout_conformance.people import Buyer
from checkout_conformance.redaction.secrets import redact
from checkout_conformance.targets.target import Target

MAX_PAGES = 15
# Links that may change something, although links should not.
UNSAFE_LINK = re.compile(r"out$|log-?out|sign-?out|delete|remove|cancel|unlink", re.IGNORECASE)


@dataclass(frozen=True)
class Visit:
    """A visited page: its heading, error, labels (by name) and picture."""

    site: str
    address: str
    heading: str
    error: str
    labels: frozenset[str]
    picture: bytes | None


class Visitor:
    """Visits a site by the links with known labels."""

    def __init__(self, page: Page, target: Target, buyer: Buyer | None = None) -> None:
        self._page = page
        self._target = target
        self._buyer = buyer
        names = target.glossary.names() - target.lacks
        self._words = {name: target.label(name) for name in names}

    def visit_pages(self, site: str) -> Iterator[Visit]:
        """Visit the home page, the sign-in and the pages behind links with known labels."""
        yield from self._sign_in(site)
        waiting = [self._target.url(site), *self._extra(site)]
        seen: set[str] = set()
        while waiting and len(seen) < MAX_PAGES:
            address = waiting.pop(0)
            if address in seen:
                continue
            seen.add(address)
            visit = self._visit(site, address)
            yield visit
            if visit.picture is None and address == self._target.url(site):
                # The site does not answer: one line is enough.
                return
            waiting += self._links(address)

    def _sign_in(self, site: str) -> Iterator[Visit]:
        if self._buyer is None or site not in content().sign_in:
            return
        kind = self._target.replaced(content().sign_in[site])
        try:
            kind(self._page, self._target).enter(self._buyer)
        # A page object of the team may raise anything: its traceback would show the password.
        except Exception as error:
            yield self._seen(site, self._page.url, f"sign-in failed: {_first_line(error)}")

    def _extra(self, site: str) -> list[str]:
        names = () if self._buyer else content().surveyed_paths.get(site, ())
        return [self._target.url(site, self._target.path(site, name)) for name in names]

    def _visit(self, site: str, address: str) -> Visit:
        try:
            answer = self._page.goto(address)
        except PlaywrightError as error:
            return Visit(site, address, "", _first_line(error), frozenset(), None)
        return self._seen(site, address, _error_in(answer))

    def _seen(self, site: str, address: str, error: str) -> Visit:
        snapshot = self._page.locator("body").aria_snapshot()
        labels = {name for name, words in self._words.items() if _carries(snapshot, words)}
        heading = self._page.get_by_role("heading").first
        title = heading.inner_text() if heading.count() else self._page.title()
        picture = take_picture(self._page).packed()
        return Visit(site, address, title, error, frozenset(labels), picture)

    def _links(self, address: str) -> list[str]:
        try:
            links: list[list[str]] = self._page.locator("a[href]").evaluate_all(
                "links => links.map(link => [link.innerText.trim().split('\\n')[0], link.href])"
            )
        except PlaywrightError:
            return []
        labelled = set(self._words.values())
        here = urlsplit(address).netloc
        return [
            href.partition("#")[0]
            for text, href in links
            if text in labelled and urlsplit(href).netloc == here and not UNSAFE_LINK.search(href)
        ]


def _carries(snapshot: str, words: str) -> bool:
    """Return whether an element of the page has this name or text, whole."""
    # The name of a tile goes on with its price.
    called = re.compile(
        rf'"{re.escape(words)}(?: [^"]*\d[^"]*)?"|: {re.escape(words)}$', re.MULTILINE
    )
    return called.search(snapshot) is not None


def _error_in(answer: Response | None) -> str:
    return "" if answer is None or answer.ok else f"answers {answer.status}"


def _first_line(error: Exception) -> str:
    return redact(str(error).partition("\n")[0] or type(error).__name__)
