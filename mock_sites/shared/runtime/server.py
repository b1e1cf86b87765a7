"""The server of a mock site: cheroot, on a socket that is listened to already."""

from __future__ import annotations

import errno
import time
from contextlib import suppress
from io import BytesIO
from socket import IPPROTO_TCP, SHUT_WR, TCP_NODELAY, socket
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from cheroot.makefile import MakeFile
from cheroot.server import HeaderReader, HTTPConnection, HTTPRequest
from cheroot.wsgi import Gateway_10, Server
from werkzeug.sansio.utils import get_content_length

from .incoming import (
    LARGEST_BODY_BYTES,
    LONGEST_HEADERS_BYTES,
    Incoming,
    Patience,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

THREADS = 8
LONGEST_QUEUE = 1024
# Longer than any caller of ours keeps a connection for its next request.
IDLE_SECONDS = 150
# How long an answer may wait for a caller who does not read it.
UNREAD_SECONDS = 10.0
# How long the rest of a rejected request is read and thrown away, so that its sender gets to
# read the answer instead of an error.
DRAIN_SECONDS = 2.0
ONCE_BYTES = 64 * 1024
# Set in a request's environment if its body is too large, and was not read.
TOO_LARGE = "mock_sites.too_large"

# The schemes of a request target that is an absolute URL.
ABSOLUTE = (b"http", b"https")
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class ConnectionCut(ConnectionResetError):
    """Raised by an application to have its connection closed, and nothing more sent."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "cut on purpose")


def is_too_large(environ: WSGIEnvironment) -> bool:
    """Whether a request's body is larger than a site takes: nothing of it is to be read."""
    length = get_content_length(environ.get("CONTENT_LENGTH"))
    return bool(environ.get(TOO_LARGE)) or (length or 0) > LARGEST_BODY_BYTES


class ArrivedRequest:
    """The file from which a thread reads a request: all of it is here, so nothing waits."""

    def __init__(self, patience: Patience) -> None:
        self.incoming = Incoming(patience)
        self.closed = False
        self.bytes_read = 0
        self._request = BytesIO()

    def begin(self) -> None:
        """Turn to the request that is ready."""
        self._request = self.incoming.take()

    def read(self, size: int | None = -1) -> bytes:
        """Read as a file does."""
        return self._request.read(size)

    def readline(self, size: int | None = -1) -> bytes:
        """Read as a file does."""
        return self._request.readline(size)

    def has_data(self) -> bool:
        """Whether the next request is here already."""
        return self.incoming.ready

    def close(self) -> None:
        """Forget what was sent."""
        self.closed = True


class WithoutExpectation(HeaderReader):
    """Reads headers; ``Expect: 100-continue`` has been answered when a request is read."""

    def __call__(self, rfile: Any, hdict: Any = None) -> Any:
        """The headers by name."""
        headers = super().__call__(rfile, hdict)
        headers.pop(b"Expect", None)
        return headers


class SiteRequest(HTTPRequest):
    """A request that has arrived, or as much of it as is accepted.

    Its target may be an absolute URL (RFC 9112, 3.2.2), as some clients send it. The host of that
    URL then stands for the header ``Host``; its scheme says nothing about this connection.
    """

    header_reader = WithoutExpectation()

    def __init__(self, server: SiteServer, conn: HTTPConnection) -> None:
        super().__init__(server, conn, proxy_mode=True)

    def read_request_line(self) -> bool:
        """Read the first line; false if an answer to a malformed one was sent."""
        if not super().read_request_line():  # type: ignore[no-untyped-call]
            return False
        scheme, self.scheme = self.scheme, b"http"
        if self.method == b"CONNECT":
            self.simple_response("405 Method Not Allowed")
            return False
        if self.uri.startswith(b"/") or self.uri == b"*":
            return self._is_path()
        if scheme.lower() not in ABSOLUTE or not self.authority:
            self.simple_response("400 Bad Request", "The target is no path and no HTTP address.")
            return False
        if self.method == b"OPTIONS":
            self.path = unquote_to_bytes(urlsplit(self.uri).path) or b"/"
        return True

    def _is_path(self) -> bool:
        if self.authority:
            self.simple_response("400 Bad Request", "The target begins with two slashes.")
            return False
        return True

    def read_request_headers(self) -> bool:
        """Read the headers; false if an answer to a malformed request was sent."""
        if not super().read_request_headers():  # type: ignore[no-untyped-call]
            return False
        if self.conn.rfile.incoming.malformed:
            self.simple_response("400 Bad Request", "The length of the body cannot be read.")
            return False
        if self.conn.rfile.incoming.cut_short:
            self.close_connection = True
        return True


class SiteGateway(Gateway_10):
    """Tells the application of a body that is too large."""

    def get_environ(self) -> Any:
        """The WSGI environment."""
        environ = super().get_environ()  # type: ignore[no-untyped-call]
        if self.req.conn.rfile.incoming.too_large:
            environ[TOO_LARGE] = True
            environ["wsgi.input"] = BytesIO()
        if self.req.authority:
            environ["HTTP_HOST"] = self.req.authority.decode("latin-1")
        return environ


class SiteConnection(HTTPConnection):
    """A connection whose requests are collected by the server's one selecting thread."""

    RequestHandlerClass = SiteRequest

    def __init__(self, server: SiteServer, sock: socket, _makefile: Any = None) -> None:
        sock.settimeout(UNREAD_SECONDS)

        def makefile(sock: socket, mode: str, size: int) -> Any:
            return ArrivedRequest(server.patience) if "r" in mode else MakeFile(sock, mode, size)

        super().__init__(server, sock, makefile)
        self._deadline: float | None = None
        self._draining = False

    @property
    def last_used(self) -> float | None:
        """By this the connection manager closes connections: server.timeout after it."""
        return None if self._deadline is None else self._deadline - self.server.timeout

    @last_used.setter
    def last_used(self, now: float) -> None:
        incoming = self.rfile.incoming
        if not self._draining:
            self._deadline = incoming.deadline if incoming.started else now + self.server.timeout

    def receive(self) -> bool:
        """Take what has arrived; false if the connection has ended."""
        incoming = self.rfile.incoming
        try:
            data = self.socket.recv(ONCE_BYTES)
        except OSError:
            return False
        if data and not self._draining:
            incoming.feed(data, time.time())
            if incoming.wants_to_go_on and not incoming.ready:
                incoming.wants_to_go_on = False
                self._say(GO_ON)
        return bool(data)

    def communicate(self) -> bool:
        """Answer the request that is ready; true to keep the connection."""
        self._deadline = None
        self.rfile.begin()
        goes_on = bool(super().communicate())  # type: ignore[no-untyped-call]
        if goes_on:
            self.rfile.incoming.go_on(time.time())
        return goes_on

    def close(self) -> None:
        """Close the connection; after a request that was cut short, once the answer is read."""
        incoming = self.rfile.incoming
        if incoming.cut_short and not self._draining and not self.rfile.closed:
            self._drain()
            return
        if incoming.started and self._deadline is not None and time.time() > self._deadline:
            self._say(TOO_SLOW)
        super().close()

    def _drain(self) -> None:
        self._draining = True
        self._deadline = time.time() + DRAIN_SECONDS
        with suppress(OSError):
            self.socket.shutdown(SHUT_WR)
        self.server.put_conn(self)

    def _say(self, words: bytes) -> None:
        """Send a few bytes, if there is room for them: who sends too slowly is not waited for."""
        self.socket.setblocking(False)
        with suppress(OSError):
            self.socket.send(words)
        self.socket.settimeout(UNREAD_SECONDS)


class SiteServer(Server):
    """Answers the connections to one site's ``listener``, in threads.

    A thread begins with a request when all of it has arrived. Head and body have a largest size
    (``incoming.py``) and, by ``patience``, a longest time.
    """

    keep_alive_conn_limit = LONGEST_QUEUE
    max_request_header_size = LONGEST_HEADERS_BYTES
    ConnectionClass = SiteConnection

    def __init__(
        self, app: WSGIApplication, listener: socket, patience: Patience | None = None
    ) -> None:
        super().__init__(
            listener.getsockname()[:2],
            app,
            numthreads=THREADS,
            server_name="mock site",
            request_queue_size=LONGEST_QUEUE,
            timeout=IDLE_SECONDS,
        )
        self.gateway = SiteGateway
        self.patience = patience or Patience()
        self._listener = listener

    def bind(self, family: int, type: int, proto: int = 0) -> socket:
        """Take the socket that is there instead of a new one."""
        # Head and body are sent apart: without this the body waits until the head has arrived.
        self._listener.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        self.socket = self._listener
        return self._listener

    def process_conn(self, conn: SiteConnection) -> None:
        """Hand a connection to a thread once a whole request has come over it."""
        is_new = conn.last_used is None
        if not is_new and not conn.rfile.has_data() and not conn.receive():
            conn.close()
        elif conn.rfile.has_data():
            super().process_conn(conn)
        else:
            self.put_conn(conn)
