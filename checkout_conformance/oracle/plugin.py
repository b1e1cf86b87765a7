"""A pytest plugin: ``--oracle FILE`` runs the trials of a file.

The steps have to be imported instrumented, before any option is read: ORACLE=1 asks for that.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checkout_conformance.oracle.importing import instrument
from checkout_conformance.project import NO_DEVIANTS, content_package, has_content

INSTRUMENTED = "ORACLE"

if os.environ.get(INSTRUMENTED):
    instrument(content_package("steps"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for trials."""
    parser.getgroup("conformance").addoption(
        "--oracle",
        metavar="FILE",
        help="run the trials of this file (checkout-conformance oracle writes it)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Read the trials; without --oracle nothing is imported."""
    file = config.getoption("--oracle")
    if not file:
        return
    if not has_content("deviants"):
        raise pytest.UsageError(NO_DEVIANTS)
    from checkout_conformance.oracle.driving import OracleRun

    config.pluginmanager.register(OracleRun(config, Path(file)), "oracle_run")


@pytest.fixture(scope="session", autouse=True)
def oracle_mutant(request: pytest.FixtureRequest) -> str:
    """The mutant that is switched on while the scenario runs; nothing in an ordinary run."""
    mutant: str = getattr(request, "param", "")
    return mutant
