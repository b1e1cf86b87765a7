"""Pages of a browser: their spans, and who learns the trace's id."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

from checkout_conformance.tracing.browser_pages import BrowserPages
from checkout_conformance.tracing.spans import Spans
from tests.engine.tracing.test_spans import named, traceparent_of
from tests.support.recording_site import Asked, RecordingSite


@pytest.fixture
def tab(browser: Browser, spans: Spans) -> Iterator[Page]:
    context = browser.new_context()
    BrowserPages(spans).watch(context)
    yield context.new_page()
    context.close()


def asked(site: RecordingSite, path: str) -> Asked:
    return next(one for one in site.requests if one.path == path)


def test_the_site_learns_the_id_of_the_page_and_others_learn_none(
    tab: Page, spans: Spans, exporter: InMemorySpanExporter, site: RecordingSite
) -> None:
    own, foreign = site.url("/own.png"), site.url("/foreign.png", host="b.localhost")
    site.serve("/own.png")
    site.serve("/foreign.png")
    site.serve("/pay", f'<h1>Pay</h1><img src="{own}"><img src="{foreign}">')
    tab.goto(site.url("/pay"))
    spans.end_scenario()
    found = named(exporter)
    assert asked(site, "/pay").headers["traceparent"] == traceparent_of(found["GET /pay"])
    of_step = traceparent_of(found["When the buyer pays"])
    assert asked(site, "/own.png").headers["traceparent"] == of_step
    assert "traceparent" not in asked(site, "/foreign.png").headers


def test_a_page_ends_with_the_answer_after_its_redirects(
    tab: Page, exporter: InMemorySpanExporter, site: RecordingSite
) -> None:
    site.redirect("/pay", site.url("/paid"))
    site.serve("/paid", "<h1>Paid</h1>", status=404)
    tab.goto(site.url("/pay"))
    [page] = exporter.get_finished_spans()
    assert page.name == "GET /pay"
    assert dict(page.attributes or {})["http.response.status_code"] == 404
    assert page.status.status_code == StatusCode.ERROR


def test_a_form_keeps_what_it_sends(tab: Page, site: RecordingSite) -> None:
    fields = '<input name="a" value="1"><button>Pay</button>'
    form = f'<form method="post" action="/paid">{fields}</form>'
    site.serve("/pay", f"<h1>Pay</h1>{form}")
    site.set_cookies("/signed-in", ["session=kept"])
    site.serve("/paid", "<h1>Paid</h1>")
    tab.goto(site.url("/signed-in"))
    tab.goto(site.url("/pay"))
    tab.get_by_role("button").click()
    tab.get_by_role("heading", name="Paid").wait_for()
    paid = asked(site, "/paid")
    assert (paid.method, paid.body, paid.cookies) == ("POST", "a=1", "session=kept")
    assert paid.headers["traceparent"]


def test_a_page_that_is_not_answered_is_marked(
    tab: Page, spans: Spans, exporter: InMemorySpanExporter
) -> None:
    spans.use(["http://a.localhost:9"])
    with pytest.raises(PlaywrightError):
        tab.goto("http://a.localhost:9/pay")
    [page] = exporter.get_finished_spans()
    assert page.status.status_code == StatusCode.ERROR
