"""The commands of our own harness, and how they share out the sites."""

from __future__ import annotations

import sys

import pytest

from benchmarks.harnesses.harness import with_sites
from benchmarks.harnesses.ours import our_http_command


@pytest.mark.parametrize(("workers", "processes"), [(1, "0"), (2, "2")])
def test_ours_over_http_names_the_driver(workers: int, processes: str) -> None:
    command = our_http_command(300, workers)
    assert command[:4] == [sys.executable, "-m", "pytest", "features"]
    assert command[-4:] == ["--driver", "http", "-n", processes]
    assert command[command.index("--times") + 1] == "300"


def test_there_is_a_stack_of_sites_for_each_worker() -> None:
    serving = [sys.executable, "-m", "benchmarks.harnesses.with_sites"]
    assert with_sites(3, ["walk", "60"]) == [*serving, "3", "walk", "60"]
