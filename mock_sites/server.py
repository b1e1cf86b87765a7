"""The server of a mock site: cheroot, on a socket that is listened to already."""

from __future__ import annotations

import errno
from socket import IPPROTO_TCP, TCP_NODELAY, socket
from typing import TYPE_CHECKING

from cheroot.server import HTTPConnection
from cheroot.wsgi import Server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 8
LONGEST_QUEUE = 1024
# Longer than any caller of ours keeps a connection for its next request.
IDLE_SECONDS = 150
LONGEST_HEADERS_BYTES = 64 * 1024


class ConnectionCut(ConnectionResetError):
    """Raised by an application to have its connection closed, and nothing more sent."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "cut on purpose")


class SiteServer(Server):
    """Answers for one site whoever comes to ``listener``, in threads."""

    keep_alive_conn_limit = LONGEST_QUEUE
    max_request_header_size = LONGEST_HEADERS_BYTES

    def __init__(self, app: WSGIApplication, listener: socket) -> None:
        super().__init__(
            listener.getsockname()[:2],
            app,
            numthreads=THREADS,
            server_name="mock site",
            request_queue_size=LONGEST_QUEUE,
            timeout=IDLE_SECONDS,
        )
        self._listener = listener

    def bind(self, family: int, type: int, proto: int = 0) -> socket:
        """Take the socket that is there instead of a new one."""
        # Head and body are sent apart: without this the body waits until the head has arrived.
        self._listener.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        self.socket = self._listener
        return self._listener

    def process_conn(self, conn: HTTPConnection) -> None:
        """Hand a connection to a thread once it says something.

        Browsers connect ahead of need: a thread that waited for their first word would be lost.
        """
        if conn.last_used is None:
            self.put_conn(conn)
        else:
            super().process_conn(conn)
