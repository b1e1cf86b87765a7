"""Commands that are forked from a process that has imported what they run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkout_conformance.deviants.stack import running_variant
from checkout_conformance.processes.forked import ForkedProcess, ForkServer, running_fork_server
from checkout_conformance.processes.mock_stack import (
    SERVE_DEVIANT,
    SERVE_SITES,
    MockStackProcess,
    StackError,
    answers,
    serve_command,
)
from checkout_conformance.processes.supervised import SupervisedProcess
from checkout_conformance.project import ROOT

PREFIX = ("run", "it")
# What is forked: each word is something to do.
MODULE = """
import os, signal, sys, threading

PREPARED = []

def prepare():
    PREPARED.append(os.getpid())

def wait():
    signal.pause()

def defy():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("defies", flush=True)
    threading.Event().wait()

def hold(fifo):
    return os.open(fifo, os.O_RDWR)

def main(words):
    for word in words:
        match word.split("="):
            case ["say", text]: print(text, flush=True)
            case ["complain", text]: print(text, file=sys.stderr)
            case ["prepared"]: print(PREPARED, flush=True)
            case ["end", status]: return int(status)
            case ["fail"]: raise ValueError("it failed")
            case ["hold", fifo]: hold(fifo)
            case ["wait"]: wait()
            case ["defy"]: defy()
            case ["input"]: print(repr(sys.stdin.read()), flush=True)
    return 0
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "forkable.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(ROOT)]))
    return "forkable"


@pytest.fixture
def server(module: str) -> Iterator[ForkServer]:
    with running_fork_server(module, PREFIX) as server:
        yield server


@pytest.fixture
def errors(tmp_path: Path) -> Path:
    return tmp_path / "errors.txt"


def started(server: ForkServer, errors: Path, *words: str) -> ForkedProcess:
    process = server.start([*PREFIX, *words], errors)
    assert isinstance(process, ForkedProcess)
    return process


def text_of(process: ForkedProcess) -> str:
    with process.stdout as stdout:
        return stdout.read()


def test_a_fork_has_its_own_output_and_exit_status(server: ForkServer, errors: Path) -> None:
    first = started(server, errors, "say=one", "complain=badly", "end=3")
    second = started(server, errors.with_name("others.txt"), "say=two", "input")
    assert (text_of(first), first.wait(10)) == ("one\n", 3)
    assert (text_of(second), second.wait(10)) == ("two\n''\n", 0)
    assert errors.read_text() == "badly\n"


def test_forks_share_what_was_prepared_once(server: ForkServer, errors: Path) -> None:
    first, second = (started(server, errors, "prepared") for _ in range(2))
    assert text_of(first) == text_of(second) != "[]\n"
    assert first.wait(10) == second.wait(10) == 0


def test_an_error_of_a_fork_is_in_its_errors(server: ForkServer, errors: Path) -> None:
    process = started(server, errors, "fail")
    assert (text_of(process), process.wait(10)) == ("", 1)
    assert "ValueError: it failed" in errors.read_text()


def test_a_fork_is_asked_to_stop(server: ForkServer, errors: Path) -> None:
    process = started(server, errors, "wait")
    assert process.poll() is None
    process.stop()
    assert process.wait(10) < 0
    process.stop()
    assert text_of(process) == ""


def test_a_fork_that_does_not_stop_is_killed(server: ForkServer, errors: Path) -> None:
    process = started(server, errors, "defy")
    assert process.stdout.readline() == "defies\n"
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.1)
    process.kill()
    assert process.poll() is not None
    process.kill()
    assert text_of(process) == ""


def test_a_fork_ends_with_the_process_that_called_for_it(
    module: str, errors: Path, tmp_path: Path
) -> None:
    ended = tmp_path / "ended"
    os.mkfifo(ended)
    words = [*PREFIX, f"hold={ended}", "say=holds", "wait"]
    run = (
        "import os, signal; from pathlib import Path\n"
        "from checkout_conformance.processes.forked import running_fork_server\n"
        f"with running_fork_server({module!r}, {PREFIX!r}) as server:\n"
        f"    process = server.start({words!r}, Path({str(errors)!r}))\n"
        "    assert process.stdout.readline() == 'holds\\n'\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.Popen([sys.executable, "-c", run], cwd=ROOT)
    assert ended.read_text() == ""
    assert killed.wait() == -signal.SIGKILL


def test_a_command_that_cannot_be_forked_gets_a_process_of_its_own(
    server: ForkServer, errors: Path
) -> None:
    command = [sys.executable, "-c", "print('its own')"]
    for start in (server.start, ForkServer().start):
        process = start(command, errors)
        assert isinstance(process, SupervisedProcess)
        with process.stdout as stdout:
            assert stdout.read() == "its own\n"
        process.stop()
        assert process.wait(10) == 0


def test_without_its_server_a_command_gets_a_process_of_its_own(module: str, errors: Path) -> None:
    prefix = (sys.executable, "-c")
    with running_fork_server(module, prefix) as server:
        pass
    process = server.start([*prefix, "print('its own')"], errors)
    assert isinstance(process, SupervisedProcess)
    with process.stdout as stdout:
        assert stdout.read() == "its own\n"
    process.stop()
    assert process.wait(10) == 0


def test_a_module_that_cannot_be_imported_is_not_forked(errors: Path) -> None:
    with running_fork_server("no_such_module", ("true",)) as server:
        process = server.start(["true"], errors)
        assert isinstance(process, SupervisedProcess)
        process.kill()
        process.stdout.close()


def test_forked_sites_are_apart_and_can_be_restarted(tmp_path: Path) -> None:
    with running_fork_server("mock_sites.__main__", SERVE_SITES) as server:
        stacks = []
        for name in ("one", "two"):
            folder = tmp_path / name
            folder.mkdir()
            command = serve_command(folder / "data")
            stacks.append(MockStackProcess(folder, command, 60, server.start))
        one, two = stacks
        assert not set(one.stack.urls.values()) & set(two.stack.urls.values())
        assert one.stack.control_token != two.stack.control_token
        os.kill(one.pid, signal.SIGKILL)
        one.kill()
        assert not one.is_running()
        assert two.is_running()
        one.restart()
        assert one.is_running()
        for stack in stacks:
            stack.stop()
            assert not answers(stack.stack.urls)


def test_a_forked_deviant_is_served_for_as_long_as_the_block_runs(tmp_path: Path) -> None:
    with running_fork_server("checkout_conformance.deviants.serve", SERVE_DEVIANT) as server:
        with running_variant(
            SERVE_DEVIANT, "arabic-from-left-to-right", tmp_path, server.start
        ) as stack:
            assert answers(stack.urls)
        assert not answers(stack.urls)
        with (
            pytest.raises(StackError, match=r"(?s)no-such-deviant did not start.*NoSuchDeviant"),
            running_variant(SERVE_DEVIANT, "no-such-deviant", tmp_path, server.start),
        ):
            pass
