"""Apply faults to incoming requests: those to a site's API, and the sessions of its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from flask import Flask, current_app, session
from flask_login import current_user, logout_user
from werkzeug.wrappers import Request, Response

from ..runtime.server import ConnectionCut, is_too_large
from . import faults as fault_module
from .faults import About, Fault, Faults, Kind, Place

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# More about a request than its bytes tell: the merchant, and the phone behind an id.
Describe = Callable[[Request], About]


def about_body(request: Request) -> About:
    """A request whose body names its buyer."""
    return About(said=request.get_data(as_text=True), path=request.path)


class FaultMiddleware:
    """Lets requests below ``prefix`` through to the site, unless a fault strikes one."""

    def __init__(
        self, app: WSGIApplication, prefix: str, faults: Faults, describe: Describe = about_body
    ) -> None:
        self._app = app
        self._prefix = prefix
        self._faults = faults
        self._describe = describe

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or fail as a fault wants it."""
        below = environ.get("PATH_INFO", "").startswith(self._prefix)
        fault = self._fault_for(environ) if below else None
        if fault is None:
            return self._app(environ, start_response)
        return self._fail(fault, environ)(environ, start_response)

    def _fault_for(self, environ: WSGIEnvironment) -> Fault | None:
        # What is too large is rejected by the site, unread.
        if not self._faults.threaten(Place.REQUEST) or is_too_large(environ):
            return None
        request = Request(environ)
        body = request.get_data()
        environ["wsgi.input"] = BytesIO(body)
        return self._faults.strike(Place.REQUEST, self._describe(request))

    def _fail(self, fault: Fault, environ: WSGIEnvironment) -> WSGIApplication:
        if fault.kind == Kind.DOWN:
            raise ConnectionCut
        if fault.kind == Kind.BROKEN:
            return Response("broken on purpose\n", 500)
        if fault.kind == Kind.SLOW:
            fault_module.wait(fault.seconds)
            return self._app
        answer = Response.from_app(self._app, environ)
        if fault.kind == Kind.CUT_OFF:
            raise ConnectionCut
        body = answer.get_data()
        # The headers still say the length of the whole.
        return Response(_half(body), answer.status, answer.headers)


def _half(body: bytes) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    raise ConnectionCut


def add_fault_middleware(
    app: Flask, prefix: str, faults: Faults, describe: Describe = about_body
) -> None:
    """Apply faults to the API requests of ``app``: those whose path begins with ``prefix``."""
    app.wsgi_app = FaultMiddleware(app.wsgi_app, prefix, faults, describe)  # type: ignore[method-assign]


def lose_sessions(app: Flask, faults: Faults) -> None:
    """Let faults end a buyer's session before any request."""

    def lose() -> None:
        if not faults.threaten(Place.SESSION) or not current_user.is_authenticated:
            return
        if faults.strike(Place.SESSION, About(said=current_user.person.phone)):
            current_app.extensions["people"].end_session(current_user.id)
            logout_user()
            session.clear()

    # Before everything else: a session that is gone has no key for forms either.
    app.before_request_funcs.setdefault(None, []).insert(0, lose)
