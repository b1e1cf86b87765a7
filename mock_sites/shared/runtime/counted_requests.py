"""Counts the requests to a site, for Prometheus."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.exceptions import HTTPException

from .metrics import Counts

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OTHER_METHOD = "other"
# The route of an address that the site does not have, and the status of a connection that was cut.
NO_ROUTE = "none"
CUT = "cut"


class CountedRequests:
    """Counts the requests to a site by route and status, with the time that each takes."""

    def __init__(self, site: str, app: Flask, counts: Counts) -> None:
        self._site, self._flask, self._counts = site, app, counts
        self._app: WSGIApplication = app.wsgi_app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        began, status = time.perf_counter(), CUT

        def start(line: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            nonlocal status
            status = line[:3]
            return start_response(line, headers, error)

        try:
            return self._app(environ, start)
        finally:
            took = time.perf_counter() - began
            self._counts.add_request(self._site, *self._kind(environ), status, took)

    def _kind(self, environ: WSGIEnvironment) -> tuple[str, str]:
        """The method, and the rule that the address fits.

        Never the address itself or a method of the caller's own: a label has few values.
        """
        try:
            rule, _ = self._flask.url_map.bind_to_environ(environ).match(return_rule=True)
        except HTTPException:
            route = NO_ROUTE
        else:
            route = rule.rule
        method = environ.get("REQUEST_METHOD", "")
        return method if method in METHODS else OTHER_METHOD, route
