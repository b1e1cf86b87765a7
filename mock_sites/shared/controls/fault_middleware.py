"""Apply faults to incoming requests: those to a site's API, and the sessions of its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from flask import Flask, current_app, request, session
from flask_login import current_user, logout_user
from werkzeug.wrappers import Request, Response

from ..runtime.server import ConnectionCut, is_too_large
from . import faults as fault_module
from .faults import About, Fault, Faults, Kind, NewFault, Place

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# More about a request than its bytes tell: the merchant, and the phone behind an id.
Describe = Callable[[Request], About]


def about_body(request: Request) -> About:
    """A request whose body names its buyer."""
    return About(said=request.get_data(as_text=True), path=request.path)


# In a request's environment: the faults that have struck it, if any can.
STRUCK = "mock_sites.struck"
# What begins so is no page of a buyer.
NOT_PAGES = ("/_control/", "/static/", "/shared/", "/_health", "/.well-known/")


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
    app.extensions["fault_prefix"] = prefix
    app.wsgi_app = FaultMiddleware(app.wsgi_app, prefix, faults, describe)  # type: ignore[method-assign]


class PageFaults:
    """Ends the connections of a buyer's page requests, if a fault wants it.

    The fault is chosen inside the site (:func:`add_page_faults`), where the buyer is known.
    """

    def __init__(self, app: WSGIApplication, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or fail as a fault wants it, after the site has done its work."""
        if not self._faults.threaten(Place.PAGE):
            return self._app(environ, start_response)
        struck: list[Fault] = []
        environ[STRUCK] = struck
        answer = Response.from_app(self._app, environ)
        kinds = {fault.kind for fault in struck}
        if kinds & {Kind.DOWN, Kind.CUT_OFF}:
            raise ConnectionCut
        if Kind.HALF_A_BODY in kinds:
            # The headers still say the length of the whole.
            answer = Response(_half(answer.get_data()), answer.status, answer.headers)
        return answer(environ, start_response)


def add_page_faults(app: Flask, faults: Faults) -> None:
    """Apply faults to the page requests of ``app``: all but its API, controls and static files.

    ``down`` and ``broken`` fail before the work is done, ``cut-off`` and ``half-a-body`` after it.
    """
    app.wsgi_app = PageFaults(app.wsgi_app, faults)  # type: ignore[method-assign]

    def choose() -> Response | None:
        struck = request.environ.get(STRUCK)
        if struck is None or request.url_rule is None or not _is_page(app, request.url_rule.rule):
            return None
        phone = current_user.person.phone if current_user.is_authenticated else ""
        about = About(said=phone, path=request.path, method=request.method)
        fault = faults.strike(Place.PAGE, about)
        if fault is None:
            return None
        struck.append(fault)
        if fault.kind == Kind.SLOW:
            fault_module.wait(fault.seconds)
        if fault.kind in (Kind.DOWN, Kind.BROKEN):
            return Response("broken on purpose\n", 500)
        return None

    app.before_request_funcs.setdefault(None, []).insert(0, choose)


def can_strike(app: Flask, wanted: NewFault) -> bool:
    """Whether a fault of a path names one of the site; a fault without a path does."""
    if wanted.path is None:
        return True
    if wanted.place == Place.REQUEST:
        prefix: str = app.extensions.get("fault_prefix", "")
        return wanted.path.startswith(prefix) or prefix.startswith(wanted.path)
    rules = [rule.rule for rule in app.url_map.iter_rules() if _is_page(app, rule.rule)]
    return any(_may_begin(rule, wanted.path) for rule in rules)


def _is_page(app: Flask, rule: str) -> bool:
    prefix: str = app.extensions.get("fault_prefix", "")
    return not rule.startswith((prefix or NOT_PAGES[0], *NOT_PAGES))


def _may_begin(rule: str, path: str) -> bool:
    """Whether ``path`` is the beginning of an address of this rule."""
    start, parameter, _ = rule.partition("<")
    return start.startswith(path) or (bool(parameter) and path.startswith(start))


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
