"""The steps of a suite that test_accidents.py runs in a pytest of its own, as its conftest.py."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_bdd import given, parsers, then, when

from checkout_conformance.drivers.chromium import find_chromium, launch_args
from checkout_conformance.drivers.devices import DESKTOP
from checkout_conformance.evidence.browser_recorder import recorder_of
from checkout_conformance.evidence.setting import Setting
from checkout_conformance.processes.mock_stack import MockStack, running_process
from checkout_conformance.processes.run_processes import depend_on
from checkout_conformance.redaction.secrets import hide

pytest_plugins = [
    "checkout_conformance.evidence.allure_steps",
    "checkout_conformance.evidence.progress",
    "checkout_conformance.drivers.plugin",
    "checkout_conformance.processes.restarts",
]

PATIENCE_MS = 3_000


@pytest.fixture(scope="session")
def base_url() -> None:
    """As in the root conftest: pytest-playwright's own warns in pytest 9."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": find_chromium(), "args": launch_args()}


@pytest.fixture(scope="session")
def mock_stack(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[MockStack]:
    with running_process(tmp_path_factory.mktemp("stack")) as process:
        depend_on(pytestconfig, process)
        yield process.stack


@pytest.fixture
def setting(browser_name: str) -> Setting:
    return Setting("accidents", "en", DESKTOP, browser_name)


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], request: pytest.FixtureRequest
) -> Callable[..., BrowserContext]:
    def open_context(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        recorder_of(request.node).watch(context)
        return context

    return open_context


@given("the wallet is open")
def open_wallet(page: Page, mock_stack: MockStack) -> None:
    page.goto(mock_stack.urls["wallet"])


@when(parsers.parse("{victim} dies"))
def die(victim: str) -> None:
    pids = [child.pid for child in psutil.Process().children(recursive=True) if is_a(victim, child)]
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=5)


def is_a(victim: str, process: psutil.Process) -> bool:
    command = process.cmdline()
    return {
        "the browser": "chrom" in process.name() and not any("--type=" in one for one in command),
        "the driver": process.name().startswith("node"),
        "a site": "mock_sites" in command and not any("supervisor.py" in one for one in command),
        "the supervisor": any("supervisor.py" in one for one in command),
    }[victim]


@when("the run is to end")
def end() -> None:
    pytest.exit("somebody asked for it", returncode=7)


@when("it is expected to fail")
def expected() -> None:
    pytest.xfail("known")


@when("the buyer reads:")
def read(datatable: list[list[str]]) -> None:
    hide(datatable[1][1])


@when("the buyer says:")
def say(docstring: str) -> None:
    assert docstring


@then("there is a heading")
def heading(page: Page) -> None:
    page.reload()
    expect(page.get_by_role("heading").first).to_be_visible(timeout=PATIENCE_MS)


@then("there is another heading")
def another_heading(page: Page) -> None:
    expect(page.get_by_role("heading", name="Nothing of the kind")).to_be_visible(timeout=500)
