"""Spans of the pages that a browser loads, and the header ``traceparent`` of its requests."""

from __future__ import annotations

from opentelemetry.trace import Span
from playwright.sync_api import BrowserContext, Request, Response, Route

from checkout_conformance.tracing.spans import Spans


class BrowserPages:
    """Watches the contexts of a scenario.

    A page's span ends with the answer after all redirects. Playwright sends the header of a
    request on its redirects too; on a team's own sites the network guard stops those that lead to
    another host.
    """

    def __init__(self, spans: Spans) -> None:
        self._spans = spans
        self._loading: dict[Request, Span] = {}

    def watch(self, context: BrowserContext) -> None:
        """Send the trace's id with each request of ``context`` to the target's sites."""
        context.route(self._spans.is_of_target, self._send)
        context.on("response", self._answered)
        context.on("requestfailed", lambda request: self._end(request, None))

    def _send(self, route: Route, request: Request) -> None:
        span = None
        if request.is_navigation_request():
            span = self._loading[request] = self._spans.begin_page(request.method, request.url)
        route.fallback(headers={**request.headers, **self._spans.headers(request.url, span)})

    def _answered(self, response: Response) -> None:
        leads_on = 300 <= response.status < 400 and "location" in response.headers
        if not leads_on:
            self._end(response.request, response.status)

    def _end(self, request: Request, status: int | None) -> None:
        while request.redirected_from is not None:
            request = request.redirected_from
        span = self._loading.pop(request, None)
        if span is not None:
            self._spans.end_page(span, status)
