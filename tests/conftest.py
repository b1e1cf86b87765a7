"""What all tests of the harness begin with."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture(scope="session", autouse=True)
def without_proxies() -> Iterator[None]:
    """Whatever the tests ask over HTTP is on this machine, where no proxy can reach it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.upper() in PROXIES]:
            patch.delenv(name)
        yield
