"""A pytest plugin: ``--twin NAME`` runs the scenarios of a twin's site on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checkout_conformance.content import content
from checkout_conformance.data import CURRENT
from checkout_conformance.project import NO_TWINS, has_content


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options for twins."""
    group = parser.getgroup("conformance")
    group.addoption(
        "--twin",
        action="append",
        default=[],
        metavar="NAME",
        help="run on a right site that is built differently; repeatable; 'all'",
    )
    group.addoption(
        "--near",
        action="store_true",
        help="with --twin: only the scenarios of the clauses at which the twin differs",
    )
    group.addoption(
        "--enough",
        type=int,
        metavar="N",
        help="with --twin: skip the other scenarios of a twin after N failures (default: never)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Find the twins; without --twin the mock sites are not imported."""
    if not config.getoption("--twin"):
        return
    if not has_content("twins"):
        raise pytest.UsageError(NO_TWINS)
    if config.getoption("--deviant"):
        raise pytest.UsageError("--twin and --deviant cannot be used together")
    from checkout_conformance.twins.driving import TwinRun

    config.pluginmanager.register(TwinRun(config), "twin_run")


@pytest.fixture(scope="session", autouse=True)
def twin(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The name of the twin that the scenario runs on; None in an ordinary run.

    The steps use the twin's own data, as they would those of a target file.
    """
    name: str | None = getattr(request, "param", None)
    if name is None:
        yield None
        return
    from checkout_conformance.twins.collection import twins_named

    [described] = twins_named([name])
    with CURRENT.overridden(described.data, content().data):
        yield name


@pytest.fixture(scope="session")
def lacks_of_twin(twin: str | None) -> frozenset[str]:
    """What the twin that the scenario runs on does not offer."""
    if twin is None:
        return frozenset()
    from checkout_conformance.twins.collection import twins_named

    [described] = twins_named([twin])
    return frozenset(described.lacks)
