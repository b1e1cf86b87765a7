"""A pytest plugin that forks the workers of xdist from the process that controls them.

A worker would otherwise start a Python and import for a second or more what the controlling
process has just imported. The fork is made when all plugins are loaded and none is configured: then
there are neither threads nor anything that belongs to one process only.
"""

from __future__ import annotations

import ast
import os
import shlex
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

from checkout_conformance.processes.forked import CAN_FORK
from checkout_conformance.processes.forking import listen_at, serve_forks

STAND_IN = Path(__file__).with_name("forked_worker.py")
ADDRESS = pytest.StashKey[str]()


class Hooks:
    """The hook of this plugin."""

    @pytest.hookspec
    def pytest_prepare_workers(self, config: pytest.Config) -> None:
        """Fill the caches that every worker would fill for itself; leave nothing else behind."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the hook."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_cmdline_main(config: pytest.Config) -> None:
    """Fork the server of workers, if the run is to have workers on this machine."""
    # xdist has put a "popen" there for each worker.
    workers: Sequence[str] = config.getoption("tx", None) or ()
    if "popen" not in workers or config.getoption("collectonly") or not _can_fork():
        return
    # No TemporaryDirectory: the forks would delete it at their end.
    folder = tempfile.mkdtemp(prefix="fork-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    address = str(Path(folder) / "socket")
    reading, writing = os.pipe()
    with listen_at(address) as listener:
        if os.fork() == 0:
            os.close(writing)
            _serve(config, listener, reading)
    os.close(reading)
    config.add_cleanup(lambda: os.close(writing))
    config.stash[ADDRESS] = address


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config, specs: Sequence[Any]) -> None:
    """Have xdist start stand-ins for the forks instead of workers."""
    address = config.stash.get(ADDRESS, None)
    for spec in specs if address else ():
        if spec.popen and not spec.python:
            spec.python = shlex.join([sys.executable, "-I", "-S", str(STAND_IN), str(address)])


def _can_fork() -> bool:
    """Whether this process can be forked: on macOS its frameworks may have threads."""
    return CAN_FORK and sys.platform == "linux" and threading.active_count() == 1


def _serve(config: pytest.Config, listener: socket.socket, ends: int) -> NoReturn:
    try:
        # A worker comes to the same error, and reports it.
        with suppress(Exception):
            config.hook.pytest_prepare_workers(config=config)
        serve_forks(listener, _work, ends)
    finally:
        # Not through the frames of pytest, which are those of the controlling process.
        os._exit(0)


def _work(_: Sequence[str]) -> int:
    """Be a worker: run what execnet sends, as its own ``python -c`` does."""
    exec(ast.literal_eval(sys.stdin.readline()), {"__name__": "__main__"})
    return 0
