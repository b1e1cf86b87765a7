"""A pytest plugin: run one scenario N times, each time with a new buyer, and no other.

``pytest features -p benchmarks.harnesses.repeated --times 60 --only a_wrong_code_pays_nothing``:
sixty times ``test_a_wrong_code_pays_nothing``.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

from benchmarks.peers.turn import turn as turn_to_run
from checkout_conformance.drivers.capabilities import PartlyTried


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add which scenario, and how many times."""
    parser.addoption("--only", help="the scenario, as its test is called")
    parser.addoption("--times", type=int, default=1, help="how many times to run it")


@pytest.fixture
def turn(request: pytest.FixtureRequest) -> int:
    """Which time it is."""
    return int(request.param)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test of each time."""
    if _is_chosen(metafunc.definition):
        metafunc.fixturenames.append("turn")
        metafunc.parametrize("turn", range(metafunc.config.getoption("--times")), indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Leave every other test out."""
    items[:] = [item for item in items if _is_chosen(item)]


def _is_chosen(test: pytest.Function) -> bool:
    return test.originalname == f"test_{test.config.getoption('--only')}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run a scenario when it is this harness's turn; one that fails is not to be measured."""
    with turn_to_run():
        done = yield
        if item.session.testsfailed:
            pytest.exit("a scenario failed, so there is nothing to measure", returncode=1)
        return done


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a scenario that is skipped: it would be measured as a very quick one.

    One that was walked to its end without the expectations that HTTP cannot try is measured.
    """
    report = yield
    walked = call.excinfo is not None and isinstance(call.excinfo.value, PartlyTried)
    if report.skipped and not walked:
        report.outcome, report.longrepr = "failed", f"skipped: {report.longrepr}"
    return report
