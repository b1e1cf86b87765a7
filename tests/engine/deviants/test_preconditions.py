"""What fails before, or beside, what a scenario asserts kills no deviant."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from checkout_conformance.deviants.matrix import Outcome
from checkout_conformance.evidence.failures import explain
from checkout_conformance.reporting.evidence import ScenarioEvidence, StepEvidence
from tests.support.judged_deviant import BROKE, JUDGE, SILENT, on, ruled
from tests.support.sample_evidence import DEVIATES, section


@pytest.mark.parametrize("message", [BROKE, SILENT, "KeyError: 'x'"])
def test_a_failure_of_the_harness_kills_no_deviant(message: str) -> None:
    assert JUDGE.judge(ruled("no-tiles", message), "W1.2").outcome is Outcome.BROKE


def failed_at(*steps: str, message: str = DEVIATES) -> ScenarioEvidence:
    """The rule, which failed at the last of these steps."""
    done = [StepEvidence(step, "passed", 0.1) for step in steps[:-1]]
    own = (*done, StepEvidence(steps[-1], "failed", 0.1))
    return on("no-tiles", "a rule", replace(section("W1.2", "failed"), steps=own), message=message)


@pytest.mark.parametrize(
    "steps",
    [
        ["Given a buyer"],
        ["Given a buyer", "And a card"],
        ["Given a buyer", "But no card"],
        ["Допустим есть покупатель", "И карта"],
        ["بفرض مشتر", "و بطاقة"],
    ],
)
def test_a_precondition_that_fails_kills_no_deviant(steps: list[str]) -> None:
    attempt = JUDGE.judge(failed_at(*steps), "W1.2")
    assert attempt.outcome is Outcome.BROKE
    assert attempt.showed == "the precondition failed: nothing"
    assert str(attempt.outcome) == "not judged"


@pytest.mark.parametrize(
    "steps",
    [
        ["Given a buyer", "When the buyer pays"],
        ["Given a buyer", "When the buyer pays", "And confirms"],
        ["Given a buyer", "And a card", "Then the card is there", "But no other"],
        ["Допустим есть покупатель", "Когда он платит", "И подтверждает"],
        ["بفرض مشتر", "متى دفع", "و أكد"],
    ],
)
def test_a_step_after_the_preconditions_kills(steps: list[str]) -> None:
    assert JUDGE.judge(failed_at(*steps), "W1.2").outcome is Outcome.KILLED


@pytest.mark.parametrize("call", ["Page.goto", "Page.wait_for_url", "Frame.wait_for_load_state"])
def test_a_page_that_does_not_load_in_time_kills_no_deviant(call: str) -> None:
    late = DEVIATES.partition("\n")[0] + f"\n{call}: Timeout 30000ms exceeded."
    attempt = JUDGE.judge(ruled("no-tiles", late), "W1.2")
    assert attempt.outcome is Outcome.BROKE
    assert attempt.showed == "the page did not load in time: nothing"


def timed_out(hindrance: str) -> str:
    """The message of a press that did not end, as reports have it."""
    log = f"Call log:\n  - locator resolved to <button>Pay</button>{hindrance}"
    error = PlaywrightTimeout(f"Locator.click: Timeout 30000ms exceeded.\n{log}")
    return f"AssertionError: {explain(error, 'W1.2', 'the buyer presses Pay')}"


def test_a_press_that_nothing_hinders_and_that_does_not_end_kills_no_deviant() -> None:
    assert JUDGE.judge(ruled("no-tiles", timed_out("")), "W1.2").outcome is Outcome.BROKE
    hindered = timed_out("\n  - element is not visible")
    assert JUDGE.judge(ruled("no-tiles", hindered), "W1.2").outcome is Outcome.KILLED


def test_a_message_without_expected_and_actual_state_kills_no_deviant() -> None:
    mute = "AssertionError: W1.2: the document expects: the tile is there; the page showed: "
    assert JUDGE.judge(ruled("no-tiles", mute), "W1.2").outcome is Outcome.BROKE
