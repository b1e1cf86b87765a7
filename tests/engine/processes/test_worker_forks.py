"""The workers of a run are forked from the process that controls them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checkout_conformance.project import ROOT

CONFTEST = """
import signal

# A shell that runs the tests in the background has it ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
pytest_plugins = ["checkout_conformance.processes.worker_forks", "own_plugin"]
"""
PLUGIN = """
import os
from pathlib import Path

HERE = Path(__file__).parent
(HERE / f"imported-{os.getpid()}").touch()

def pytest_prepare_workers():
    (HERE / f"prepared-{os.getpid()}").touch()
"""
TESTS = """
import atexit, os, signal
from pathlib import Path

import pytest

HERE = Path(__file__).parent
atexit.register(lambda: (HERE / f"ended-{os.getpid()}").touch())

@pytest.mark.parametrize("number", range(4))
def test_it(number, worker_id):
    (HERE / f"worker-{worker_id}").write_text(str(os.getpid()))
    print("printed")

def test_that_kills():
    os.kill(os.getpid(), signal.SIGKILL)

def test_that_waits():
    held = os.open(HERE / "ended", os.O_RDWR)
    signal.pause()
"""
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "own_plugin.py").write_text(PLUGIN, encoding="utf-8")
    (tmp_path / "test_suite.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -W error -p no:randomly\n")
    return tmp_path


def command(chosen: str, *options: str) -> list[str]:
    # Ctrl-C inside an old-style hook of schemathesis's plugin is told as an internal error.
    plain = ["-p", "no:schemathesis"]
    return [sys.executable, "-m", "pytest", *plain, "-k", chosen, *options]


@pytest.fixture
def run(suite: Path) -> Run:
    def run(chosen: str, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(chosen, *options),
            cwd=suite,
            env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{suite}", "PYTEST_ADDOPTS": ""},
            capture_output=True,
            text=True,
            timeout=100,
        )

    return run


def test_workers_import_nothing_that_the_controlling_process_has(run: Run, suite: Path) -> None:
    done = run("test_it", "-n", "2")
    assert "4 passed" in done.stdout, done.stdout + done.stderr
    assert (done.returncode, done.stderr) == (0, "")
    workers = {worker.read_text() for worker in suite.glob("worker-gw*")}
    assert len(workers) == 2
    [imported] = suite.glob("imported-*")
    assert imported.name.partition("-")[2] not in workers
    assert len([*suite.glob("prepared-*")]) == 1


def test_workers_end_as_python_does(run: Run, suite: Path) -> None:
    run("test_it", "-n", "2")
    workers = {worker.read_text() for worker in suite.glob("worker-gw*")}
    assert {ended.name.partition("-")[2] for ended in suite.glob("ended-*")} == workers


def test_a_worker_that_dies_is_replaced(run: Run, suite: Path) -> None:
    done = run("test_it or kills", "-n", "1")
    assert "1 failed, 4 passed" in done.stdout, done.stdout + done.stderr
    assert "worker 'gw0' crashed" in done.stdout
    assert len([*suite.glob("imported-*")]) == 1


def waiting_run(suite: Path) -> subprocess.Popen[str]:
    """A run with a worker that holds the other end of ``suite / "ended"``."""
    os.mkfifo(suite / "ended")
    return subprocess.Popen(
        command("waits", "-n", "1"),
        cwd=suite,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{suite}", "PYTEST_ADDOPTS": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@pytest.mark.parametrize("send", [os.kill, os.killpg], ids=["only the run", "its workers too"])
def test_an_interrupted_run_ends_with_its_workers(
    suite: Path, send: Callable[[int, int], None]
) -> None:
    with waiting_run(suite) as interrupted, (suite / "ended").open() as reading:
        send(interrupted.pid, signal.SIGINT)
        output, _ = interrupted.communicate(timeout=60)
        assert reading.read() == ""
    assert interrupted.returncode == pytest.ExitCode.INTERRUPTED, output
    assert "forked_worker.py" not in output


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_when_the_run_is_killed(suite: Path, sent: signal.Signals) -> None:
    killed = waiting_run(suite)
    # Opens when the test holds the other end.
    with killed, (suite / "ended").open() as reading:
        killed.send_signal(sent)
        assert reading.read() == ""
    assert killed.returncode == -sent


@pytest.mark.parametrize("options", [["-n", "0"], ["-n", "2", "--collect-only"]])
def test_without_workers_nothing_is_forked(run: Run, suite: Path, options: list[str]) -> None:
    done = run("test_it", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not [*suite.glob("prepared-*")]


def test_an_error_of_the_preparation_is_left_to_the_workers(run: Run, suite: Path) -> None:
    with (suite / "own_plugin.py").open("a") as plugin:
        plugin.write("    raise ValueError('cannot be prepared')\n")
    done = run("test_it", "-n", "2")
    assert "4 passed" in done.stdout, done.stdout + done.stderr
