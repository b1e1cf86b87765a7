"""The suite drives a browser that somebody else has started, by one option."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from threading import Event

import pytest
from playwright._impl._driver import compute_driver_executable

from checkout_conformance.drivers.chromium import find_chromium, launch_args
from checkout_conformance.drivers.plugin import is_grid
from checkout_conformance.project import ROOT
from tests.support.stub_site import stub_site

START_SECONDS = 30.0


def free_port() -> int:
    with create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def running(command: list[str], ready: Callable[[], bool]) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + START_SECONDS
    try:
        while not ready():
            assert process.poll() is None, f"{command[0]} ended"
            assert time.monotonic() < deadline, f"{command[0]} does not answer"
            Event().wait(0.1)
        yield
    finally:
        process.terminate()
        process.wait(10)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except OSError:
        return False


def run_one(*options: str) -> str:
    command = [sys.executable, "-m", "pytest", "features", "-q", "-p", "no:cacheprovider"]
    command += ["-k", "without_an_address_there_is_no_order", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110)
    return done.stdout + done.stderr


def test_a_browser_behind_a_devtools_endpoint(tmp_path: Path) -> None:
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("no Chromium of the machine's own")
    port = free_port()
    options = [f"--remote-debugging-port={port}", f"--user-data-dir={tmp_path}", "about:blank"]
    command = [str(chromium), *launch_args(), *options]
    with running(command, lambda: answers(f"http://127.0.0.1:{port}/json/version")):
        printed = run_one("--browser-at", f"http://127.0.0.1:{port}")
    assert "1 passed" in printed, printed


def test_a_browser_on_a_playwright_server(tmp_path: Path) -> None:
    node, cli = compute_driver_executable()
    port = free_port()
    chromium = find_chromium()
    program = {"executablePath": str(chromium)} if chromium else {}
    config = tmp_path / "server.json"
    config.write_text(json.dumps({**program, "args": launch_args(), "port": port, "wsPath": "b"}))
    server = [str(node), str(cli), "launch-server", "--browser", "chromium"]
    server += ["--config", str(config)]
    with running(server, lambda: answers(f"http://127.0.0.1:{port}/json")):
        printed = run_one("--browser-at", f"ws://127.0.0.1:{port}/b")
    assert "1 passed" in printed, printed


def test_a_grid_is_asked_for_a_session() -> None:
    with stub_site({}) as grid:
        run_one("--browser-at", f"{grid.url}/wd/hub")
        assert "POST /wd/hub/session" in grid.log


@pytest.mark.parametrize(
    ("address", "grid"),
    [("http://g:4444/wd/hub", True), ("http://g:4444/wd/hub/", True), ("http://g:9222", False)],
)
def test_a_grid_is_known_by_its_path(address: str, grid: bool) -> None:
    assert is_grid(address) is grid


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        (["--browser-at", "127.0.0.1:9222"], "give ws://"),
        (["--browser", "chromium", "--browser", "firefox"], "give one --browser at a time"),
    ],
)
def test_invalid_browser_options_are_rejected(options: list[str], advice: str) -> None:
    assert advice in run_one(*options)
