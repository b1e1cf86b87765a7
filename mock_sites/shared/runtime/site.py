"""A mock site that can be served: its application, its background work, its database."""

from __future__ import annotations

from dataclasses import dataclass
from socket import socket
from threading import Thread

from flask import Flask

from .database import Database
from .server import SiteServer
from .worker import Worker


@dataclass
class Site:
    """One site of a stack."""

    app: Flask
    database: Database
    workers: tuple[Worker, ...] = ()

    def serve(self, listener: socket) -> None:
        """Answer the connections to ``listener`` from now on, in threads of this process."""
        server = SiteServer(self.app, listener)
        Thread(target=server.start, name=f"{self.app.name} server", daemon=True).start()
        for worker in self.workers:
            worker.start()

    def close(self) -> None:
        """Stop the background work and let go of the database."""
        for worker in self.workers:
            worker.stop()
        self.database.close()
