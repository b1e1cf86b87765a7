"""One import of the mock sites for a whole run: each worker's sites are forked from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from checkout_conformance.plan import feature_files
from checkout_conformance.processes.forked import CAN_FORK, ForkServer, running_fork_server
from checkout_conformance.processes.mock_stack import SERVE_DEVIANT, SERVE_SITES, SERVE_TWIN
from checkout_conformance.project import content_package


@contextmanager
def running_site_forks(config: pytest.Config) -> Iterator[ForkServer]:
    """Serve forks of the sites while the block runs, if the run has features.

    Without features, or on a system without forks, every stack is a process of its own.
    """
    if not CAN_FORK or not _has_features(config):
        yield ForkServer()
        return
    module = content_package("mock_sites.__main__")
    prefix: tuple[str, ...] = SERVE_SITES
    if config.getoption("--deviant") or config.getoption("--oracle"):
        module, prefix = "checkout_conformance.deviants.serve", SERVE_DEVIANT
    elif config.getoption("--twin"):
        module, prefix = "checkout_conformance.twins.serve", SERVE_TWIN
    with running_fork_server(module, prefix) as server:
        yield server


def _has_features(config: pytest.Config) -> bool:
    return any(feature_files(config.args, config.getini("norecursedirs")))
