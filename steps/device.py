"""The buyer's other device: the same wallet in another browser (W1.6)."""

from __future__ import annotations

from collections.abc import Callable

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Context
from checkout_conformance.targets.target import Target

from .pages.payment import Payment
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.sentences import given, then


@given("the buyer is signed in to the wallet on another device", target_fixture="device")
def signed_in_elsewhere(
    new_context: Callable[..., Context], target: Target, prepare: Preparation
) -> Wallet:
    device = Wallet.on(new_context().new_page(), target)
    prepare.enter(device)
    expect(device.balance).to_be_visible()
    return device


@then("on the other device the wallet holds {money:Money}")
def holds_elsewhere(device: Wallet, money: NamedAmount) -> None:
    device.open()
    expect(device.balance).to_contain_text(money.on_page)


@then('on the other device the history shows a payment of {money:Money} to "{payee}"')
def history_elsewhere(device: Wallet, target: Target, money: NamedAmount, payee: str) -> None:
    payment = Payment.on(device.page, target)
    payment.open_history()
    expect(payment.in_history(payee, money.on_page)).to_be_visible()
