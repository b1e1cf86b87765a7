"""A receiver of notifications on this machine, for a shop that is not ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from threading import Thread

from checkout_conformance.expectations import UnmetExpectation

LARGEST_BODY = 64 * 1024
SECONDS = 10.0


@dataclass(frozen=True)
class Received:
    """A request: its headers by their names in lower case, and its body."""

    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Receiver:
    """The requests that have come, one after another."""

    def __init__(self, url: str, received: Queue[Received]) -> None:
        self.url = url
        # What every request is answered with.
        self.status = HTTPStatus.OK
        # What each request was answered with, the oldest first.
        self.answers: list[HTTPStatus] = []
        self._received = received

    def wait(self) -> Received:
        """The next request. Raises UnmetExpectation if none comes within ten seconds."""
        try:
            return self._received.get(timeout=SECONDS)
        except Empty:
            raise UnmetExpectation("the shop is told of the payment", "Nothing came.") from None


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Receive on a free port of loopback while the block runs.

    Every request is acknowledged until the receiver's status is another one.
    """
    received: Queue[Received] = Queue()
    opened = Receiver("", received)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length", 0)), LARGEST_BODY)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(length)
            opened.answers.append(opened.status)
            self.send_response(opened.answers[-1])
            self.end_headers()
            self.wfile.write(b'{"error": "0"}')
            received.put(Received(headers, body))

        def log_message(self, format: str, *args: object) -> None:
            """Write nothing: the address and the time of a request interest nobody."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            opened.url = f"http://127.0.0.1:{server.server_port}/"
            yield opened
        finally:
            server.shutdown()
            thread.join()
