"""Spans of a scenario, its steps and its pages over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from checkout_conformance.drivers.http.client import HttpClient, Navigation
from checkout_conformance.drivers.http.cookies import BrowserCookies
from checkout_conformance.drivers.http.exchange import OBSERVERS
from checkout_conformance.redaction.secrets import hide, nothing_hidden
from checkout_conformance.targets.target import SiteUnreachable
from checkout_conformance.tracing.spans import Spans
from tests.support.recording_site import RecordingSite


@pytest.fixture
def client(spans: Spans) -> Iterator[HttpClient]:
    """The HTTP driver, observed."""
    OBSERVERS.set(spans.observe)
    yield HttpClient(BrowserCookies(), {})
    OBSERVERS.set(None)


def named(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


def traceparent_of(span: ReadableSpan) -> str:
    sent = span.context
    return f"00-{sent.trace_id:032x}-{sent.span_id:016x}-{sent.trace_flags:02x}"


def test_a_page_is_below_its_step_and_the_step_below_the_scenario(
    spans: Spans, exporter: InMemorySpanExporter, client: HttpClient, site: RecordingSite
) -> None:
    site.serve("/pay")
    client.navigate(Navigation("GET", site.url("/pay?token=1234")))
    spans.end_scenario()
    found = named(exporter)
    scenario = found["A wrong code pays nothing"]
    step, page = found["When the buyer pays"], found["GET /pay"]
    assert scenario.parent is None
    assert (step.parent, page.parent) == (scenario.context, step.context)
    assert dict(scenario.attributes or {})["checkout.clauses"] == ("W1.5",)
    assert dict(step.attributes or {}) == {"checkout.clause": "W1.5"}
    assert dict(page.attributes or {}) == {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "server.address": "a.localhost",
        "server.port": site.port,
        "url.path": "/pay",
    }


def test_the_site_learns_the_id_of_the_page_span(
    exporter: InMemorySpanExporter, client: HttpClient, site: RecordingSite
) -> None:
    site.redirect("/pay", site.url("/paid"))
    site.serve("/paid")
    client.navigate(Navigation("GET", site.url("/pay")))
    pages = named(exporter)
    told = [request.headers["traceparent"] for request in site.requests]
    assert told == [traceparent_of(pages["GET /pay"]), traceparent_of(pages["GET /paid"])]


def test_another_site_learns_no_id(client: HttpClient, site: RecordingSite) -> None:
    site.serve("/pay")
    client.navigate(Navigation("GET", site.url("/pay", host="b.localhost")))
    assert "traceparent" not in site.last.headers


def test_between_scenarios_nothing_is_recorded_or_sent(
    spans: Spans, exporter: InMemorySpanExporter, client: HttpClient, site: RecordingSite
) -> None:
    spans.end_scenario()
    exporter.clear()
    site.serve("/pay")
    client.navigate(Navigation("GET", site.url("/pay")))
    assert "traceparent" not in site.last.headers
    assert exporter.get_finished_spans() == ()


def test_every_scenario_is_a_trace_of_its_own(spans: Spans, exporter: InMemorySpanExporter) -> None:
    first = spans.trace_id
    spans.end_scenario()
    assert spans.trace_id == ""
    spans.begin_scenario("Another one", "wallet/x.feature", [])
    assert len({first, spans.trace_id}) == 2
    spans.end_scenario()
    ids = {f"{span.context.trace_id:032x}" for span in exporter.get_finished_spans()}
    assert first in ids
    assert len(ids) == 2


def test_a_failure_marks_step_and_scenario_and_tells_its_kind_only(
    spans: Spans, exporter: InMemorySpanExporter
) -> None:
    spans.end_step(AssertionError("expected 'pw-typed'"))
    spans.end_scenario()
    for span in exporter.get_finished_spans():
        assert span.status.status_code == StatusCode.ERROR
        assert dict(span.attributes or {})["error.type"] == "AssertionError"
        assert "pw-typed" not in span.to_json()


@pytest.mark.parametrize(("status", "code"), [(200, StatusCode.UNSET), (503, StatusCode.ERROR)])
def test_an_error_of_the_site_marks_the_page(
    exporter: InMemorySpanExporter,
    client: HttpClient,
    site: RecordingSite,
    status: int,
    code: StatusCode,
) -> None:
    site.serve("/pay", status=status)
    client.navigate(Navigation("GET", site.url("/pay")))
    assert named(exporter)["GET /pay"].status.status_code == code


def test_a_site_that_does_not_answer_marks_the_page(
    exporter: InMemorySpanExporter, client: HttpClient
) -> None:
    with pytest.raises(SiteUnreachable):
        client.navigate(Navigation("GET", "http://a.localhost:9/pay"))
    page = named(exporter)["GET /pay"]
    assert page.status.status_code == StatusCode.ERROR
    assert "http.response.status_code" not in dict(page.attributes or {})


def test_no_span_holds_a_secret(
    spans: Spans, exporter: InMemorySpanExporter, client: HttpClient, site: RecordingSite
) -> None:
    with nothing_hidden():
        hide("pw-typed")
        spans.end_step()
        spans.begin_step('When the buyer types "pw-typed"', None)
        site.serve("/reset/pw-typed")
        address = site.url("/reset/pw-typed?code=604182")
        body = b"card=4242424242424242"
        client.navigate(Navigation("POST", address, body=body, content_type="text/plain"))
        spans.end_scenario()
    everything = "".join(span.to_json() for span in exporter.get_finished_spans())
    assert "When the buyer types" in everything
    assert not [one for one in ("pw-typed", "604182", "4242") if one in everything]
