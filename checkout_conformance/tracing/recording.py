"""The pytest plugin that records spans; ``plugin.py`` loads it if a collector is configured."""

from __future__ import annotations

import os
from collections.abc import Callable

import allure
import pytest
from allure_commons.types import AttachmentType
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from playwright.sync_api import BrowserContext
from pytest_bdd.parser import Scenario, Step

from checkout_conformance.clauses import clause_of, clauses_of
from checkout_conformance.drivers.http.exchange import OBSERVERS
from checkout_conformance.drivers.page import Context
from checkout_conformance.evidence.allure_labels import example_of, feature_file, title
from checkout_conformance.targets.target import Target
from checkout_conformance.tracing.browser_pages import BrowserPages
from checkout_conformance.tracing.spans import Spans

SPANS = pytest.StashKey[Spans]()
TRACE = "The trace's id"


def pytest_configure(config: pytest.Config) -> None:
    """Have spans in every process that runs scenarios."""
    own = {} if os.environ.get("OTEL_SERVICE_NAME") else {SERVICE_NAME: "checkout-conformance"}
    provider = TracerProvider(resource=Resource.create(own))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    config.stash[SPANS] = Spans(provider)
    OBSERVERS.set(config.stash[SPANS].observe)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Send what has not been sent."""
    OBSERVERS.set(None)
    session.config.stash[SPANS].close()


@pytest.fixture
def new_context(
    new_context: Callable[..., Context], target: Target, pytestconfig: pytest.Config
) -> Callable[..., Context]:
    """Open one more context, whose requests to the target carry the trace's id."""
    spans = pytestconfig.stash[SPANS]
    spans.use(target.urls.values())
    pages = BrowserPages(spans)

    def open_context(**options: object) -> Context:
        context = new_context(**options)
        if isinstance(context, BrowserContext):
            pages.watch(context)
        return context

    return open_context


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: Scenario) -> None:
    """Begin the trace of a scenario."""
    name = title(scenario.name, example_of(request.node))
    spans = request.config.stash[SPANS]
    spans.begin_scenario(name, feature_file(scenario), list(clauses_of(scenario)))


def pytest_bdd_before_step(request: pytest.FixtureRequest, scenario: Scenario, step: Step) -> None:
    """Open the span of a step."""
    name = f"{step.keyword.strip()} {step.name}"
    request.config.stash[SPANS].begin_step(name, clause_of(step, scenario))


def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """Close the span of a step."""
    request.config.stash[SPANS].end_step()


def pytest_bdd_step_error(request: pytest.FixtureRequest, exception: BaseException) -> None:
    """Close the span of a step that failed; name the trace in its evidence."""
    spans = request.config.stash[SPANS]
    allure.attach(spans.trace_id, TRACE, AttachmentType.TEXT)
    spans.end_step(exception)


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Close what is open."""
    request.config.stash[SPANS].end_scenario()
