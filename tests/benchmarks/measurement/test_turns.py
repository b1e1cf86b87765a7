"""Contenders run a scenario each time they are told to, and what it cost is told of it alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from benchmarks.measurement.command import RunFailed
from benchmarks.measurement.turns import running_stepwise

# Writes a line in each turn; the second takes a fifth of a second of the processor.
TURNS = """
import sys, time
from benchmarks.peers.turn import turn
for number in range(3):
    with turn():
        with open(sys.argv[1], "a") as file:
            file.write(f"{number} ")
        end = time.process_time() + (0.2 if number == 1 else 0)
        while time.process_time() < end:
            pass
"""


def test_a_scenario_is_run_in_each_turn_and_in_no_other_time(tmp_path: Path) -> None:
    file = tmp_path / "turns"
    with running_stepwise([sys.executable, "-c", TURNS, str(file)]) as command:
        assert not file.exists()
        first = command.take_turn()
        assert file.read_text() == "0 "
        second = command.take_turn()
        assert file.read_text() == "0 1 "
        command.take_turn()
    assert second.wall >= 0.2
    assert second.cpu > first.cpu + 0.1


def test_a_command_that_ends_early_is_an_error_with_its_output(tmp_path: Path) -> None:
    broken = TURNS + "sys.exit('the browser is gone')"
    with running_stepwise([sys.executable, "-c", broken, str(tmp_path / "turns")]) as command:
        for _ in range(3):
            command.take_turn()
        with pytest.raises(RunFailed, match="the browser is gone"):
            command.take_turn()


def test_our_scenario_that_fails_is_not_measured(tmp_path: Path) -> None:
    file = tmp_path / "test_walk.py"
    file.write_text("def test_walk(turn):\n    assert turn == 0\n", encoding="utf-8")
    options = [
        "-p",
        "benchmarks.harnesses.repeated",
        "--only",
        "walk",
        "--times",
        "3",
        "-p",
        "no:randomly",
    ]
    ours = ["-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(tmp_path), *options]
    with running_stepwise([sys.executable, *ours, str(file)]) as command:
        command.take_turn()
        with pytest.raises(RunFailed, match="nothing to measure"):
            command.take_turn()


def test_a_command_that_never_takes_a_turn_is_an_error_with_its_output() -> None:
    says_no = [sys.executable, "-c", "import sys; sys.exit('no such browser')"]
    with pytest.raises(RunFailed, match="no such browser"), running_stepwise(says_no):
        pass


def test_alone_it_is_always_ones_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks.peers import turn

    monkeypatch.delenv(turn.PORT, raising=False)
    turn._line.cache_clear()
    with turn.turn():
        (tmp_path / "done").touch()
    assert (tmp_path / "done").exists()
