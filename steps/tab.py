"""What the buyer does in another tab, beside a payment (W1.4-W1.6)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from checkout_conformance.people import Buyer

from .pages.payment import Payment
from .pages.wallet import Wallet
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.payees import STEAM
from .support.sentences import given


@given('the buyer has opened the form of "{payee}" in the category "{category}" in another tab')
def open_form(wallet: Wallet, payee: str, category: str) -> None:
    with _another_tab(wallet) as tab:
        tab.open_payee(category, payee)
        tab.field("Amount").wait_for()


@given(
    'the buyer has entered a payment of {money:Money} to the Steam account "{account}"'
    + " in another tab"
)
def enter_payment(wallet: Wallet, money: NamedAmount, account: str) -> None:
    with _another_tab(wallet) as tab:
        _enter_payment(tab, money, account)


@given(
    "the buyer has been sent the code for a payment of {money:Money} to the"
    + ' Steam account "{account}" in another tab'
)
def ask_for_code(
    wallet: Wallet, controls: Controls, buyer: Buyer, money: NamedAmount, account: str
) -> None:
    with _another_tab(wallet) as tab:
        _enter_payment(tab, money, account)
        with controls.another_code(buyer.phone):
            tab.press("Confirm")
            Payment.on(tab.page, tab.target).wait_for_code_page()


@given(
    "the page for the code of a payment of {money:Money} to the"
    + ' Steam account "{account}" is open in another tab',
    target_fixture="tab_of_payment",
)
def code_page_beside(
    wallet: Wallet, controls: Controls, buyer: Buyer, money: NamedAmount, account: str
) -> Payment:
    tab = wallet.new_tab()
    tab.open()
    _enter_payment(tab, money, account)
    payment = Payment.on(tab.page, tab.target)
    with controls.another_code(buyer.phone):
        tab.press("Confirm")
        payment.wait_for_code_page()
    return payment


@given("the buyer has paid the same payment in another tab")
def pay_same(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    tab = payment.copy_tab()
    with controls.another_code(buyer.phone):
        tab.press("Confirm")
        tab.wait_for_code_page()
    tab.confirm_with(controls.newest_code(buyer.phone))
    tab.receipt.wait_for()
    tab.close()


@contextmanager
def _another_tab(wallet: Wallet) -> Iterator[Wallet]:
    """The wallet's home page in a tab that nobody looks at, in the buyer's session."""
    with wallet.new_tab().beforehand(show=False) as tab:
        tab.open()
        yield tab


def _enter_payment(tab: Wallet, money: NamedAmount, account: str) -> None:
    tab.open_payee(STEAM.category, STEAM.name)
    tab.send_form(STEAM.field, account, money.typed)
    tab.control("Confirm").wait_for()
