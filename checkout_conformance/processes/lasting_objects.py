"""A pytest plugin that has the garbage collector leave alone what lasts as long as the run.

Plugins, features and tests are half a million objects, and most of them end with the process. The
collector would look at all of them again and again while they are made, and at the end of the run.
"""

from __future__ import annotations

import gc
from collections.abc import Generator

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_addoption() -> None:
    """Collect nothing while the plugins are imported."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Collect again, but what is there now never."""
    _keep()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect nothing while the tests are collected, and the tests never."""
    gc.disable()
    try:
        return (yield)
    finally:
        _keep()


def _keep() -> None:
    gc.freeze()
    gc.enable()
