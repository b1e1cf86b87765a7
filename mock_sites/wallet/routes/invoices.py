"""The invoices of shops: the list, and paying one (W2.3-W2.6)."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request, url_for
from flask_login import login_required
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from mock_sites.refusal import Refusal
from mock_sites.sign_in import signed_in_person
from mock_sites.wallet.domain.bills import Bills, Invoice
from mock_sites.wallet.domain.buyers import Buyers
from mock_sites.wallet.domain.merchants import Merchants, is_own_address
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.routes.payments import page_of
from mock_sites.web import redirect_after_post
from mock_sites.wording import words_for

# Cards and phone balances are offered by the wallet, but enabled for nobody in this simulation.
ENABLED = ("qw",)


def pages(buyers: Buyers, bills: Bills, merchants: Merchants, payments: Payments) -> Blueprint:
    """The routes."""
    routes = Blueprint("invoices", __name__, url_prefix="/invoices")

    @routes.get("")
    @login_required
    def index() -> str:
        return render_template("invoices.html", invoices=bills.recent(signed_in_person()))

    @routes.get("/<uid>")
    @login_required
    def means(uid: str) -> str:
        """First the means of payment, before anything else (W2.5)."""
        invoice = bills.invoice(signed_in_person(), uid)
        leave_to = return_address(invoice)
        return render_template(
            "means.html",
            invoice=invoice,
            enabled=ENABLED,
            form=FlaskForm(),
            leave_to=leave_to,
            strange_address=bool(request.args.get("successUrl")) and leave_to is None,
        )

    @routes.get("/<uid>/pay")
    @login_required
    def pay(uid: str) -> Response | str:
        invoice = bills.invoice(signed_in_person(), uid)
        if request.args.get("means") not in ENABLED or invoice.bill.status != "WAITING":
            return redirect_after_post(
                url_for("invoices.means", uid=uid, successUrl=request.args.get("successUrl"))
            )
        return render_template(
            "pay_invoice.html",
            invoice=invoice,
            balances=buyers.balances(signed_in_person()),
            form=FlaskForm(),
        )

    @routes.post("/<uid>/pay")
    @login_required
    def confirm(uid: str) -> Response:
        buyer = signed_in_person()
        try:
            leave_to = return_address(bills.invoice(buyer, uid))
            payment = payments.enter_for_bill(buyer, uid, leave_to)
            payment = payments.begin_confirming(buyer, payment.uid)
        except Refusal as refusal:
            flash(words_for(refusal))
            return redirect_after_post(request.full_path)
        return redirect_after_post(page_of(payment))

    def return_address(invoice: Invoice) -> str | None:
        """Where the buyer goes after paying, if the merchant's own address was given."""
        merchant = merchants.issuer(invoice.bill.site_id)
        address = request.args.get("successUrl")
        return address if merchant is not None and is_own_address(merchant, address) else None

    return routes
