"""The pages of the catalogue: categories, payees, and the form of each (W1.1-W1.4)."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from ...shared.values.refusal import Refusal
from ...shared.web.forms import TextField
from ...shared.web.interrupted import form_data
from ...shared.web.sign_in import require_sign_in, signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import show_beside_field
from ..domain import catalogue
from ..domain.catalogue import Payee
from . import current_wallet


def payee_form(payee: Payee) -> FlaskForm:
    """The form that the payee's own rules make."""

    class PayeeForm(FlaskForm):
        account = TextField(gettext(payee.account_label), rule=payee.parse_account)
        amount = TextField(lazy_gettext("Amount"), rule=payee.parse_amount)

    return PayeeForm(formdata=form_data())


pages = Blueprint("pay", __name__)
require_sign_in(pages, public=("logo",))


@pages.get("/pay")
def index() -> str:
    return render_template("categories.html", categories=catalogue.categories())


@pages.get("/pay/<slug>")
def category(slug: str) -> str:
    return render_template("category.html", category=catalogue.category(slug))


@pages.route("/pay/to/<slug>", methods=["GET", "POST"])
def payee(slug: str) -> AnyResponse | str:
    chosen = catalogue.payee(slug)
    form = payee_form(chosen)
    if form.validate_on_submit():
        try:
            payment = current_wallet.payments.enter(
                signed_in_person(), chosen, form.account.data, form.amount.data
            )
        except Refusal as refusal:
            show_beside_field(form, refusal)
        else:
            return redirect_after_post(url_for("payments.check", uid=payment.uid))
    return render_template("payee.html", payee=chosen, form=form)


@pages.get("/logos/<slug>.svg")
def logo(slug: str) -> Response:
    drawing = next((c.logo for c in catalogue.categories() if c.slug == slug), None)
    svg = render_template("logo.svg", logo=drawing or catalogue.payee(slug).logo)
    answer = make_response(svg)
    answer.mimetype = "image/svg+xml"
    return answer
