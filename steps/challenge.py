"""The code by which a card's issuer knows the holder: 3-D Secure (C1.5, C2.5, C3.5)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Page
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target, not_offered

from .pages.challenge import Challenge
from .support.controls import Controls
from .support.faults import Fault, Faults
from .support.sentences import given, then, when
from .support.typos import with_another_last_digit

# Whatever an issuer allows, it is fewer.
MOST_TRIES = 10
# Whatever an issuer lets a buyer wait for another code, it is no longer.
BEFORE_NEW_CODE = timedelta(minutes=1)


@pytest.fixture
def challenge(page: Page, target: Target) -> Challenge:
    """The challenge of a card's issuer, in the buyer's browser."""
    return Challenge.on(page, target)


@given("the challenge is open in another tab", target_fixture="other_challenge")
@asks("challenges")
def open_in_another_tab(challenge: Challenge) -> Challenge:
    challenge.wait_for_code_page()
    return challenge.copy_tab()


@given("the challenge has been open for {span:Span}")
@asks("challenges")
@asks("clock", span_in="span")
def has_been_open(challenge: Challenge, controls: Controls, span: timedelta) -> None:
    challenge.wait_for_code_page()
    controls.advance_clock(span.total_seconds())


@given("the server of the card's issuer {failure:Failure} on the next request")
@asks("challenges")
@asks("faults", site="acs")
def server_fails(faults: Faults, failure: Fault) -> None:
    faults.set("acs", "request", failure)


@given(
    "the buyer has asked the card's issuer for a new code",
    target_fixture="first_code",
)
@asks("challenges", "clock", span=BEFORE_NEW_CODE)
def has_asked_for_new_code(challenge: Challenge, controls: Controls, buyer: Buyer) -> str:
    challenge.wait_for_code_page()
    sent = controls.issuer_codes(buyer.phone, 1)
    controls.advance_clock(BEFORE_NEW_CODE.total_seconds())
    with controls.another_code(buyer.phone):
        challenge.ask_for_new_code()
    codes = controls.issuer_codes(buyer.phone, len(sent) + 1)
    if codes[-1] == sent[-1]:
        not_offered("a new code for a card that is not the old one")
    return sent[-1]


@given("the buyer has confirmed the card with the code from the message")
@when("the buyer confirms the card with the code from the message")
@asks("challenges")
def confirm(challenge: Challenge, controls: Controls, buyer: Buyer) -> None:
    challenge.wait_for_code_page()
    challenge.answer(controls.newest_issuer_code(buyer.phone))


@when("the buyer confirms the card with the code from the first message")
@asks("challenges")
def confirm_with_first_code(challenge: Challenge, first_code: str) -> None:
    challenge.answer(first_code)


@when("the buyer confirms the card in the other tab")
@asks("challenges")
def confirm_in_other(other_challenge: Challenge, controls: Controls, buyer: Buyer) -> None:
    other_challenge.answer(controls.newest_issuer_code(buyer.phone))
    other_challenge.close()


@when("the buyer reloads the challenge in the other tab")
@asks("challenges")
def reload_other(other_challenge: Challenge) -> None:
    other_challenge.page.reload()
    other_challenge.close()


@when("the buyer answers the challenge too late")
@asks("challenges")
def answer_too_late(challenge: Challenge, controls: Controls, buyer: Buyer) -> None:
    # A page may notice by itself that its time is over.
    if challenge.code.is_visible():
        challenge.answer(controls.newest_issuer_code(buyer.phone))


@when("the buyer confirms the card in both tabs")
@asks("challenges")
def confirm_in_both(
    challenge: Challenge, other_challenge: Challenge, controls: Controls, buyer: Buyer
) -> None:
    code = controls.newest_issuer_code(buyer.phone)
    challenge.answer(code)
    other_challenge.answer(code)
    other_challenge.close()


@when("the buyer answers the challenge with wrong codes until it ends")
@asks("challenges")
def answer_wrongly(challenge: Challenge, controls: Controls, buyer: Buyer) -> None:
    challenge.wait_for_code_page()
    code = controls.newest_issuer_code(buyer.phone)
    wrong = with_another_last_digit(code)
    for _ in range(MOST_TRIES):
        if challenge.code.is_visible():
            challenge.answer(wrong)


@given("the buyer has given up the challenge")
@when("the buyer gives up the challenge")
@asks("challenges")
def give_up(challenge: Challenge) -> None:
    challenge.wait_for_code_page()
    challenge.cancel()


@then("the card's issuer asks for a code")
@asks("challenges")
def is_asked(challenge: Challenge) -> None:
    expect(challenge.code).to_be_visible()
