"""A site that answers what a test tells it, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class StubSite:
    """Pages by path; every request it gets is in ``log`` as ``METHOD /path``.

    ``asked`` has the whole address of each, and who was authorised to ask. A browser saves the
    answers of ``downloads`` and shows no page.
    """

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = dict(pages)
        self.log: list[str] = []
        self.asked: list[tuple[str, str]] = []
        self.downloads: set[str] = set()
        self.url = ""

    @property
    def changes(self) -> list[str]:
        """The requests that may have changed something."""
        return [line for line in self.log if not line.startswith(("GET ", "HEAD "))]


class QuietHandler(BaseHTTPRequestHandler):
    """A handler that prints nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve on loopback while the block runs; the address, without a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def stub_site(pages: Mapping[str, str]) -> Iterator[StubSite]:
    """Serve the pages on loopback while the block runs."""
    site = StubSite(pages)

    class Handler(QuietHandler):
        def _answer(self) -> None:
            path = self.path.partition("?")[0]
            site.log.append(f"{self.command} {path}")
            site.asked.append((self.path, self.headers.get("Authorization", "")))
            body = site.pages.get(path)
            self.send_response(404 if body is None else 200)
            kind = "html" if (body or "").startswith("<") else "plain"
            self.send_header("Content-Type", f"text/{kind}; charset=utf-8")
            if path in site.downloads:
                self.send_header("Content-Disposition", "attachment")
            self.end_headers()
            self.wfile.write((body or "").encode())

        do_GET = do_POST = do_PUT = do_DELETE = _answer

    with serving(Handler) as site.url:
        yield site
