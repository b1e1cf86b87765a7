"""A few hundred operations of the stress run; ``tests.mock_sites.stress`` makes 20,000."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mock_sites.stress.run import Wanted, run


@pytest.mark.timeout(180)
def test_many_buyers_faults_and_a_kill_leave_the_books_of_all_sites_in_order(
    tmp_path: Path,
) -> None:
    lines: list[str] = []

    tally = run(
        Wanted(operations=200, threads=8, kills=1, seed=16), tmp_path / "data", lines.append
    )

    assert tally.violations == []
    assert tally.begun == 200
    assert tally.counted()["(kill)"] == 1


@pytest.mark.timeout(180)
def test_the_books_are_in_order_when_one_of_two_processes_is_killed(
    tmp_path: Path, site_databases: str
) -> None:
    wanted = Wanted(operations=200, threads=8, kills=2, seed=17, database=site_databases, workers=2)

    tally = run(wanted, tmp_path / "data", lambda _line: None)

    assert tally.violations == []
    assert tally.begun == 200
    assert tally.counted()["(kill)"] == 2
