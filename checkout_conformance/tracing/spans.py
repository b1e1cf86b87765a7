"""The spans of one process: a scenario is a trace, its steps and pages are below it.

No attribute holds what was typed, the query of an address, or what a page shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from opentelemetry.context import Context
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from checkout_conformance.drivers.http.exchange import Exchange
from checkout_conformance.redaction.secrets import redact
from checkout_conformance.targets.hosts import PORTS, endpoint_of

NAME = "checkout_conformance"
Headers = dict[str, str]


class Spans:
    """Opens and closes the spans of the scenario that runs."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer(NAME)
        self._scenario: Span | None = None
        self._step: Span | None = None
        self._pages: list[Span] = []
        self._endpoints: set[str] = set()

    def use(self, addresses: Collection[str]) -> None:
        """Send the trace's id to these addresses, which are the target's sites."""
        self._endpoints = {endpoint_of(address) for address in addresses}

    def begin_scenario(self, name: str, feature: str, clauses: Collection[str]) -> None:
        """Open the span of a scenario, with which a trace begins."""
        attributes = {
            "test.case.name": redact(name),
            "checkout.feature": feature,
            "checkout.clauses": list(clauses),
        }
        self._scenario = self._tracer.start_span(
            redact(name), context=Context(), attributes=attributes
        )

    def begin_step(self, name: str, clause: str | None) -> None:
        """Open the span of a step."""
        self._step = self._tracer.start_span(redact(name), context=_below(self._scenario))
        if clause is not None:
            self._step.set_attribute("checkout.clause", clause)

    def end_step(self, error: BaseException | None = None) -> None:
        """Close the span of the step; of ``error`` it keeps the kind only, not what it says."""
        if self._step is None:
            return
        if error is not None:
            for span in filter(None, (self._step, self._scenario)):
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(Status(StatusCode.ERROR))
        self._step.end()
        self._step = None

    def end_scenario(self) -> None:
        """Close what is still open."""
        self.end_step()
        for span in self._pages:
            span.end()
        self._pages.clear()
        if self._scenario is not None:
            self._scenario.end()
        self._scenario = None

    def begin_page(self, method: str, url: str) -> Span:
        """Open the span of a page that is loaded."""
        parts = urlsplit(url)
        attributes: dict[str, str | int] = {
            "http.request.method": method,
            "server.address": parts.hostname or "",
            "server.port": parts.port or PORTS.get(parts.scheme, 0),
            "url.path": redact(parts.path),
        }
        span = self._tracer.start_span(
            f"{method} {redact(parts.path)}",
            context=_below(self._step or self._scenario),
            kind=SpanKind.CLIENT,
            attributes=attributes,
        )
        self._pages.append(span)
        return span

    def end_page(self, span: Span, status: int | None) -> None:
        """Close the span of a page; ``status`` is that of HTTP, None if nothing was answered."""
        if span not in self._pages:
            return
        self._pages.remove(span)
        if status is not None:
            span.set_attribute("http.response.status_code", status)
        if status is None or status >= 400:
            span.set_status(Status(StatusCode.ERROR))
        span.end()

    def headers(self, url: str, span: Span | None = None) -> Headers:
        """Return the header ``traceparent`` of a span, or of the step; none for other sites."""
        sender = span or self._step or self._scenario
        if sender is None or not self.is_of_target(url):
            return {}
        headers: Headers = {}
        TraceContextTextMapPropagator().inject(headers, set_span_in_context(sender))
        return headers

    def is_of_target(self, url: str) -> bool:
        """Return whether an address is one of the target's sites."""
        try:
            return endpoint_of(url) in self._endpoints
        except ValueError:
            return False

    @contextmanager
    def observe(self, exchange: Exchange) -> Iterator[None]:
        """Have a span around a request of the HTTP driver in a scenario, and send its id."""
        if self._scenario is None:
            yield
            return
        span = self.begin_page(exchange.method, exchange.url)
        exchange.headers.update(self.headers(exchange.url, span))
        try:
            yield
        finally:
            self.end_page(span, exchange.status)

    @property
    def trace_id(self) -> str:
        """The id of the scenario's trace, as collectors show it; "" outside a scenario."""
        if self._scenario is None:
            return ""
        return f"{self._scenario.get_span_context().trace_id:032x}"

    def close(self) -> None:
        """Send what has not been sent."""
        self._provider.shutdown()


def _below(span: Span | None) -> Context:
    return Context() if span is None else set_span_in_context(span)
