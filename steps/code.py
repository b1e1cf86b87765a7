"""The code from the message, as buyers type it: in other digits, in part, or not at all (W1.6)."""

from __future__ import annotations

from collections.abc import Callable

from checkout_conformance.people import Buyer

from .pages.payment import Payment
from .support.controls import Controls
from .support.sentences import given, when


@given("the page for the code is open in another tab", target_fixture="other_tab")
def open_in_another_tab(payment: Payment) -> Payment:
    tab = payment.copy_tab()
    tab.wait_for_code_page()
    return tab


@when("the buyer enters the code from the message {typo:Typo}")
def enter_with_typo(
    payment: Payment, controls: Controls, buyer: Buyer, typo: Callable[[str], str]
) -> None:
    payment.enter_code(typo(controls.newest_code(buyer.phone)))


@when("the buyer confirms with the code from the message {typo:Typo}")
def confirm_with_typo(
    payment: Payment, controls: Controls, buyer: Buyer, typo: Callable[[str], str]
) -> None:
    payment.confirm_with(typo(controls.newest_code(buyer.phone)))


@when("the buyer forces Confirm with the code from the message {typo:Typo}")
def force_confirm(
    payment: Payment, controls: Controls, buyer: Buyer, typo: Callable[[str], str]
) -> None:
    payment.force_confirm(typo(controls.newest_code(buyer.phone)))


@when("the buyer confirms with the code from the message written {how:Way}")
def confirm_written(
    payment: Payment, controls: Controls, buyer: Buyer, how: Callable[[str], str]
) -> None:
    payment.confirm_with(how(controls.newest_code(buyer.phone)))


@when("the buyer confirms in the other tab with the code from the message")
def confirm_in_another_tab(other_tab: Payment, controls: Controls, buyer: Buyer) -> None:
    other_tab.confirm_with(controls.newest_code(buyer.phone))
