from __future__ import annotations

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from checkout_conformance.evidence.failures import explain
from checkout_conformance.expectations import (
    PreconditionFailed,
    UnmetExpectation,
    check_that,
    expect_that,
)
from checkout_conformance.redaction.secrets import hide

WRONG_TEXT = """Locator expected to have text 'Paid'
Actual value: Pending
 payment
Call log:
  - Expect "to_have_text" get_by_role("status") with timeout 5000ms
    6 × locator resolved to <input type="password" value="pw-explained"/>

Aria snapshot:
- textbox "Password": pw-snapshot
"""
NOTHING = """Locator expected to be visible
Actual value: None
Error: element(s) not found
Call log:
  - waiting for get_by_role("alert")
"""
NO_BUTTON = """Locator.click: Timeout 1000ms exceeded.
Call log:
  - waiting for get_by_role("button", name="Pay")
"""
TWO_WAYS = """Locator.click: Timeout 1000ms exceeded.
Call log:
  - waiting for locator("main").or_(locator("a").filter(has_not=locator("b"))).get_by_role("row")
"""
SHOWN = """Locator expected to be hidden
Actual value: visible
Call log:
  - Expect "to_be_hidden" with timeout 5000ms
  - waiting for locator("main").or_(locator("a")).get_by_role("radio", name="Card", exact=True)
"""
UNNAMED = """Locator expected to be checked
Actual value: unchecked
Call log:
  - waiting for get_by_role("radio")
"""
SEVERAL = """Locator expected to be visible
Actual value: None
Error: strict mode violation: get_by_role("button", name="Pay") resolved to 2 elements:
    1) <button>Pay</button>
    2) <button>Pay</button>
"""
SHUT_BUTTON = """Locator.fill: Timeout 1000ms exceeded.
Call log:
  - waiting for get_by_label("Code")
    - locator resolved to <input disabled/>
    - fill("482915")
    2 × waiting for element to be visible, enabled and editable
      - element is not enabled
"""


def first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]


@pytest.mark.parametrize(
    ("error", "showed"),
    [
        (AssertionError(WRONG_TEXT), "Pending payment"),
        (AssertionError(NOTHING), 'nothing that is get_by_role("alert")'),
        (PlaywrightTimeout(NO_BUTTON), 'nothing that is get_by_role("button", name="Pay")'),
        (PlaywrightTimeout(TWO_WAYS), 'nothing that is locator("main").get_by_role("row")'),
        (PlaywrightTimeout(SHUT_BUTTON), "<input disabled/>, where element is not enabled"),
        (AssertionError("Actual value: " + "x" * 300), "x" * 199 + "…"),
        (AssertionError("Actual value: "), "an empty text"),
        (AssertionError(SHOWN), '"Card" is visible'),
        (AssertionError(UNNAMED), "it is unchecked"),
    ],
)
def test_the_first_line_has_the_expected_and_the_actual_state(
    error: Exception, showed: str
) -> None:
    explained = explain(error, "W1.6", "the receipt shows Paid")
    assert type(explained) is AssertionError
    assert first_line(explained) == (
        f"W1.6: the document expects: the receipt shows Paid; the page showed: {showed}"
    )


def test_several_that_can_be_meant_are_a_failure_of_the_harness() -> None:
    explained = explain(AssertionError(SEVERAL), "W2.6", "the buyer presses Pay")
    assert type(explained) is RuntimeError
    assert first_line(explained) == (
        "W2.6: the harness could not do: the buyer presses Pay;"
        " the page has 2 elements that can be meant, so none was chosen"
    )


def test_playwrights_log_follows_without_typed_or_field_values() -> None:
    told = str(explain(PlaywrightTimeout(SHUT_BUTTON), "W1.6", "a code is typed"))
    assert 'fill("•••")' in told
    assert "482915" not in told
    told = str(explain(AssertionError(WRONG_TEXT), "W1.6", "it is paid"))
    assert "Call log" in told
    assert "pw-" not in told


def test_a_registered_secret_is_redacted_even_if_the_page_shows_it() -> None:
    hide("739146")
    told = str(explain(AssertionError("Actual value: code 739146"), None, "typed 739146"))
    assert first_line(explain(AssertionError("x"), None, "y")).startswith("the document expects")
    assert "739146" not in told


def test_an_expectation_in_words_of_its_own() -> None:
    def check(text: str) -> None:
        raise AssertionError(WRONG_TEXT)

    with pytest.raises(UnmetExpectation) as unmet:
        expect_that("the receipt says Paid", check, "Paid")
    assert first_line(explain(unmet.value, "W1.6", "all is well")) == (
        "W1.6: the document expects: the receipt says Paid; the page showed: Pending payment"
    )


def test_check_that_reports_the_actual_value() -> None:
    check_that("one message has come", True, 1)
    with pytest.raises(UnmetExpectation) as unmet:
        check_that("one message has come", False, "2 messages")
    assert first_line(explain(unmet.value, "W1.6", "all is well")) == (
        "W1.6: the document expects: one message has come; the page showed: 2 messages"
    )


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("oops"), "ValueError: oops"),
        (PlaywrightError("Page.goto: net::ERR_CONNECTION_REFUSED"), "Page.goto: net::ERR_CONN"),
        (pytest.fail.Exception("Timeout (>60.0s) from pytest-timeout."), "Failed: Timeout (>60"),
    ],
)
def test_a_failure_of_the_harness_has_its_own_category(error: BaseException, told: str) -> None:
    explained = explain(error, "W1.3", "the buyer opens the tile")
    assert type(explained) is RuntimeError
    assert str(explained).startswith(
        f"W1.3: the harness could not do: the buyer opens the tile; {told}"
    )


@pytest.mark.parametrize("error", [AssertionError(WRONG_TEXT), PlaywrightTimeout(NO_BUTTON)])
def test_a_given_that_fails_is_no_deviation(error: Exception) -> None:
    told = explain(error, "W1.1", "the buyer is signed in", is_given=True)
    assert isinstance(told, RuntimeError)
    assert first_line(told).startswith("W1.1: could not be tried: the buyer is signed in; ")


def test_a_precondition_is_none_wherever_it_fails() -> None:
    error = PreconditionFailed("the shop did not let the buyer in: too many sign-ins")
    told = explain(error, None, "the buyer goes to the shop")
    assert first_line(told) == (
        "could not be tried: the buyer goes to the shop; "
        "the shop did not let the buyer in: too many sign-ins"
    )
