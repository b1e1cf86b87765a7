"""The mock sites in a process of their own, started for a run and stopped after it."""

from __future__ import annotations

import json
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from checkout_conformance.content import site_names
from checkout_conformance.processes.supervised import StandardProcess, SupervisedProcess
from checkout_conformance.project import content_package, own_files, own_sites
from checkout_conformance.redaction.secrets import hide
from checkout_conformance.targets.target import Target

START_SECONDS = 30.0
STOP_SECONDS = 10.0
CONNECT_SECONDS = 5.0
POLL_SECONDS = 0.05
# Starts a command with its standard error in a file.
Start = Callable[[Sequence[str], Path], StandardProcess]
# The beginning of the command that serves mock sites, without options.
SERVE_SITES = (sys.executable, "-m", content_package("mock_sites"))
# The same with a deviant or a twin among them, whose name comes first.
SERVE_DEVIANT = (sys.executable, "-m", "checkout_conformance", "deviants", "serve")
SERVE_TWIN = (sys.executable, "-m", "checkout_conformance", "twins", "serve")


class StackError(Exception):
    """The mock sites did not start. The message says why and what to do."""


@dataclass(frozen=True)
class MockStack:
    """The addresses and keys of running mock sites."""

    urls: Mapping[str, str]
    control_token: str = field(repr=False)
    merchant_key: str = field(repr=False)
    # The JSON line that the sites printed, with their demo accounts and merchants.
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def buyers(self) -> Sequence[Mapping[str, str]]:
        """The demo people, who have an account on every site."""
        found: Sequence[Mapping[str, str]] = self.facts.get("buyers", ())
        return found

    def as_dict(self) -> dict[str, object]:
        """Return all fields, for another process of the same run."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def serve_command(
    data: Path, target: Target | None = None, *, port_base: int = 0, sites: Sequence[str] = ()
) -> list[str]:
    """Return the command that serves mock sites; see ``serve_options``."""
    serve = target.mocks.serve if target is not None and target.mocks is not None else ""
    begin = (sys.executable, "-m", serve) if serve else SERVE_SITES
    return [*begin, *serve_options(data, target, port_base=port_base, sites=sites)]


def serve_options(
    data: Path, target: Target | None = None, *, port_base: int = 0, sites: Sequence[str] = ()
) -> list[str]:
    """Return the options for mock sites with test controls and with their data in ``data``.

    The sites and ports are those that ``target`` asks for, else ``sites`` (default: all) from
    ``port_base`` on (0: free ports).
    """
    options = ["--json", "--data", str(data), "--controls", *own_options()]
    if target is not None and target.mocks is not None:
        port_base, sites = target.mocks.port_base, target.mocks.sites
        for site, url in target.urls.items():
            options += ["--elsewhere", f"{site}={url}"]
        if target.mocks.keys_file:
            options += ["--keys", str(target.mocks.keys_file)]
        if target.mocks.database:
            options += ["--database", target.mocks.database]
        if target.mocks.workers > 1:
            options += ["--workers", str(target.mocks.workers)]
    return [*options, "--port-base", str(port_base), *(["--sites", *sites] if sites else [])]


def own_options() -> list[str]:
    """Return the options for what the team's project adds: pages of our sites, sites of its own."""
    pages = [word for file in own_files("mocks") for word in ("--extend", str(file))]
    # Its names are checked here.
    own = site_names() and own_sites()
    return [*pages, *(word for folder in own for word in ("--add-site", str(folder)))]


