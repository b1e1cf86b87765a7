"""The wallet's controls that begin and confirm payments: to a payee, or of a shop's invoice."""

from __future__ import annotations

from typing import Annotated, Literal

from flask import Blueprint, request
from pydantic import AfterValidator, Field
from typing_extensions import TypedDict

from ..shared.controls.body import body_as
from ..shared.controls.control import E164, Typed
from ..shared.web.openapi import documented
from ..shared.web.received import Received
from .domain import catalogue
from .domain.bills import ENABLED_PAYMENT_METHODS
from .domain.wallet import Wallet
from .routes.payments import page_of_payment
from .store import BillRow, PaymentRow

CODE_SENT = "code sent"


def _of_payees(currency: str) -> str:
    if currency != catalogue.CURRENCY:
        raise ValueError(f"the payees take {catalogue.CURRENCY} only")
    return currency


class NewPayment(Received, extra="forbid"):
    """A payment to a payee (its slug or its English name).

    Account and amount as they are typed into the payee's form, the amount in major units.
    ``state`` is how far it is begun: ``checked`` up to the check page, ``code sent`` up to the
    page that asks for the code.
    """

    phone: str = Field(pattern=E164)
    payee: Typed
    account: Typed
    amount: Typed
    currency: Annotated[str, AfterValidator(_of_payees)] = Field(
        default_factory=lambda: catalogue.CURRENCY
    )
    state: Literal["checked", "code sent"]


class NewInvoiceCode(Received, extra="forbid"):
    """The payer of an invoice, and the shop's address to return to after paying."""

    phone: str = Field(pattern=E164)
    success_url: str | None = Field(None, max_length=2000)


class TypedCode(Received, extra="forbid"):
    """The payer, and the code as it is typed."""

    phone: str = Field(pattern=E164)
    code: Annotated[Typed, Field(repr=False)]


class InvoiceFacts(TypedDict):
    """An invoice of a buyer; the amount in minor units."""

    uid: str
    amount_minor: int
    currency: str
    status: str


class BegunPayment(TypedDict):
    """A payment that was begun, and the path of the page where it goes on."""

    uid: str
    status: str
    path: str


def add_payment_controls(controls: Blueprint, wallet: Wallet) -> None:
    """Add the routes."""

    @controls.post("/payments")
    @documented(
        "Begin a payment to a payee",
        BegunPayment,
        body=NewPayment,
        status=201,
        otherwise=(404, 409),
    )
    def begin_payment() -> tuple[BegunPayment, int]:
        wanted = body_as(NewPayment)
        buyer, payee = wallet.buyers.get(wanted.phone), catalogue.payee_named(wanted.payee)
        account, money = payee.parse_account(wanted.account), payee.parse_amount(wanted.amount)
        payment = wallet.payments.enter(buyer, payee, account, money)
        if wanted.state == CODE_SENT:
            payment = wallet.payments.begin_confirming(buyer, payment.uid)
        return _facts(payment), 201

    @controls.post("/payments/<uid>/code")
    @documented(
        "Confirm a payment with its code",
        BegunPayment,
        body=TypedCode,
        otherwise=(409,),
    )
    def confirm_payment(uid: str) -> BegunPayment:
        wanted = body_as(TypedCode)
        buyer = wallet.buyers.get(wanted.phone)
        return _facts(wallet.payments.confirm(buyer, uid, wanted.code))

    @controls.get("/invoices")
    @documented("A buyer's newest invoices, the newest first", list[InvoiceFacts], query=("phone",))
    def list_invoices() -> list[InvoiceFacts]:
        """As many as the wallet's list shows; an empty list for nobody."""
        buyer = wallet.buyers.find(request.args.get("phone", ""))
        found = [] if buyer is None else wallet.bills.recent(buyer)
        return [_invoice_facts(invoice.bill) for invoice in found]

    @controls.post("/invoices/<uid>/code")
    @documented(
        "Begin to pay an invoice from the balance, and send the code",
        BegunPayment,
        body=NewInvoiceCode,
        status=201,
        otherwise=(409,),
    )
    def send_code(uid: str) -> tuple[BegunPayment, int]:
        wanted = body_as(NewInvoiceCode)
        buyer, [balance] = wallet.buyers.get(wanted.phone), ENABLED_PAYMENT_METHODS
        return _facts(wallet.begin_paying(buyer, uid, balance, wanted.success_url)), 201


def _invoice_facts(bill: BillRow) -> InvoiceFacts:
    return InvoiceFacts(
        uid=bill.uid, amount_minor=bill.amount, currency=bill.currency, status=bill.status
    )


def _facts(payment: PaymentRow) -> BegunPayment:
    return BegunPayment(uid=payment.uid, status=payment.status, path=page_of_payment(payment))
