"""Another buyer with a wallet, in a browser of their own (W1.1, W1.5, W1.6)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Context, Page
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer, invent_buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .pages.payment import Payment
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.sentences import given, then, when
from .wallet import holds


@pytest.fixture
def neighbour(controls: Controls, buyer_seed: str) -> Buyer:
    """Another buyer, whose wallet is empty unless the scenario says what it holds."""
    return _open_account(controls, buyer_seed, {})


@pytest.fixture
def other_wallet(new_context: Callable[..., Context], target: Target) -> Wallet:
    """The wallet in the other buyer's browser."""
    return Wallet.on(new_context().new_page(), target)


@given("another buyer with {money:Money} in the wallet", target_fixture="neighbour")
@asks("balances")
def other_has(controls: Controls, buyer_seed: str, money: NamedAmount) -> Buyer:
    return _open_account(controls, buyer_seed, {money.currency: money.minor})


@given("another buyer is signed in to the wallet")
def other_is_signed_in(other_wallet: Wallet, neighbour: Buyer, prepare: Preparation) -> None:
    prepare.enter(other_wallet, buyer=neighbour)


@given(
    "that buyer has been sent the code for a payment of {money:Money} to the"
    + ' Steam account "{account}"'
)
def other_was_sent_code(
    other_wallet: Wallet,
    target: Target,
    neighbour: Buyer,
    prepare: Preparation,
    money: NamedAmount,
    account: str,
) -> None:
    prepare.begin_payment(other_wallet, account, money, "code sent", buyer=neighbour)
    Payment.on(other_wallet.page, target).wait_for_code_page()


@when("that buyer opens the address of the payment")
def other_opens_payment(page: Page, other_wallet: Wallet) -> None:
    other_wallet.page.goto(page.url)


@when("the buyer confirms with the code of that buyer")
def confirm_with_code_of_other(payment: Payment, controls: Controls, neighbour: Buyer) -> None:
    payment.confirm_with(controls.newest_code(neighbour.phone))


@when("the buyer signs in with the password of that buyer")
def sign_in_with_password_of_other(wallet: Wallet, buyer: Buyer, neighbour: Buyer) -> None:
    wallet.open()
    wallet.sign_in(buyer.phone, neighbour.password)


@then("that buyer finds nothing there")
def nothing_there(other_wallet: Wallet, target: Target) -> None:
    expect(other_wallet.heading).to_contain_text(target.label("Page not found"))


@then("that buyer's wallet holds {money:Money}")
def other_holds(other_wallet: Wallet, money: NamedAmount) -> None:
    holds(other_wallet, money)


@then("no message has arrived on the phone of that buyer")
@asks("messages")
def other_has_no_message(controls: Controls, neighbour: Buyer) -> None:
    sent = len(controls.messages(neighbour.phone))
    check_that("another buyer's phone gets no message", sent == 0, f"{sent} messages")


def _open_account(controls: Controls, buyer_seed: str, balances: dict[str, int]) -> Buyer:
    other = invent_buyer(f"{buyer_seed} other")
    controls.add_wallet_buyer(other.phone, other.password, other.name, balances)
    return other
