"""A forward proxy that connects the browser to the target's hosts only.

All requests of the browser pass through it: of page objects, pages, workers and redirects.
"""

from __future__ import annotations

import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from checkout_conformance.targets.addresses import on_loopback
from checkout_conformance.targets.deny_list import is_denied
from checkout_conformance.targets.hosts import endpoint_of

CONNECT_SECONDS = 30.0
PIECE = 65_536
HOP_BY_HOP_HEADERS = (
    "connection",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
)


@dataclass(frozen=True)
class BlockedRequest:
    """A request that was blocked; the content of CONNECT is encrypted and unknown."""

    method: str
    host: str


class ForwardProxy:
    """The allowed hosts and ports, and the requests that were blocked."""

    def __init__(self, addresses: Collection[str]) -> None:
        self._places = {endpoint_of(address) for address in addresses}
        self.blocked: list[BlockedRequest] = []
        # The address for the browser.
        self.address = ""

    def allows(self, url: str) -> bool:
        """Return whether requests to the host of an address are allowed."""
        try:
            return endpoint_of(url) in self._places and not is_denied(urlsplit(url).hostname or "")
        except ValueError:
            return False

    def check(self, method: str, host: str, port: int) -> bool:
        """Return whether a request is allowed; record it if not."""
        scheme = "https" if method == "CONNECT" else "http"
        known = self.allows(f"{scheme}://{_bracketed(host)}:{port}")
        if not known:
            self.blocked.append(BlockedRequest(method, host))
        return known


@contextmanager
def running_forward_proxy(
    addresses: Collection[str], host: str | None = None
) -> Iterator[ForwardProxy]:
    """Serve the proxy on a free port while the block runs.

    ``host`` is this machine's name or address for a browser on another machine; without it the
    proxy listens on the loopback address only.
    """
    forward_proxy = ForwardProxy(addresses)

    class Handler(_ConnectionHandler):
        proxy = forward_proxy

    server = _Server(("" if host else "127.0.0.1", 0), Handler)
    forward_proxy.address = f"http://{host or '127.0.0.1'}:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield forward_proxy
    server.shutdown()
    server.server_close()
    thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing: browsers close connections at any time."""


class _ConnectionHandler(BaseHTTPRequestHandler):
    """One connection of a browser."""

    proxy: ForwardProxy
    protocol_version = "HTTP/1.1"
    timeout = 300

    def do_CONNECT(self) -> None:
        """Tunnel the browser to a host if it is allowed."""
        self.close_connection = True
        parts = urlsplit(f"//{self.path}")
        host, port = parts.hostname or "", parts.port or 0
        if not self.proxy.check("CONNECT", host, port):
            self._refuse()
            return
        try:
            there = socket.create_connection((_resolvable(host), port), CONNECT_SECONDS)
        except OSError:
            self.send_error(502)
            return
        there.settimeout(None)
        self.connection.settimeout(None)
        with there:
            self.send_response_only(200)
            self.end_headers()
            back = Thread(target=_copy, args=(there, self.connection), daemon=True)
            back.start()
            _copy(self.connection, there)
            back.join()

    def _pass_on(self) -> None:
        """Forward an unencrypted request to the host of its address, if it is allowed."""
        parts = urlsplit(self.path)
        host, port = parts.hostname or "", parts.port or 80
        if parts.scheme != "http" or not self.proxy.check(self.command, host, port):
            self.close_connection = True
            self._refuse()
            return
        if "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self.send_error(411)
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        target = parts._replace(scheme="", netloc="").geturl() or "/"
        upstream = HTTPConnection(_resolvable(host), port)
        try:
            upstream.putrequest(self.command, target, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in HOP_BY_HOP_HEADERS:
                    upstream.putheader(name, value)
            upstream.putheader("Connection", "close")
            upstream.endheaders(body)
            self._answer(upstream.getresponse())
        except (OSError, HTTPException):
            # Close the connection, as the unreachable host would.
            self.close_connection = True
        finally:
            upstream.close()

    do_GET = do_HEAD = do_OPTIONS = do_POST = do_PUT = do_PATCH = do_DELETE = _pass_on

    def _answer(self, answer: HTTPResponse) -> None:
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.msg.items():
            if name.lower() not in HOP_BY_HOP_HEADERS:
                self.send_header(name, value)
        if answer.length is None:
            # The end of the connection is the end of the answer.
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        while piece := answer.read1(PIECE):
            self.wfile.write(piece)
        if answer.length:
            raise HTTPException("the answer was cut off")

    def _refuse(self) -> None:
        self.send_error(403, "Not a host of this target")

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: addresses may contain secrets."""


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _resolvable(host: str) -> str:
    """Return a host that Python can resolve: names under ``.localhost`` become 127.0.0.1."""
    return urlsplit(on_loopback(f"http://{_bracketed(host)}")).hostname or host


def _copy(source: socket.socket, destination: socket.socket) -> None:
    """Copy data until the connection ends."""
    with suppress(OSError):
        while piece := source.recv(PIECE):
            destination.sendall(piece)
    with suppress(OSError):
        destination.shutdown(socket.SHUT_WR)
