"""A mock site that can be served: its application, its background work, its database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from socket import socket
from threading import Thread
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from .attempts import Repeats
from .counted_requests import CountedRequests
from .database import Database
from .metrics import METRICS
from .server import SiteServer
from .teams import TeamsOfSite
from .worker import Worker

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


@dataclass
class Site:
    """One site of a stack."""

    app: Flask
    database: Database
    workers: tuple[Worker, ...] = ()
    _server: SiteServer | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        """Have requests answered again where concurrent ones can get in their way."""
        self.app.add_url_rule("/_health/ready", "ready", self._ready)
        if self.database.is_shared:
            count = partial(METRICS.add_conflict, self.name)
            self.app.wsgi_app = Repeats(self.app.wsgi_app, count)  # type: ignore[method-assign]
            for worker in self.workers:
                worker.share(self.database)
        if METRICS.counts is not None:
            counted = CountedRequests(self.name, self.app, METRICS.counts)
            self.app.wsgi_app = counted  # type: ignore[method-assign]

    @property
    def name(self) -> str:
        """The site's noun."""
        return self.app.name.rpartition(".")[2]

    def _ready(self) -> tuple[str, int]:
        """Whether the site can work: its database answers."""
        try:
            with self.database.reading() as session:
                session.execute(select(1))
        except SQLAlchemyError as error:
            return f"no database: {type(error).__name__}", 503
        return "ready", 200

    def serve(self, listener: socket, teams: Mapping[str, Site] | None = None) -> None:
        """Answer the connections to ``listener`` from now on, in threads of this process.

        ``teams`` have the same site each for itself, on the same port.
        """
        answer: WSGIApplication = self.app
        if teams:
            answer = TeamsOfSite(self.name, self.app, {t: teams[t].app for t in teams})
        self._server = server = SiteServer(answer, listener)
        Thread(target=server.start, name=f"{self.app.name} server", daemon=True).start()
        for site in (self, *(teams or {}).values()):
            for worker in site.workers:
                worker.start()

    def finish(self) -> None:
        """Take no more connections, and wait until the requests under way are answered."""
        if self._server is not None:
            self._server.stop()

    def close(self) -> None:
        """Stop the background work and let go of the database."""
        for worker in self.workers:
            worker.stop()
        self.database.close()
