"""Two sites for tests of the network guard: a target's own, and a stranger who must get nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class HostileSite:
    """Serves what a test puts into ``pages``, and keeps the first line of whatever arrives.

    A value of ``pages`` that is an address is where the site redirects to, with the status that the
    path begins with: ``/307``.
    """

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self.got: list[str] = []
        self.url = ""

    @property
    def changes(self) -> list[str]:
        """What may have changed something: all but reads, and a WebSocket."""
        return [line for line in self.got if not line.startswith(("GET ", "HEAD "))]


@contextmanager
def hostile_site() -> Iterator[HostileSite]:
    """Serve on loopback while the block runs."""
    site = HostileSite()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            upgrade = " upgrade" if "Upgrade" in self.headers else ""
            site.got.append(f"{self.command} {self.path}{upgrade}")
            page = site.pages.get(self.path.partition("?")[0])
            if page is not None and page.startswith("http"):
                self._send(int(self.path[1:4]), b"", {"Location": page})
            elif page is None:
                self._send(404, b"", {})
            else:
                self._send(200, page.encode(), site.headers)
            del body

        def _send(self, status: int, body: bytes, more: Mapping[str, str]) -> None:
            self.send_response(status)
            is_script = self.path.endswith(".js")
            self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Set-Cookie", "one=1")
            self.send_header("Set-Cookie", "two=2")
            for name, value in more.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()
