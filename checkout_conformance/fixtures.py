"""The fixtures of every scenario: target, sites, buyer and browser windows."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Playwright

from checkout_conformance.deviants.stack import running_variant
from checkout_conformance.drivers.chromium import find_chromium, launch_args
from checkout_conformance.drivers.cookie_bars import answer_cookie_bars
from checkout_conformance.drivers.devices import DESKTOP, PHONE, agent_of, window_of
from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.drivers.http.request_guard import RequestGuard
from checkout_conformance.drivers.page import Context
from checkout_conformance.drivers.plugin import HTTP, is_over_http
from checkout_conformance.evidence.browser_recorder import recorder_of
from checkout_conformance.evidence.setting import Setting
from checkout_conformance.people import Buyer, invent_buyer
from checkout_conformance.processes.forked import ForkServer
from checkout_conformance.processes.mock_stack import (
    SERVE_DEVIANT,
    SERVE_TWIN,
    MockStack,
    running_process,
)
from checkout_conformance.processes.run_processes import depend_on
from checkout_conformance.safety.currencies import signs
from checkout_conformance.safety.forward_proxy import ForwardProxy
from checkout_conformance.safety.network_guard import NetworkGuard, browser_rules, context_options
from checkout_conformance.safety.plugin import refuse
from checkout_conformance.safety.press_guard import PressGuard
from checkout_conformance.targets.buyer_pool import BuyerPool
from checkout_conformance.targets.file import TargetFile
from checkout_conformance.targets.glossary import LOCALES
from checkout_conformance.targets.inbox import Inbox, WaitingInbox
from checkout_conformance.targets.target import Target, target_of

RECORDS_TYPED_VALUES = ("--tracing", "--video", "--screenshot")
MOBILE = "mobile: run the scenario on a phone"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options for the language and for watching a run."""
    parser.addoption(
        "--locale", choices=LOCALES, help="language of the pages (default: the target's)"
    )
    parser.addoption(
        "--on-screen",
        action="store_true",
        help="reach where a scenario begins on the pages, as with --headed, not by test controls;"
        " slower, same result",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse options that would record secrets; register the marker for phones."""
    config.addinivalue_line("markers", MOBILE)
    for option in RECORDS_TYPED_VALUES:
        if config.getoption(option) != "off":
            refuse(
                f"{option} is refused because it would record passwords and codes. "
                "Use --alluredir DIR: its pictures and traces contain no secrets."
            )


@pytest.hookimpl(optionalhook=True)
def pytest_prepare_workers(config: pytest.Config) -> None:
    """Have the names of buyers, labels and currencies read once for all workers."""
    invent_buyer("")
    signs(LOCALES)
    target = Target("", config.getoption("--locale") or "en")
    for name in target.glossary.names():
        target.name_of(name)


@pytest.fixture(scope="session")
def described_target(
    pytestconfig: pytest.Config,
    file_of_target: TargetFile,
    deviant: str | None,
    twin: str | None,
    lacks_of_twin: frozenset[str],
) -> Target:
    """The target as its file and the command line describe it, before its mock sites start.

    On a deviant or a twin the target has its name, so that their evidence can be separated.
    """
    described = target_of(file_of_target).in_locale(pytestconfig.getoption("--locale"))
    lacks = described.lacks | lacks_of_twin
    return replace(described, name=deviant or twin or described.name, lacks=lacks)


@pytest.fixture(scope="session")
def mock_stack(
    tmp_path_factory: pytest.TempPathFactory,
    described_target: Target,
    shared_mock_stack: MockStack | None,
    deviant: str | None,
    twin: str | None,
    site_forks: ForkServer,
    pytestconfig: pytest.Config,
) -> Iterator[MockStack]:
    """The mock sites of this worker; with --deviant or --twin one of them is another."""
    folder = tmp_path_factory.mktemp("stack")
    if shared_mock_stack is not None:
        yield shared_mock_stack
    elif variant := deviant or twin:
        serve = SERVE_DEVIANT if deviant else SERVE_TWIN
        with running_variant(serve, variant, folder, site_forks.start) as mock_stack:
            yield mock_stack
    else:
        start = site_forks.start
        with running_process(folder, target=described_target, start=start) as process:
            depend_on(pytestconfig, process)
            yield process.stack


@pytest.fixture(scope="session")
def run_target(
    described_target: Target, press_guard: PressGuard | None, request: pytest.FixtureRequest
) -> Target:
    """The target of the run, with the addresses of its sites; for fixtures of the whole run."""
    wanted = request.config.getoption("--on-screen") or request.config.getoption("--headed")
    target = replace(
        described_target, press_guard=press_guard, on_screen=bool(wanted or press_guard)
    )
    if target.mocks is None:
        return target
    mock_stack: MockStack = request.getfixturevalue("mock_stack")
    if press_guard is not None:
        press_guard.trust([mock_stack.urls[site] for site in target.mocks.sites])
    return target.found_at(mock_stack.urls, mock_stack.control_token, mock_stack.merchant_key)


@pytest.fixture
def target(run_target: Target) -> Target:
    """The target of the run, as this scenario reads it.

    A step may replace it (``target_fixture="target"``), for example by the target in another
    language. It is of one scenario, because pytest-bdd overwrites what is cached of a fixture: a
    replaced fixture of the session would stay replaced for the scenarios that follow.
    """
    return run_target


@pytest.fixture(scope="session")
def run_seed(pytestconfig: pytest.Config, file_of_target: TargetFile) -> str:
    """The seed of the run's invented buyers.

    It is pytest-randomly's seed, if that plugin is there; random on the team's own sites, which
    remember the buyers of earlier runs.
    """
    seed = None if file_of_target.sites else pytestconfig.getoption("randomly_seed", None)
    return str(secrets.randbits(64) if seed is None else seed)


@pytest.fixture
def buyer_seed(run_seed: str, request: pytest.FixtureRequest) -> str:
    """The seed of this scenario's buyer; add a word to it for another buyer."""
    return f"{run_seed} {request.node.nodeid}"


@pytest.fixture
def buyer(buyer_seed: str, pool: BuyerPool | None, inbox: Inbox | None) -> Iterator[Buyer]:
    """The scenario's buyer: a new one without accounts, or one of the target file."""
    if pool is None:
        yield invent_buyer(buyer_seed)
        return
    with pool.lease() as buyer:
        if isinstance(inbox, WaitingInbox):
            inbox.begin(buyer.phone)
        yield buyer


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_name: str, pytestconfig: pytest.Config
) -> dict[str, Any]:
    """Launch the machine's Chromium if there is one; Playwright's own Firefox or WebKit."""
    if browser_name != "chromium":
        return browser_type_launch_args
    program = find_chromium(headed=pytestconfig.getoption("--headed"))
    own = {"executable_path": program} if program else {}
    return {"args": [*launch_args(), browser_rules()], **own, **browser_type_launch_args}


