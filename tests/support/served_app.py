"""An application on the server of the mock sites, while a block runs."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from mock_sites.shared.runtime.incoming import Patience
from mock_sites.shared.runtime.server import SiteServer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Address = tuple[str, int]


@contextmanager
def served(app: WSGIApplication, patience: Patience | None = None) -> Iterator[Address]:
    """Serve an application on a free port of loopback; yields the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = SiteServer(app, listener, patience)
        # A server that is told to stop before it is prepared goes on for ever.
        server.prepare()
        thread = Thread(target=server.serve)
        thread.start()
        try:
            yield listener.getsockname()
        finally:
            server.stop()
            thread.join()
