"""A run with a collector: the spans arrive there, and without one nothing is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

ROOT = Path(__file__).parents[3]
ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
LINKS_A_CARD = "A card is linked in the vault, starting from the shop"
CHOSEN = "a_card_is_linked_in_the_vault_starting_from_the_shop"


@dataclass
class Collector:
    """What a run sent: the path and the body of each request."""

    address: str
    received: list[tuple[str, bytes]]

    def spans(self) -> list[Span]:
        """The spans, of all requests."""
        return [
            span
            for _, body in self.received
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@contextmanager
def running_collector() -> Iterator[Collector]:
    """Take what is sent over OTLP/HTTP while the block runs."""

    received: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((self.path, body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Collector(f"http://127.0.0.1:{server.server_port}", received)
        server.shutdown()
        thread.join()


def run(*options: str, **variables: str) -> str:
    """Run the features over HTTP in a pytest of its own; return what it printed."""
    environment = {name: value for name, value in os.environ.items() if "OTEL" not in name}
    command = [sys.executable, "-m", "pytest", "features", "--driver=http", "-q", *options]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider"],
        cwd=ROOT,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        timeout=110,
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module", params=["one process", "two workers"])
def collector(request: pytest.FixtureRequest) -> Iterator[Collector]:
    """The collector, after a run of one scenario in which a card is typed."""
    workers = "2" if request.param == "two workers" else "0"
    with running_collector() as collector:
        said = run("-n", workers, "-k", CHOSEN, **{ENDPOINT: collector.address})
        assert "1 passed" in said, said
        yield collector


def test_the_spans_of_scenario_steps_and_pages_arrive(collector: Collector) -> None:
    assert {path for path, _ in collector.received} == {"/v1/traces"}
    spans = collector.spans()
    assert len({span.trace_id for span in spans}) == 1
    [scenario] = [span for span in spans if not span.parent_span_id]
    assert scenario.name == LINKS_A_CARD
    steps = [span for span in spans if span.parent_span_id == scenario.span_id]
    below_steps = [span for span in spans if span.parent_span_id in {one.span_id for one in steps}]
    assert [span.name for span in steps if span.name.startswith("When ")]
    assert {span.name.partition(" ")[0] for span in below_steps} == {"GET", "POST"}
    assert len(spans) == 1 + len(steps) + len(below_steps)


def test_nothing_that_was_typed_arrives(collector: Collector) -> None:
    everything = b"".join(body for _, body in collector.received)
    assert b"checkout-conformance" in everything
    # What begins like the number of a card, and the names of fields with secrets.
    assert not [one for one in (b"4111", b"5555", b"csrf", b"password=") if one in everything]


def test_a_collector_that_does_not_answer_fails_no_scenario() -> None:
    # The exporter tries again until its seconds are over, which are ten if nobody says otherwise.
    nobody = {ENDPOINT: "http://127.0.0.1:9", "OTEL_EXPORTER_OTLP_TIMEOUT": "1"}
    said = run("-n0", "-k", CHOSEN, **nobody)
    assert "1 passed" in said, said


def test_without_a_collector_nothing_of_opentelemetry_is_imported() -> None:
    tell = "import sys, pytest; pytest.main(sys.argv[1:]); print('opentelemetry' in sys.modules)"
    command = [sys.executable, "-c", tell, "features/test_features.py", "--collect-only", "-q"]
    environment = {name: value for name, value in os.environ.items() if "OTEL" not in name}
    for given, imported in ({}, "False"), ({ENDPOINT: "http://127.0.0.1:9"}, "True"):
        done = subprocess.run(
            [*command, "-p", "no:cacheprovider"],
            cwd=ROOT,
            env={**environment, **given},
            capture_output=True,
            text=True,
            timeout=110,
        )
        assert done.stdout.splitlines()[-1] == imported, done.stdout[-500:] + done.stderr
