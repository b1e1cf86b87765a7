"""Commands are measured whole, rounds are interleaved, and a noisy machine is noticed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from benchmarks.measurement.command import RunFailed, measure
from benchmarks.measurement.noise import Noise, slowdown
from benchmarks.measurement.session import BenchmarkSession, PeerMissing
from checkout_conformance.project import ROOT

QUIET, LOUD = [0.1] * 19 + [0.102], [0.1] * 15 + [0.2] * 5
# Works for a fifth of a second in a child that nobody waits for.
ORPHAN = (
    "import subprocess, sys; subprocess.Popen([sys.executable, '-c', "
    "'import time; end = time.process_time() + .2\\nwhile time.process_time() < end: pass'])"
)

# The same in a fork; its server spends far less.
FORKED = """
import time

def prepare():
    pass

def main(words):
    end = time.process_time() + 3
    while time.process_time() < end:
        pass
    return 0
"""
FORKS = """
from pathlib import Path
from checkout_conformance.processes.forked import ForkedProcess, running_fork_server

with running_fork_server("forked_work", ["work"]) as server:
    process = server.start(["work"], Path("errors.txt"))
    assert isinstance(process, ForkedProcess)
    assert process.wait() == 0
"""


def test_a_quiet_machine_can_tell_and_a_loud_one_cannot() -> None:
    assert not Noise(QUIET).too_much
    assert Noise(LOUD).too_much
    assert slowdown([0.1]) == 0.0


def test_rounds_are_interleaved() -> None:
    calls: list[str] = []

    def run(name: str) -> float:
        calls.append(name)
        return float(len(calls))

    found = BenchmarkSession(2).interleave("part", {"a": lambda: run("a"), "b": lambda: run("b")})
    assert calls == ["a", "b", "a", "b"]
    assert found == {"a": (1.0, 3.0), "b": (2.0, 4.0)}


def test_a_peer_that_is_not_there_is_left_out_and_named() -> None:
    def missing() -> float:
        raise PeerMissing("no chromedriver")

    session = BenchmarkSession(2)
    assert session.interleave("part", {"a": lambda: 1.0, "b": missing}) == {"a": (1.0, 1.0)}
    assert session.missing == {"b": "no chromedriver"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")
def test_processor_time_of_orphans_is_counted() -> None:
    assert measure([sys.executable, "-c", ORPHAN]).cpu > 0.2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")
def test_processor_time_of_forks_is_counted(tmp_path: Path) -> None:
    (tmp_path / "forked_work.py").write_text(FORKED, encoding="utf-8")
    path = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    assert measure([sys.executable, "-c", FORKS], path, tmp_path).cpu > 3


def test_a_run_that_fails_is_no_measurement() -> None:
    with pytest.raises(RunFailed, match="because"):
        measure([sys.executable, "-c", "raise SystemExit('because')"])


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        (
            "usage: …\npytest: error: unrecognized arguments: --nope\n  rootdir: /here\n",
            "pytest: error: unrecognized arguments: --nope",
        ),
        ("3 tests, 1 passed\n1 failed\n", "1 failed"),
    ],
)
def test_a_run_that_fails_is_listed_with_its_error(output: str, reason: str) -> None:
    def failing() -> float:
        raise RunFailed(output)

    session = BenchmarkSession(1)
    session.interleave("part", {"a": failing})
    assert session.missing == {"a": reason}
