"""Our own sites as a process of their own: started for a run, stopped after it."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO

from steps.secrets import hide
from steps.target import Target

ROOT = Path(__file__).parents[1]
KEEPER = Path(__file__).with_name("keeper.py")
START_SECONDS = 30.0
STOP_SECONDS = 10.0


class StackError(Exception):
    """The mock sites did not start. The message says why and what to do."""


@dataclass(frozen=True)
class Stack:
    """Where the running sites are, and what lets a test control them."""

    urls: Mapping[str, str]
    control_token: str = field(repr=False)
    merchant_key: str = field(repr=False)
    # People with an account on every site, for whoever tries them by hand.
    buyers: Sequence[Mapping[str, str]] = field(default=(), repr=False)

    @property
    def told(self) -> dict[str, object]:
        """All of it, for another process of the same run."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def serve_command(data: Path, target: Target | None = None) -> list[str]:
    """The command that serves the mock sites: all on free ports, or those a target asks for."""
    options = ["--json", "--data", str(data), "--controls"]
    if target is None or target.mocks is None:
        return [sys.executable, "-m", "mock_sites", *options, "--port-base", "0"]
    options += ["--port-base", str(target.mocks.port_base), "--sites", *target.mocks.sites]
    for site, url in target.urls.items():
        options += ["--elsewhere", f"{site}={url}"]
    if target.mocks.keys_file:
        options += ["--keys", str(target.mocks.keys_file)]
    return [sys.executable, "-m", "mock_sites", *options]


@contextmanager
def running_stack(
    folder: Path,
    command: Sequence[str] = (),
    seconds: float = START_SECONDS,
    target: Target | None = None,
) -> Iterator[Stack]:
    """Serve the mock sites while the block runs; their data and output go into ``folder``."""
    errors, output = folder / "stderr.txt", folder / "stdout.txt"
    process = _start(command or serve_command(folder / "data", target), errors)
    try:
        line = _first_line(process, output, seconds)
        yield _read_stack(line, process, errors, seconds)
    finally:
        _stop(process)


def _start(command: Sequence[str], errors: Path) -> subprocess.Popen[str]:
    with errors.open("w", encoding="utf-8") as stderr:
        # A session of its own: Ctrl-C reaches pytest alone, which then stops the sites in order.
        return subprocess.Popen(
            [sys.executable, str(KEEPER), *command],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )


def _first_line(process: subprocess.Popen[str], output: Path, seconds: float) -> str | None:
    """The first line of output, "" if the process ended before it, None if time ran out."""
    lines: queue.Queue[str] = queue.Queue(maxsize=1)
    assert process.stdout is not None
    # Daemon: what it reads ends with the process, and must not hold up the interpreter.
    threading.Thread(target=_drain, args=(process.stdout, output, lines), daemon=True).start()
    try:
        return lines.get(timeout=seconds)
    except queue.Empty:
        return None


def _drain(stream: IO[str], output: Path, lines: queue.Queue[str]) -> None:
    """Hand over the first line and keep the rest in a file, so that the process never blocks.

    The first line holds tokens and passwords: it is not written down.
    """
    with stream, output.open("w", encoding="utf-8") as file:
        lines.put(stream.readline())
        file.writelines(stream)


def _read_stack(
    line: str | None, process: subprocess.Popen[str], errors: Path, seconds: float
) -> Stack:
    if line is None:
        raise StackError(_trouble(f"gave no address within {seconds:g} s", errors))
    if not line:
        code = process.wait(timeout=STOP_SECONDS)
        raise StackError(_trouble(f"ended with status {code} before they served", errors))
    try:
        return stack_in(line)
    except (ValueError, LookupError, TypeError, AttributeError):
        raise StackError(_trouble("did not print the expected line of JSON", errors)) from None


def stack_in(line: str) -> Stack:
    """The stack that a line of JSON tells of.

    Raises ValueError, LookupError, TypeError or AttributeError for any other line.
    """
    started = json.loads(line)
    urls = {site: str(about["url"]) for site, about in started["sites"].items()}
    token, [merchant] = started["control_token"], started["merchants"]
    buyers = started.get("buyers", [])
    for buyer in buyers:
        hide(buyer["password"])
    return Stack(urls, hide(str(token)), hide(str(merchant["secret_key"])), buyers)


def _trouble(what: str, errors: Path) -> str:
    said = errors.read_text(encoding="utf-8", errors="replace").strip()
    advice = "Try `python -m mock_sites --json` by hand."
    return f"the mock sites {what}. {advice} They said:\n{said[-4000:] or '(nothing)'}"


def _stop(process: subprocess.Popen[str]) -> None:
    """Close the keeper's input: it stops the sites in order."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        _kill_all(process)


def _kill_all(process: subprocess.Popen[str]) -> None:
    """End the process and whatever it started: they share the session that we gave it."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
