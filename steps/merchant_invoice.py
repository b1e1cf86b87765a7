"""Invoices that a shop sends to the wallet by itself, in any currency (W2.3-W2.6)."""

from __future__ import annotations

from uuid import uuid4

from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target

from .data import data
from .invoice_list import has_paid as pay_invoice
from .pages.invoices import Invoices
from .pages.payment import Payment
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.protocols import request_invoice
from .support.sentences import given

# Longer than any scenario waits.
LIVES_OF_AN_INVOICE = 3


@given("the wallet holds {money:Money} too")
def holds_too(controls: Controls, buyer: Buyer, money: NamedAmount) -> None:
    controls.top_up(buyer.phone, money)


@given("a shop has sent the buyer an invoice for {money:Money}")
def has_sent(target: Target, controls: Controls, buyer: Buyer, money: NamedAmount) -> None:
    target.require("refunds")
    due = controls.now() + LIVES_OF_AN_INVOICE * data().invoice
    answer = request_invoice(target, str(uuid4()), buyer, money, due)
    check_that("the wallet takes the invoice", answer.is_success, f"status {answer.status_code}")


@given("the buyer has paid a shop's invoice for {money:Money}")
def has_paid(
    target: Target,
    controls: Controls,
    buyer: Buyer,
    wallet: Wallet,
    invoices: Invoices,
    payment: Payment,
    prepare: Preparation,
    money: NamedAmount,
) -> None:
    has_sent(target, controls, buyer, money)
    prepare.enter(wallet, show=False)
    pay_invoice(invoices, payment, prepare, controls, buyer, money)
