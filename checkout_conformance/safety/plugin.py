"""The pytest plugin for targets: the target file and the safety rules on staging sites."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import asdict
from getpass import getpass
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Error as PlaywrightError

from checkout_conformance.data import CURRENT
from checkout_conformance.drivers.browser_session import Driver
from checkout_conformance.drivers.plugin import require_proxy_host
from checkout_conformance.processes.forked import ForkServer
from checkout_conformance.processes.mock_stack import (
    MockStack,
    SharedMockStack,
    StackError,
    running_process,
)
from checkout_conformance.processes.run_processes import RestartOnFailure, depend_on
from checkout_conformance.processes.site_forks import running_site_forks
from checkout_conformance.project import OWN, OWN_FILE
from checkout_conformance.safety.forward_proxy import ForwardProxy, running_forward_proxy
from checkout_conformance.safety.guarded_presses import guarded_presses, side_effects_in
from checkout_conformance.safety.marker import require_test_instances
from checkout_conformance.safety.network_guard import NetworkGuard
from checkout_conformance.safety.press_guard import PressGuard
from checkout_conformance.statuses import REFUSED_BY_PYTEST
from checkout_conformance.targets.buyer_pool import BuyerPool
from checkout_conformance.targets.file import SafetyRefusal, TargetError, TargetFile
from checkout_conformance.targets.inbox import Inbox, TerminalInbox, inbox_of
from checkout_conformance.targets.target import Target, target_file, target_of
from checkout_conformance.team import ProjectError

FILE = pytest.StashKey[TargetFile]()
FOLDER = pytest.StashKey[Path]()
MOCK_STACK = pytest.StashKey[MockStack | None]()
SITE_FORKS = pytest.StashKey[ForkServer]()
SENDS_NOTHING = ("collectonly", "dry_run", "explain_data")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --target and --proxy-host."""
    options = parser.getgroup("conformance")
    options.addoption(
        "--proxy-host",
        metavar="HOST",
        help="the name or address of this machine for a browser on another one (--browser-at),"
        " which uses the network through this machine on targets with their own sites",
    )
    options.addoption(
        "--target",
        default=str(OWN / OWN_FILE) if OWN else "mock",
        metavar="NAME|FILE",
        help="the target: a file, or the name of one in targets/ (default: the project's"
        " checkout.toml, or mock)",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Read the target file and check the test-instance markers before anything else."""
    worker_input: dict[str, Any] | None = getattr(config, "workerinput", None)
    sends_nothing = any(config.getoption(option) for option in SENDS_NOTHING)
    try:
        config.stash[FILE] = target_file(config.getoption("--target"))
        CURRENT.use(config.stash[FILE].data)
        if worker_input is None and not sends_nothing:
            _refuse_to_share_a_clock(config.stash[FILE], config.getoption("numprocesses", None))
            if config.stash[FILE].sites:
                require_proxy_host(
                    config.getoption("--browser-at"), config.getoption("--proxy-host")
                )
            require_test_instances(config.stash[FILE].sites)
    except SafetyRefusal as error:
        refuse(str(error))
    except (TargetError, ProjectError) as error:
        raise pytest.UsageError(str(error)) from None
    if worker_input is not None:
        config.stash[FOLDER] = Path(worker_input["folder"])
        config.stash[MOCK_STACK] = _stack_from(worker_input["stack"])
        config.stash[SITE_FORKS] = ForkServer(**worker_input["site_forks"])
        if stack := config.stash[MOCK_STACK]:
            own = [site for site in stack.urls if site not in config.stash[FILE].sites]
            depend_on(config, SharedMockStack({site: stack.urls[site] for site in own}))
    else:
        _begin(config, sends_nothing)


def refuse(reason: str) -> NoReturn:
    """End the run for safety, before anything was sent."""
    pytest.exit(reason, returncode=REFUSED_BY_PYTEST)


def _refuse_to_share_a_clock(file: TargetFile, workers: int | None) -> None:
    """Raise TargetError if several workers would share sites and move their clock."""
    shares_sites = bool(file.sites) or (file.mocks is not None and file.mocks.port_base > 0)
    if shares_sites and "clock" not in file.lacks and (workers or 0) > 1:
        raise TargetError(
            f"{file.name} has one clock for {workers} workers, and scenarios move it: run with"
            ' one (-n 0, WORKERS=1), or let the file say lacks = ["clock"].'
        )


def _begin(config: pytest.Config, sends_nothing: bool) -> None:
    """Make the run's shared folder and start mock sites with fixed ports."""
    mocks = config.stash[FILE].mocks
    things = ExitStack()
    config.add_cleanup(things.close)
    folder = Path(tempfile.mkdtemp(prefix="checkout-run-"))
    things.callback(shutil.rmtree, folder, ignore_errors=True)
    config.stash[FOLDER] = folder
    config.stash[MOCK_STACK] = None
    config.stash[SITE_FORKS] = ForkServer()
    if mocks is None or sends_nothing:
        return
    config.stash[SITE_FORKS] = things.enter_context(running_site_forks(config))
    if mocks.port_base:
        try:
            target = target_of(config.stash[FILE])
            running = running_process(folder, target=target, start=config.stash[SITE_FORKS].start)
            process = things.enter_context(running)
            config.stash[MOCK_STACK] = process.stack
            depend_on(config, process)
            if config.getoption("numprocesses", None):
                config.pluginmanager.register(RestartOnFailure(config), "restarter")
        except StackError as error:
            raise pytest.UsageError(str(error)) from None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Pass the shared folder and sites to an xdist worker."""
    stack = node.config.stash[MOCK_STACK]
    node.workerinput["folder"] = str(node.config.stash[FOLDER])
    node.workerinput["stack"] = stack.as_dict() if stack else None
    node.workerinput["site_forks"] = asdict(node.config.stash[SITE_FORKS])


def _stack_from(worker_input: dict[str, Any] | None) -> MockStack | None:
    return MockStack(**worker_input) if worker_input else None


@pytest.fixture(scope="session")
def shared_mock_stack(pytestconfig: pytest.Config) -> MockStack | None:
    """The mock sites that all workers share, on the ports of the target file; else None."""
    return pytestconfig.stash[MOCK_STACK]


@pytest.fixture(scope="session")
def site_forks(pytestconfig: pytest.Config) -> ForkServer:
    """The server that forks the mock sites of each worker."""
    return pytestconfig.stash[SITE_FORKS]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """List the side effects on staging sites."""
    things = side_effects_in(config.stash[FOLDER]).all()
    if not things:
        return
    left = [thing for thing in things if not thing.undone]
    terminalreporter.section(f"made on {config.stash[FILE].name}")
    terminalreporter.write_line(f"Made: {len(things)}. Still there: {len(left)}.")
    for thing, times in Counter(map(str, things)).items():
        terminalreporter.write_line(f"  {times} × {thing}")


@pytest.fixture(scope="session")
def file_of_target(pytestconfig: pytest.Config) -> TargetFile:
    """The settings of the target file."""
    return pytestconfig.stash[FILE]


@pytest.fixture(scope="session")
def press_guard(file_of_target: TargetFile, pytestconfig: pytest.Config) -> PressGuard | None:
    """The check before presses on staging sites; None if all sites are mock sites."""
    if not file_of_target.sites:
        return None
    # Each worker checks the markers itself, because it may start much later.
    require_test_instances(file_of_target.sites)
    return guarded_presses(file_of_target, pytestconfig.stash[FOLDER])


@pytest.fixture(scope="session")
def inbox(file_of_target: TargetFile, pytestconfig: pytest.Config) -> Inbox | None:
    """The inbox for codes; None if they come from the mock phone."""
    if file_of_target.codes.source == "terminal":
        return _terminal_inbox(pytestconfig, file_of_target.codes.digits)
    return inbox_of(file_of_target.codes)


def _terminal_inbox(config: pytest.Config, digits: int | None) -> TerminalInbox:
    if hasattr(config, "workerinput"):
        raise TargetError("[codes] source 'terminal' asks a person: run one at a time, with -n 0")
    capture = config.pluginmanager.getplugin("capturemanager")

    def ask(question: str) -> str:
        with capture.global_and_fixture_disabled():
            return getpass(question)

    return TerminalInbox(ask, digits)


@pytest.fixture(scope="session")
def pool(file_of_target: TargetFile) -> BuyerPool | None:
    """The buyers of the target file; None if the run invents its own."""
    return BuyerPool(file_of_target.buyers) if file_of_target.buyers else None


@pytest.fixture(scope="session")
def proxy(
    file_of_target: TargetFile, pytestconfig: pytest.Config, request: pytest.FixtureRequest
) -> Iterator[ForwardProxy | None]:
    """The browser's only way to the network on staging sites; None for mock sites."""
    if not file_of_target.sites:
        yield None
        return
    target: Target = request.getfixturevalue("run_target")
    with running_forward_proxy(
        target.urls.values(), pytestconfig.getoption("--proxy-host")
    ) as proxy:
        yield proxy


@pytest.fixture
def guard(
    proxy: ForwardProxy | None, request: pytest.FixtureRequest
) -> Iterator[NetworkGuard | None]:
    """The network guard on staging sites; None for mock sites."""
    if proxy is None:
        yield None
        return
    target: Target = request.getfixturevalue("run_target")
    driver: Driver = request.getfixturevalue("driver")
    client = driver.playwright.request.new_context()
    guard = NetworkGuard(target.urls.values(), proxy, client)
    yield guard
    # The driver may have ended.
    with suppress(PlaywrightError):
        client.dispose()
    guard.check()
