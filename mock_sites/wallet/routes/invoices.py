"""The invoices of shops: the list, and paying one (W2.3-W2.6)."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ...shared.values.refusal import Refusal
from ...shared.web.sign_in import require_sign_in, signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import words_for
from ..domain.bills import ENABLED_PAYMENT_METHODS
from . import current_wallet
from .payments import page_of_payment

pages = Blueprint("invoices", __name__, url_prefix="/invoices")
require_sign_in(pages)


@pages.get("")
def index() -> str:
    return render_template(
        "invoices.html", invoices=current_wallet.bills.recent(signed_in_person())
    )


@pages.get("/<uid>")
def means(uid: str) -> str:
    """First the payment method, before anything else (W2.5)."""
    invoice = current_wallet.bills.invoice(signed_in_person(), uid)
    leave_to = current_wallet.return_address(invoice, request.args.get("successUrl"))
    return render_template(
        "means.html",
        invoice=invoice,
        enabled=ENABLED_PAYMENT_METHODS,
        form=FlaskForm(),
        leave_to=leave_to,
        strange_address=bool(request.args.get("successUrl")) and leave_to is None,
    )


@pages.get("/<uid>/pay")
def pay(uid: str) -> Response | str:
    invoice = current_wallet.bills.invoice(signed_in_person(), uid)
    if not invoice.can_be_paid_with(request.args.get("means")):
        return redirect_after_post(
            url_for("invoices.means", uid=uid, successUrl=request.args.get("successUrl"))
        )
    return render_template(
        "pay_invoice.html",
        invoice=invoice,
        balances=current_wallet.buyers.balances(signed_in_person()),
        form=FlaskForm(),
    )


@pages.post("/<uid>/pay")
def confirm(uid: str) -> Response:
    method, address = request.args.get("means"), request.args.get("successUrl")
    try:
        payment = current_wallet.begin_paying(signed_in_person(), uid, method, address)
    except Refusal as refusal:
        flash(words_for(refusal))
        return redirect_after_post(request.full_path)
    return redirect_after_post(page_of_payment(payment))
