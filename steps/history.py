"""The history of the wallet, and what a receipt says of a payment (W1.6)."""

from __future__ import annotations

from checkout_conformance.drivers.expect import expect

from .pages.payment import Payment
from .support.amounts import NamedAmount
from .support.sentences import then


@then('the history shows a payment of {money:Money} to "{payee}"')
def history_shows(payment: Payment, money: NamedAmount, payee: str) -> None:
    payment.open_history()
    expect(payment.in_history(payee, money.on_page)).to_be_visible()


@then('the history shows {number:Count} payments of {money:Money} to "{payee}"')
def history_shows_several(payment: Payment, number: int, money: NamedAmount, payee: str) -> None:
    payment.open_history()
    expect(payment.in_history(payee, money.on_page)).to_have_count(number)


@then('the receipt shows the account "{account}"')
def receipt_shows_account(payment: Payment, account: str) -> None:
    expect(payment.receipt).to_contain_text(account)
