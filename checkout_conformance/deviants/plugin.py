"""The pytest side: ``--deviant NAME`` drives the scenarios of its clause on a deviant.

Each scenario is tried on each deviant that breaks one of its clauses, on one after the other, and
on none that a scenario has killed already: the rest of its scenarios is skipped.
"""

from __future__ import annotations

import pytest

from checkout_conformance.project import NO_DEVIANTS, has_content


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what chooses the sites that are wrong on purpose."""
    group = parser.getgroup("conformance")
    group.addoption(
        "--deviant",
        action="append",
        default=[],
        metavar="NAME",
        help="drive a site that is wrong on purpose (several: again; 'all', or 'reference')",
    )
    group.addoption(
        "--deviant-lines",
        action="store_true",
        help="a line for each deviant, not a dot for each test",
    )
    group.addoption(
        "--at-most",
        type=int,
        metavar="N",
        help="try each deviant on its first N scenarios only (default: until one kills it)",
    )
    group.addoption(
        "--tried-in", metavar="FOLDER", help="only scenarios that have results in this folder"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Look the deviants up: without any asked for the mock sites are not even imported."""
    if not config.getoption("--deviant"):
        return
    if not has_content("deviants"):
        raise pytest.UsageError(NO_DEVIANTS)
    from checkout_conformance.deviants.driving import DeviantProgress, DeviantRun

    config.pluginmanager.register(DeviantRun(config), "deviant_run")
    if config.getoption("--deviant-lines"):
        config.pluginmanager.register(DeviantProgress(config), "deviant_progress")


@pytest.fixture(scope="session", autouse=True)
def deviant(request: pytest.FixtureRequest) -> str | None:
    """The name of the deviant that the scenario is tried on; None on an ordinary run."""
    return getattr(request, "param", None)
