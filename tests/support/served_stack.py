"""The mock sites in a process of their own, over real HTTP, as people run them."""

from __future__ import annotations

import atexit
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil

from checkout_conformance.processes.forked import CAN_FORK, ForkServer, running_fork_server
from checkout_conformance.processes.mock_stack import (
    SERVE_SITES,
    MockStackProcess,
    Start,
    serve_command,
)
from checkout_conformance.processes.supervised import SupervisedProcess
from mock_sites import SITES

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"\b\d{6}\b")
START_SECONDS = 60.0


@dataclass
class ServedStack:
    """Running sites and the facts of their JSON line."""

    process: MockStackProcess
    facts: Mapping[str, Any]
    # What the sites write to standard error.
    errors: Path

    def address(self, site: str) -> str:
        """Return the loopback address of the site."""
        return f"http://127.0.0.1:{self.port(site)}"

    def port(self, site: str) -> int:
        """Return the port of the site."""
        return urlsplit(self.facts["sites"][site]["url"]).port or 0

    def control(self, site: str, method: str, path: str, body: Any = None) -> Any:
        """Call a test control and return its JSON answer."""
        headers = {"Authorization": f"Bearer {self.facts['control_token']}"}
        url = f"{self.address(site)}/_control{path}"
        answer = httpx.request(method, url, json=body, headers=headers, timeout=30)
        assert answer.is_success, answer.text
        return answer.json()

    def codes(self, phone: str) -> list[str]:
        """Return the codes that were sent to a phone, oldest first."""
        query = httpx.QueryParams(phone=phone)
        messages = self.control("phone", "GET", f"/messages?{query}")
        return [CODE.findall(message["text"])[0] for message in messages]

    def add_buyer(self, phone: str, rubles: int = 10_000) -> None:
        """Open a wallet and a shop account; the password is ``secret``."""
        person = {"phone": phone, "password": "secret", "name": "Anna"}
        balances = {"balances": {"RUB": rubles * 100}}
        self.control("wallet", "POST", "/buyers", {**person, **balances})
        self.control("shop", "POST", "/customers", person)

    def serving(self) -> list[psutil.Process]:
        """Return the processes that answer, if ``--workers`` asks for several."""
        below = psutil.Process(self.process.pid).children(recursive=True)
        return [each for each in below if each.is_running() and _serves(each)]

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        self.process.kill()

    def stop(self) -> None:
        """Stop the sites in order; nothing happens if they have ended."""
        self.process.stop()


def _serves(process: psutil.Process) -> bool:
    """Whether a process is one of several, not the one that looks after them."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE and not process.children()
    except psutil.NoSuchProcess:
        return False


@contextmanager
def served_stack(
    data: Path, port_base: int = 0, sites: Sequence[str] = SITES
) -> Iterator[ServedStack]:
    """Serve the sites, or some of them, while the block runs or until they are killed."""
    stack = start_stack(data, port_base, sites, start=forks().start)
    try:
        yield stack
    finally:
        stack.stop()


def start_stack(
    data: Path,
    port_base: int = 0,
    sites: Sequence[str] = SITES,
    more: Sequence[str] = (),
    start: Start = SupervisedProcess,
) -> ServedStack:
    """Start the sites and return when they serve. The caller has to stop them.

    ``more`` options are those of ``python -m mock_sites``.
    """
    output = data.parent / f"output-of-{'-'.join(sites)}"
    output.mkdir(exist_ok=True)
    command = [*serve_command(data, port_base=port_base, sites=sites), *more]
    process = MockStackProcess(output, command, START_SECONDS, start)
    return ServedStack(process, process.stack.facts, output / "stderr.txt")


@cache
def forks() -> ForkServer:
    """The sites imported once, for all stacks that the tests of this process serve."""
    if not CAN_FORK:
        return ForkServer()
    until_the_end = ExitStack()
    atexit.register(until_the_end.close)
    return until_the_end.enter_context(running_fork_server("mock_sites.__main__", SERVE_SITES))