@pytest.fixture
def device_name(described_target: Target, request: pytest.FixtureRequest) -> str:
    """The device: --device, the target's, or a phone for scenarios with @mobile."""
    asked_for = request.config.getoption("--device") or described_target.device
    by_its_tag = PHONE if request.node.get_closest_marker("mobile") else DESKTOP
    return str(asked_for or by_its_tag)


@pytest.fixture
def setting(
    described_target: Target, device_name: str, browser_name: str, pytestconfig: pytest.Config
) -> Setting:
    """The setting by which reports tell runs apart."""
    driver = HTTP if is_over_http(pytestconfig) else browser_name
    return Setting(described_target.name, described_target.locale, device_name, driver)


@pytest.fixture
def browser_context_args(
    browser_context_args: dict[str, Any],
    described_target: Target,
    device_name: str,
    playwright: Playwright,
    proxy: ForwardProxy | None,
) -> dict[str, Any]:
    """Window size or phone, the target's language, and the proxy if there is one."""
    window = window_of(device_name, playwright.devices)
    behind = context_options(proxy) if proxy else {}
    return {**window, **browser_context_args, **behind, "locale": described_target.locale}


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: addresses come from the target. (pytest-playwright's fixture warns in pytest 9.)"""


@pytest.fixture
def browser_contexts(
    browser_contexts: Callable[..., BrowserContext],
    guard: NetworkGuard | None,
    playwright: Playwright,
) -> Callable[..., BrowserContext]:
    """Open one more browser context, guarded on staging sites; ``device`` is another device."""

    def open_context(device: str | None = None, **options: Any) -> BrowserContext:
        window = window_of(device, playwright.devices) if device else {}
        context = browser_contexts(**window, **options)
        if guard is not None:
            guard.watch(context)
        return context

    return open_context


@pytest.fixture
def http_contexts(target: Target, device_name: str) -> Callable[..., HttpContext]:
    """Open one more context without a browser. It can reach the target's sites only."""
    guard = RequestGuard(target.urls.values())

    def open_context(locale: str = target.locale, device: str | None = None) -> HttpContext:
        agent = agent_of(device or device_name)
        return HttpContext(locale=locale, user_agent=agent, allow=guard.allow)

    return open_context


@pytest.fixture
def new_context(
    new_context: Callable[..., Context],
    file_of_target: TargetFile,
    twin: str | None,
    request: pytest.FixtureRequest,
) -> Callable[..., Context]:
    """Open one more context for another buyer; ``context`` uses it too.

    ``locale`` and ``device`` (a name in :mod:`checkout_conformance.drivers.devices`) replace the
    run's own.
    """

    def open_context(**options: Any) -> Context:
        context = new_context(**options)
        context.set_default_timeout(file_of_target.patience_seconds * 1000)
        recorder_of(request.node).watch(context)
        # Our own mock sites have no cookie bar, and a look for one before each press takes time.
        if isinstance(context, BrowserContext) and (file_of_target.has_other_pages or twin):
            # Last: what it asks of a new page lets those wait who listen for pages after it.
            answer_cookie_bars(context)
        return context

    return open_context
