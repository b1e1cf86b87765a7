"""The invoices of shops: the list, and paying one (W2.3-W2.6)."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request, url_for
from flask_login import login_required
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ...shared.values.refusal import Refusal
from ...shared.web.sign_in import signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import words_for
from ..domain.bills import ENABLED_PAYMENT_METHODS, Invoice
from ..domain.merchants import is_own_address
from ..domain.wallet import Wallet
from .payments import page_of


def pages(wallet: Wallet) -> Blueprint:
    """The routes."""
    bills, payments = wallet.bills, wallet.payments
    routes = Blueprint("invoices", __name__, url_prefix="/invoices")

    @routes.get("")
    @login_required
    def index() -> str:
        return render_template("invoices.html", invoices=bills.recent(signed_in_person()))

    @routes.get("/<uid>")
    @login_required
    def means(uid: str) -> str:
        """First the payment method, before anything else (W2.5)."""
        invoice = bills.invoice(signed_in_person(), uid)
        leave_to = return_address(invoice)
        return render_template(
            "means.html",
            invoice=invoice,
            enabled=ENABLED_PAYMENT_METHODS,
            form=FlaskForm(),
            leave_to=leave_to,
            strange_address=bool(request.args.get("successUrl")) and leave_to is None,
        )

    @routes.get("/<uid>/pay")
    @login_required
    def pay(uid: str) -> Response | str:
        invoice = bills.invoice(signed_in_person(), uid)
        if not invoice.can_be_paid_with(request.args.get("means")):
            return redirect_after_post(
                url_for("invoices.means", uid=uid, successUrl=request.args.get("successUrl"))
            )
        return render_template(
            "pay_invoice.html",
            invoice=invoice,
            balances=wallet.buyers.balances(signed_in_person()),
            form=FlaskForm(),
        )

    @routes.post("/<uid>/pay")
    @login_required
    def confirm(uid: str) -> Response:
        buyer = signed_in_person()
        try:
            leave_to = return_address(bills.invoice(buyer, uid))
            payment_method = request.args.get("means")
            payment = payments.enter_for_bill(buyer, uid, payment_method, leave_to)
            payment = payments.begin_confirming(buyer, payment.uid)
        except Refusal as refusal:
            flash(words_for(refusal))
            return redirect_after_post(request.full_path)
        return redirect_after_post(page_of(payment))

    def return_address(invoice: Invoice) -> str | None:
        """Where the buyer goes after paying, if the merchant's own address was given."""
        merchant = wallet.merchants.issuer(invoice.bill.site_id)
        address = request.args.get("successUrl")
        return address if merchant is not None and is_own_address(merchant, address) else None

    return routes
