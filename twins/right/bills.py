"""Other ways to find an invoice in the wallet and to choose how it is paid."""

from __future__ import annotations

from flask import Flask, flash, request, url_for
from werkzeug.wrappers import Response

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shared.web.web import redirect_after_post
from mock_sites.shared.web.wording import words_for
from mock_sites.wallet.routes import current_wallet
from mock_sites.wallet.routes.payments import page_of_payment

CAN_BE_CHOSEN = (
    '<button type="submit" name="means" value="{{ source }}">'
    "{{ payment_method_names[source] }}</button>"
)
NOT_ENABLED = (
    '<button type="submit" name="means" value="{{ source }}" class="second" disabled'
    ' aria-describedby="not-{{ source }}">{{ payment_method_names[source] }}</button>'
)
RADIO = (
    '<label><input type="radio" name="means" value="{{ source }}" required>'
    " {{ payment_method_names[source] }}</label>"
)
RADIO_OFF = RADIO.replace(" required", ' disabled aria-describedby="not-{{ source }}"')
GO_ON = "</fieldset>\n  </form>"


def _radio_buttons(site: TwinChange, button: str) -> None:
    site.page("means.html", CAN_BE_CHOSEN, RADIO)
    site.page("means.html", NOT_ENABLED, RADIO_OFF)
    site.page("means.html", GO_ON, f"</fieldset>\n  <button>{button}</button>\n  </form>")


@twin("wallet", "W2.5")
def means_are_radio_buttons(site: TwinChange) -> None:
    """The payment methods of an invoice are radio buttons, and Continue goes on."""
    _radio_buttons(site, "Continue")


@twin("wallet", "W2.5", "W2.6")
def means_and_pay_share_a_page(site: TwinChange) -> None:
    """The payment methods are radio buttons with Pay below: no page in between."""
    _radio_buttons(site, '{{ _("Pay") }}')
    site.page(
        "means.html",
        '<form method="get" action="{{ url_for(\'invoices.pay\', uid=invoice.bill.uid) }}">',
        '<form method="post" action="{{ url_for(\'twin_pay\', uid=invoice.bill.uid) }}">'
        "{{ forms.token() }}",
    )

    def pay(uid: str) -> Response:
        method, address = request.form.get("means"), request.form.get("successUrl")
        page = url_for("invoices.means", uid=uid, successUrl=address)
        if not method:
            flash("Choose how to pay first.")
            return redirect_after_post(page)
        try:
            payment = current_wallet.begin_paying(signed_in_person(), uid, method, address)
        except Refusal as refusal:
            flash(words_for(refusal))
            return redirect_after_post(page)
        return redirect_after_post(page_of_payment(payment))

    def add(app: Flask) -> None:
        app.add_url_rule("/twin/pay/<uid>", "twin_pay", pay, methods=["POST"])

    site.app(add)


@twin("wallet", "W2.4")
def invoices_show_the_unpaid_at_first(site: TwinChange) -> None:
    """The page of invoices begins with the unpaid ones; a link beside shows all."""
    site.template("invoice_tabs.html", "invoice_tabs.html")
    site.page(
        "invoices.html",
        '<h1>{{ _("Invoices") }}</h1>',
        '<h1>{{ _("Invoices") }}</h1>{% include "invoice_tabs.html" %}\n'
        '{% if request.args.get("show") != "all" %}{% set invoices ='
        ' invoices | selectattr("bill.status", "equalto", "WAITING") | list %}{% endif %}',
    )
