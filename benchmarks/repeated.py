"""A pytest plugin: every scenario so many times over, each with a buyer of its own.

``pytest features -p benchmarks.repeated --times 60 -k "game_account and whole_way"``
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

from benchmarks.peers.turn import turn as turn_to_run


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add how many times."""
    parser.addoption("--times", type=int, default=1, help="run every scenario so many times")


@pytest.fixture
def turn(request: pytest.FixtureRequest) -> int:
    """Which time it is."""
    return int(request.param)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make every test one for each time."""
    metafunc.fixturenames.append("turn")
    metafunc.parametrize("turn", range(metafunc.config.getoption("--times")), indirect=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Run a scenario when it is this harness's turn."""
    with turn_to_run():
        return (yield)
