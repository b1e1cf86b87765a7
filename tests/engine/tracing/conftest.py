from __future__ import annotations

from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from checkout_conformance.tracing.spans import Spans
from tests.support.recording_site import RecordingSite, recording_site

HOST = "a.localhost"


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    """What has been recorded."""
    return InMemorySpanExporter()


@pytest.fixture(scope="module")
def running_site() -> Iterator[RecordingSite]:
    with recording_site() as site:
        yield site


@pytest.fixture
def site(running_site: RecordingSite) -> RecordingSite:
    """A site of the target at one host, and somebody else's at any other."""
    running_site.forget()
    return running_site


@pytest.fixture
def spans(exporter: InMemorySpanExporter, site: RecordingSite) -> Iterator[Spans]:
    """Spans within a step of a scenario."""
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    spans = Spans(provider)
    spans.use([site.url(host=HOST)])
    spans.begin_scenario("A wrong code pays nothing", "wallet/x.feature", ["W1.5"])
    spans.begin_step("When the buyer pays", "W1.5")
    yield spans
    spans.close()
