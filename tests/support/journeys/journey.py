"""Long ways through all sites, written down page by page, to be compared.

Each has two of everything: products, pieces, invoices, cards, addresses, buyers, visits. A site
that is wrong somewhere on the way leaves another record than the reference does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from werkzeug.test import TestResponse

from tests.support.stack_fixture import StackFixture
from tests.support.visitor import TOKEN, Visitor

# What differs from one run to the next: ids, keys, times, codes.
CHANGING = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,}"
    r'|value="[A-Za-z0-9_.+/=-]{40,}"|(?<=Code )\d{6}|\d{4}-\d\d-\d\dT[0-9:.+]+'
)
PHONE = {
    "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148",
    "Sec-CH-UA-Mobile": "?1",
}
REDIRECTS = (301, 302, 303)
READING = ("GET", "HEAD")
LATER = 61.0
DAY = 24 * 3600.0


class Differs(Exception):
    """The record is another one from here on."""


class Journey:
    """The visitors of a stack, and the record of what they saw.

    With an ``expected`` record the journey ends where it first differs: it raises Differs.
    """

    def __init__(self, stack: StackFixture, expected: Sequence[str] | None = None) -> None:
        self.stack = stack
        self.record: list[str] = []
        self._expected = expected
        self._visitors: dict[tuple[str, int, str], Visitor] = {}

    def write(self, text: str) -> None:
        """Write down what was seen. Raises Differs."""
        here, now = len(self.record), masked(text)
        self.record.append(now)
        if self._expected is not None and [now] != list(self._expected[here : here + 1]):
            raise Differs(now)

    def visitor(self, site: str, person: int = 0, device: str = "") -> Visitor:
        """A demo person in front of a site, signed in; ``device`` is ``phone`` or any name."""
        key = (site, person, device)
        if key not in self._visitors:
            found = self.stack.visitor(site)
            if device == "phone":
                found.client.environ_base.update(
                    {"HTTP_" + name.upper().replace("-", "_"): text for name, text in PHONE.items()}
                )
            self._visitors[key] = found
            self.sign_in(found, person)
        return self._visitors[key]

    def sign_in(self, visitor: Visitor, person: int = 0) -> None:
        """Sign in by the page."""
        demo = self.stack.stack.keys.people[person]
        self.note(visitor.sign_in(demo.phone, demo.password))

    def phone_of(self, person: int = 0) -> str:
        """The phone of a demo person."""
        return self.stack.stack.keys.people[person].phone

    def note(self, answer: TestResponse) -> TestResponse:
        """Write down where an answer came from, and what it says."""
        where = f"{answer.status_code} {answer.request.path} {answer.location or ''}"
        if any(one.request.method not in READING for one in (*answer.history, answer)):
            self.stack.work()
        self.write(f"{where}\n{answer.text}")
        answer.close()
        return answer

    def see(self, visitor: Visitor, *paths: str) -> str:
        """Open pages one after the other; the last one. A way to another site is not gone."""
        return [self._see(visitor, path).text for path in paths][-1]

    def _see(self, visitor: Visitor, path: str) -> TestResponse:
        answer = visitor.client.get(path)
        while answer.status_code in REDIRECTS and not urlsplit(answer.location).netloc:
            answer = visitor.client.get(answer.location)
        return self.note(answer)

    def send(self, visitor: Visitor, path: str, page: str | None = None, **form: Any) -> str:
        """Send a form of a page; the path that it leads to."""
        key = TOKEN.search(visitor.open(page or path).text)
        with_key = {"csrf_token": key[1], **form} if key else form
        return self.note(visitor.post(path, with_key)).request.path

    def ask(self, site: str, path: str) -> Any:
        """Write down what a test control answers."""
        answer = self.stack.control(site, "GET", path)
        self.write(f"{site} {path}\n{answer}")
        return answer

    def books(self, person: int = 0) -> None:
        """Write down where the money is."""
        phone = quote(self.phone_of(person))
        self.ask("wallet", f"/balances?phone={phone}")
        self.ask("vault", f"/holds?phone={phone}")
        self.ask("shop", f"/orders?phone={phone}")
        self.ask("shop", "/books")

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.stack.advance(seconds)

    def code(self, person: int = 0) -> str:
        """The code of the newest message."""
        messages = self.stack.control(
            "phone", "GET", f"/messages?phone={quote(self.phone_of(person))}"
        )
        return str(re.findall(r"\b\d{6}\b", messages[-1]["text"])[0]) if messages else "000000"


def masked(text: str) -> str:
    """A text without what differs from one run to the next."""
    return re.sub(r"\d{1,2}:\d\d:\d\d", "TIME", CHANGING.sub("…", text))
