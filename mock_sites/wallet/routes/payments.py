"""A payment on its way: check page, code page, receipt (W1.5, W1.6, W2.6)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ...shared.values.refusal import Refusal
from ...shared.values.web_address import is_web_address
from ...shared.web.forms import TextField
from ...shared.web.sign_in import require_sign_in, signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import show_beside_field, words_for
from ..domain.codes import new_one_from
from ..store import PaymentRow, PaymentStatus
from . import current_wallet


class CodeForm(FlaskForm):
    """The code from the message."""

    code = TextField(lazy_gettext("Code from the message"))


# The page of a payment, by its status.
PAGES = {
    PaymentStatus.ENTERED: "payments.check",
    PaymentStatus.CONFIRMING: "payments.code",
    PaymentStatus.PAID: "payments.receipt",
    PaymentStatus.ENDED: "payments.ended",
}


def page_of_payment(payment: PaymentRow) -> str:
    """The address of the page where this payment goes on."""
    return url_for(PAGES[payment.status], uid=payment.uid)


def _page_after(payment: PaymentRow) -> str:
    """Return the page after paying; an unusable address of the shop is ignored."""
    address = payment.success_url
    return address if address and is_web_address(address) else page_of_payment(payment)


pages = Blueprint("payments", __name__, url_prefix="/payments/<uid>")
require_sign_in(pages)


def _elsewhere(payment: PaymentRow, status: PaymentStatus) -> Response | None:
    return None if payment.status == status else redirect(page_of_payment(payment), 303)


@pages.get("/check")
def check(uid: str) -> Response | str:
    payment = current_wallet.payments.get(signed_in_person(), uid)
    page = render_template("check.html", payment=payment, form=FlaskForm())
    return _elsewhere(payment, PaymentStatus.ENTERED) or page


@pages.post("/check")
def checked(uid: str) -> Response:
    try:
        payment = current_wallet.payments.begin_confirming(signed_in_person(), uid)
    except Refusal as refusal:
        flash(words_for(refusal))
        payment = current_wallet.payments.get(signed_in_person(), uid)
    return redirect_after_post(page_of_payment(payment))


@pages.get("/code")
def code(uid: str) -> Response | str:
    payment = current_wallet.payments.get(signed_in_person(), uid)
    return _elsewhere(payment, PaymentStatus.CONFIRMING) or _code_page(payment, CodeForm())


def _code_page(payment: PaymentRow, form: CodeForm) -> str:
    wait, newest = (
        current_wallet.payments.seconds_until_new_code(payment),
        current_wallet.payments.newest_code(payment),
    )
    return render_template(
        "code.html",
        payment=payment,
        form=form,
        wait=wait,
        newest=newest,
        new_code_from=None if newest is None else new_one_from(newest),
    )


@pages.post("/code")
def confirm(uid: str) -> Response | str:
    buyer, form = signed_in_person(), CodeForm()
    try:
        payment = current_wallet.payments.confirm(buyer, uid, form.code.data or "")
    except Refusal as refusal:
        payment = current_wallet.payments.get(buyer, uid)
        show_beside_field(form, refusal)
        return _elsewhere(payment, PaymentStatus.CONFIRMING) or _code_page(payment, form)
    return redirect_after_post(_page_after(payment))


@pages.post("/new-code")
def new_code(uid: str) -> Response:
    try:
        current_wallet.payments.send_new_code(signed_in_person(), uid)
    except Refusal as refusal:
        flash(words_for(refusal))
    return redirect_after_post(url_for("payments.code", uid=uid))


@pages.get("/receipt")
def receipt(uid: str) -> Response | str:
    payment = current_wallet.payments.get(signed_in_person(), uid)
    back = current_wallet.history.given_back(payment)
    page = render_template("receipt.html", payment=payment, back=back)
    return _elsewhere(payment, PaymentStatus.PAID) or page


@pages.get("/ended")
def ended(uid: str) -> Response | str:
    payment = current_wallet.payments.get(signed_in_person(), uid)
    lock = current_wallet.payments.lock(payment)
    locked = None if lock is None else words_for(lock)
    page = render_template("ended.html", payment=payment, locked=locked)
    return _elsewhere(payment, PaymentStatus.ENDED) or page
