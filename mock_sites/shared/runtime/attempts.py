"""Attempts to answer a request, where several of them may write to one database at a time.

A transaction that a concurrent one has got in the way of cannot go on (PostgreSQL, 13.2.3). The
whole request is then answered again, and writes alone: so the second attempt always succeeds. It
is only answered again if the first attempt has left nothing behind: no commit, no call to
another site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from .server import is_too_large

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


@dataclass
class Attempt:
    """The first attempt to answer a request.

    ``acted``: it has left something behind, so there is no second one. ``failed``: a concurrent
    transaction has got in its way.
    """

    acted: bool = False
    failed: bool = False

    @property
    def is_repeated(self) -> bool:
        """Whether there is a second attempt: not if this one acted after its conflict."""
        return self.failed and not self.acted


_current: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


def repeatable_attempt() -> Attempt | None:
    """The attempt under way, if the request can still be answered again."""
    attempt = _current.get()
    return None if attempt is None or attempt.acted else attempt


def will_be_repeated() -> bool:
    """Whether the request is answered again, so that its failure need not be told."""
    attempt = _current.get()
    return attempt is not None and attempt.is_repeated


def note_action(*_of_hook: object) -> None:
    """Note that the request has left something behind; usable as a hook of an HTTP client."""
    attempt = _current.get()
    if attempt is not None:
        attempt.acted = True


class Repeats:
    """Answers a request again if its first attempt has failed and left nothing behind.

    ``on_repeat`` is called before that.
    """

    def __init__(self, app: WSGIApplication, on_repeat: Callable[[], None] = lambda: None) -> None:
        self._app = app
        self._on_repeat = on_repeat

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if is_too_large(environ):
            # It is rejected unread.
            return self._app(environ, start_response)
        body = Request(environ).get_data(cache=False)
        first = Attempt()
        with _attempt(first):
            answer = self._first_answer(first, environ, body)
        if answer is None:
            self._on_repeat()
            answer = self._answer(environ, body)
        return answer(environ, start_response)

    def _first_answer(
        self, attempt: Attempt, environ: WSGIEnvironment, body: bytes
    ) -> Response | None:
        """Return the answer; None if the attempt has failed, inside the site or around it."""
        try:
            answer = self._answer(environ, body)
        except Exception:
            if attempt.is_repeated:
                return None
            raise
        if attempt.is_repeated:
            answer.close()
            return None
        return answer

    def _answer(self, environ: WSGIEnvironment, body: bytes) -> Response:
        # Each attempt gets its own: libraries keep what they have read in it.
        return Response.from_app(self._app, {**environ, "wsgi.input": BytesIO(body)})


@contextmanager
def _attempt(attempt: Attempt) -> Iterator[None]:
    outer = _current.get()
    token = _current.set(attempt)
    try:
        yield
    finally:
        _current.reset(token)
        # In tests one site calls another one in the same thread.
        if outer is not None and attempt.acted:
            outer.acted = True