class MockStackProcess:
    """The mock sites in a process of their own, which can be restarted on their ports."""

    name = "the mock sites"

    def __init__(
        self,
        folder: Path,
        command: Sequence[str],
        seconds: float,
        start: Start = SupervisedProcess,
    ) -> None:
        self._folder, self._command, self._seconds = folder, list(command), seconds
        self._start = start
        self._process: StandardProcess | None = None
        self.stack = self._serve(command)

    def is_running(self) -> bool:
        """Whether each of the sites takes a connection."""
        return bool(self._process and self._process.poll() is None) and answers(self._own_urls())

    @property
    def pid(self) -> int:
        """The process id of the sites, or of their supervisor; 0 if there is none."""
        return self._process.pid if self._process else 0

    def kill(self) -> None:
        """Kill the sites at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()

    def restart(self) -> None:
        """Serve the sites again with their data, on their ports. Raises StackError."""
        # The supervisor may have ended while the sites still hold their ports.
        self.kill()
        ports = [f"{site}={urlsplit(url).port}" for site, url in self._own_urls().items()]
        self._serve([*self._command, *(word for port in ports for word in ("--port", port))])

    def stop(self) -> None:
        """Stop the sites in order."""
        if self._process is not None:
            _stop(self._process)

    def _own_urls(self) -> dict[str, str]:
        """Return the addresses of the sites that this process serves."""
        elsewhere = {word.partition("=")[2] for word in self._command if "=" in word}
        urls = self.stack.urls
        return {site: url for site, url in urls.items() if url.rstrip("/") not in elsewhere}

    def _serve(self, command: Sequence[str]) -> MockStack:
        errors, output = self._folder / "stderr.txt", self._folder / "stdout.txt"
        self._process = self._start(command, errors)
        try:
            line = _first_line(self._process, output, self._seconds)
            return _read_stack(line, self._process, errors, self._seconds)
        except BaseException:
            _stop(self._process)
            raise


@contextmanager
def running_process(
    folder: Path,
    command: Sequence[str] = (),
    seconds: float = START_SECONDS,
    target: Target | None = None,
    start: Start = SupervisedProcess,
) -> Iterator[MockStackProcess]:
    """Serve the mock sites while the block runs, with data and output in ``folder``.

    ``command`` is by default that of ``serve_command``; ``start`` starts it, and it has
    ``seconds`` to print its line. Raises StackError if it does not.
    """
    command = command or serve_command(folder / "data", target)
    process = MockStackProcess(folder, command, seconds, start)
    try:
        yield process
    finally:
        process.stop()


@contextmanager
def running_stack(
    folder: Path,
    command: Sequence[str] = (),
    seconds: float = START_SECONDS,
    target: Target | None = None,
) -> Iterator[MockStack]:
    """Serve the mock sites while the block runs; see ``running_process``."""
    with running_process(folder, command, seconds, target) as process:
        yield process.stack


@dataclass
class SharedMockStack:
    """The mock sites that another process of the run serves and restarts."""

    urls: Mapping[str, str]
    seconds: float = START_SECONDS
    name: str = MockStackProcess.name

    def is_running(self) -> bool:
        """Whether each of the sites takes a connection."""
        return answers(self.urls)

    def restart(self) -> None:
        """Wait until the sites answer again. Raises StackError after ``seconds``."""
        end = time.monotonic() + self.seconds
        while not self.is_running():
            if time.monotonic() > end:
                raise StackError(
                    f"the mock sites ended and did not restart within {self.seconds} s"
                )
            time.sleep(POLL_SECONDS)


def answers(urls: Mapping[str, str]) -> bool:
    """Return whether a server listens at each of these addresses."""
    return all(_listens(urlsplit(url).hostname or "", urlsplit(url).port) for url in urls.values())


def _listens(host: str, port: int | None) -> bool:
    address = "127.0.0.1" if host.endswith(".localhost") else host
    try:
        socket.create_connection((address, port or 80), timeout=CONNECT_SECONDS).close()
    except OSError:
        return False
    return True


def _first_line(process: StandardProcess, output: Path, seconds: float) -> str | None:
    """Return the first line of output, "" if the process ended, None after ``seconds``."""
    lines: queue.Queue[str] = queue.Queue(maxsize=1)
    # Daemon, so that it does not delay the interpreter's exit.
    threading.Thread(target=_drain, args=(process.stdout, output, lines), daemon=True).start()
    try:
        return lines.get(timeout=seconds)
    except queue.Empty:
        return None


def _drain(stream: IO[str], output: Path, lines: queue.Queue[str]) -> None:
    """Pass on the first line and write the rest to a file, so that the process never blocks.

    The first line contains tokens and passwords and is not written to the file.
    """
    with stream, output.open("w", encoding="utf-8") as file:
        lines.put(stream.readline())
        file.writelines(stream)


def _read_stack(
    line: str | None, process: StandardProcess, errors: Path, seconds: float
) -> MockStack:
    if line is None:
        raise StackError(_start_error(f"gave no address within {seconds:g} s", errors))
    if not line:
        code = process.wait(timeout=STOP_SECONDS)
        raise StackError(_start_error(f"ended with status {code} before they served", errors))
    try:
        return stack_in(line)
    except (ValueError, LookupError, TypeError, AttributeError):
        raise StackError(_start_error("did not print the expected line of JSON", errors)) from None


def stack_in(line: str) -> MockStack:
    """Return the stack that a line of ``mock_sites --json`` describes; hide its secrets.

    Raises ValueError, LookupError, TypeError or AttributeError for any other line.
    """
    started = json.loads(line)
    urls = {site: str(about["url"]) for site, about in started["sites"].items()}
    token, [shop, *others] = started["control_token"], started["merchants"]
    for buyer in started.get("buyers", []):
        hide(buyer["password"])
    for merchant in others:
        hide(merchant["secret_key"])
    for side in started.get("vault_merchants", []):
        hide(side["private_key"])
    return MockStack(urls, hide(str(token)), hide(str(shop["secret_key"])), started)


def _start_error(what: str, errors: Path) -> str:
    said = errors.read_text(encoding="utf-8", errors="replace").strip()
    advice = "Run `python -m mock_sites --json` to see why."
    return f"the mock sites {what}. {advice} Their output:\n{said[-4000:] or '(none)'}"


def _stop(process: StandardProcess) -> None:
    process.stop()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
