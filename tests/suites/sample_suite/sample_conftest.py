"""The steps of a sample that test_allure_steps.py runs in a pytest of its own.

It is the conftest.py there. Here, below the root one, it may not load plugins, so it has no such
name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_bdd import given, parsers, then, when

from checkout_conformance.drivers.chromium import find_chromium, launch_args
from checkout_conformance.drivers.devices import DESKTOP
from checkout_conformance.drivers.presses import PRESSES
from checkout_conformance.evidence.browser_recorder import recorder_of
from checkout_conformance.evidence.setting import Setting
from checkout_conformance.targets.target import not_offered

pytest_plugins = [
    "checkout_conformance.evidence.allure_steps",
    "checkout_conformance.evidence.progress",
]

# Nobody calls hide() for these: the reports have to keep quiet about them all the same.
# Long enough for a machine that is busy with other tests.
PATIENCE_MS = 3_000
PASSWORD = "pw-typed-in-the-sample"
MESSAGE = "Your code is 604182"
PAGE = f"""
    <h1>Hello</h1>
    <form><label>Password <input type="password"></label> <button>Send</button></form>
    <label>Amount <input></label>
    <label>Code <input autocomplete="one-time-code" disabled></label>
    <p data-secret>{MESSAGE}</p>
    <script>console.log("The page says: {MESSAGE}")</script>
"""


@pytest.fixture(scope="session")
def base_url() -> None:
    """As in the root conftest: pytest-playwright's own warns in pytest 9."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": find_chromium(), "args": launch_args()}


@pytest.fixture
def setting(browser_name: str) -> Setting:
    return Setting("sample", "en", DESKTOP, browser_name)


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


@given("a page that greets")
def greet(page: Page) -> None:
    page.route("**", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.goto("http://sample.localhost/greeting?session=in-the-address")


@when(parsers.parse('the buyer types the password into "{field}"'))
def type_password(page: Page, field: str) -> None:
    page.get_by_label(field).fill(PASSWORD)


@when(parsers.parse('the buyer types "{text}" into "{field}"'))
def type_text(page: Page, text: str, field: str) -> None:
    page.get_by_label(field).fill(text)


@when(parsers.parse('the buyer presses "{button}"'))
def press(page: Page, button: str) -> None:
    PRESSES.announce(page, page.get_by_role("button", name=button))
    page.get_by_role("button", name=button).click()


@when("it cannot be done here")
def skip() -> None:
    not_offered("a way to do it")


@when("the harness breaks")
def break_down() -> None:
    raise ValueError("a bug of ours")


@then(parsers.parse('the page greets with "{text}"'))
def greets(page: Page, text: str) -> None:
    expect(page.get_by_role("heading")).to_have_text(text, timeout=PATIENCE_MS)


@then(parsers.parse('"{field}" holds "{text}"'))
def holds(page: Page, text: str, field: str) -> None:
    expect(page.get_by_label(field)).to_have_value(text, timeout=PATIENCE_MS)


@then("the message is empty")
def message_is_empty(page: Page) -> None:
    expect(page.get_by_text("Your code")).to_have_text("", timeout=PATIENCE_MS)
