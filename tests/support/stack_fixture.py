"""All sites for a test: they speak HTTP to each other without a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from werkzeug.test import TestResponse

from mock_sites import SITES
from mock_sites.__main__ import CREATE
from mock_sites.shared.runtime.server import ConnectionCut
from mock_sites.shared.runtime.settings import StackSettings
from mock_sites.shared.runtime.site import Site
from mock_sites.shared.runtime.worker import Worker
from tests.support.kept_bytecode import KEPT_BYTECODE
from tests.support.shared_keys import shared_keys
from tests.support.standing_clock import StandingClock
from tests.support.visitor import Visitor

# More than any site has to do at one moment.
MOST_TURNS = 500
PORTS = {name: number for number, name in enumerate(SITES, start=1)}


class Switchboard(httpx.BaseTransport):
    """Puts each request through to the site whose port it names.

    An answer that is cut off or shorter than it says fails as it would on a network; one that
    is slower than the caller's patience is waited for in no time, and then comes too late.
    """

    def __init__(self) -> None:
        self.sites: dict[int, Site] = {}
        self.waited = 0.0

    def wait(self, seconds: float) -> None:
        """Stand in for the passing of real time."""
        self.waited += seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """What the site answers."""
        self.waited = 0.0
        try:
            answer = self._put_through(request)
        except ConnectionCut:
            raise httpx.RemoteProtocolError("cut off", request=request) from None
        if self.waited > request.extensions["timeout"]["read"]:
            raise httpx.ReadTimeout("too slow", request=request)
        return httpx.Response(
            answer.status_code, headers=list(answer.headers), content=answer.data, request=request
        )

    def _put_through(self, request: httpx.Request) -> TestResponse:
        client = self.sites[request.url.port or 0].app.test_client()
        headers = [(k, v) for k, v in request.headers.items() if k != "content-length"]
        return client.open(
            request.url.raw_path.decode(),
            method=request.method,
            data=request.read(),
            headers=headers,
            buffered=True,
        )


@dataclass
class StackFixture:
    """The sites, their one clock, and what a test may do behind their backs."""

    stack: StackSettings
    clock: StandingClock
    sites: dict[str, Site]
    board: Switchboard

    def visitor(self, site: str) -> Visitor:
        """Somebody in front of a site."""
        return Visitor(self.sites[site].app.test_client())

    def control(self, site: str, method: str, path: str, body: Any = None) -> Any:
        """What a test control answers."""
        headers = {"Authorization": f"Bearer {self.stack.keys.control_token}"}
        client = self.sites[site].app.test_client()
        answer = client.open(f"/_control{path}", method=method, json=body, headers=headers)
        assert answer.status_code < 300, answer.text
        return answer.json

    def ask(self, site: str, question: str) -> list[tuple[Any, ...]]:
        """What a site's own database answers."""
        with self.sites[site].database.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(question)]

    def work(self) -> None:
        """Let every site do in its background all that is due now; an error in it is raised."""
        for site in self.sites.values():
            for worker in site.workers:
                until_nothing_is_due(worker)

    def advance(self, seconds: float) -> None:
        """Let time pass, and the sites do what has become due."""
        self.clock.advance(timedelta(seconds=seconds))
        self.work()


def until_nothing_is_due(worker: Worker) -> None:
    """Do a worker's job again and again, as its thread would at this moment of the clock."""
    for _ in range(MOST_TURNS):
        wait = worker.do_job()
        if wait is None or wait > timedelta():
            return
    raise AssertionError(f"{worker.name} finds no end")


@contextmanager
def stack_fixture(
    data: Path, database: str = "", start: datetime | None = None
) -> Iterator[StackFixture]:
    """New sites in ``data`` or ``database``; their background work is done when a test says so.

    Their clock begins at ``start``, or now.
    """
    stack = StackSettings(
        data=data, ports=PORTS, keys=shared_keys(), controls=True, database=database
    )
    clock, board = StandingClock(start), Switchboard()
    with ExitStack() as opened, pytest.MonkeyPatch.context() as patch:
        patch.setattr("mock_sites.shared.controls.faults.wait", board.wait)
        patch.setattr("mock_sites.vault.domain.issuer.wait", board.wait)
        sites = {}
        for name in SITES:
            more = () if name == "phone" else (board,)
            sites[name] = site = CREATE[name](stack, clock, *more)
            site.app.jinja_env.bytecode_cache = KEPT_BYTECODE
            board.sites[PORTS[name]] = site
            opened.callback(site.close)
        yield StackFixture(stack, clock, sites, board)
