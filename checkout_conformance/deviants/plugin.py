"""A pytest plugin: ``--deviant NAME`` runs the scenarios of a deviant's clause on it.

Each scenario runs on each deviant that breaks one of its clauses. After a kill the deviant's other
scenarios are skipped, and with ``--browser-next`` once it is left to the browser.
"""

from __future__ import annotations

import pytest

from checkout_conformance.project import NO_DEVIANTS, has_content


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options for deviants."""
    group = parser.getgroup("conformance")
    group.addoption(
        "--deviant",
        action="append",
        default=[],
        metavar="NAME",
        help="run on a site with a deliberate error; repeatable; 'all' or 'reference'",
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
        "--browser-next",
        action="store_true",
        help="leave a deviant to a run in the browser as soon as the scenario that killed it in an"
        " earlier run cannot be tried by this driver",
    )
    group.addoption(
        "--tried-in", metavar="FOLDER", help="only scenarios that have results in this folder"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Find the deviants; without --deviant the mock sites are not imported."""
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
    """The name of the deviant that the scenario runs on; None in an ordinary run."""
    return getattr(request, "param", None)
