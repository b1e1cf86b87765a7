"""A page more, or another page, between one step and the next."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.values.web_address import is_web_address
from mock_sites.shared.web.forms import unusable_fields
from mock_sites.shared.web.interrupted import form_data
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.domain.payment_methods import CARD
from mock_sites.shop.routes import checkout, current_shop, mobile
from mock_sites.shop.routes.drafts import keep
from mock_sites.shop.routes.forms import NEW_CARD, CheckoutForm
from mock_sites.shop.store import OrderRow, OrderState
from mock_sites.vault.routes import current_vault
from mock_sites.vault.routes.forms import BillingForm, NewCardForm
from mock_sites.wallet.routes import current_wallet
from mock_sites.wallet.routes.payments import page_of_payment
from mock_sites.wallet.store import PaymentStatus
from twins.right.later_words import View, for_signed_in

BILLING = ("country", "postal_code", "address")


@twin("wallet", "W1.6", "W2.6")
def payment_is_being_processed(site: TwinChange) -> None:
    """After the code a page asks to wait, and goes on by itself a second later."""
    site.template("processing.html", "later_processing.html")

    def add(app: Flask) -> None:
        confirm = app.view_functions["payments.confirm"]
        app.view_functions["payments.confirm"] = _waiting_after(confirm)
        address = "/payments/<uid>/processing"
        app.add_url_rule(address, "processing", for_signed_in(_processing))

    site.app(add)


def _waiting_after(confirm: View) -> View:
    def confirmed(uid: str) -> Any:
        answer = confirm(uid=uid)
        payment = current_wallet.payments.get(signed_in_person(), uid)
        paid = payment.status == PaymentStatus.PAID
        return redirect(url_for("processing", uid=uid), 303) if paid else answer

    return confirmed


def _processing(uid: str) -> ResponseReturnValue:
    payment = current_wallet.payments.get(signed_in_person(), uid)
    if payment.status != PaymentStatus.PAID:
        return redirect(page_of_payment(payment), 303)
    shop = payment.success_url
    then = shop if shop and is_web_address(shop) else page_of_payment(payment)
    return render_template("processing.html", then=then)


@twin("shop", "W2.2")
def order_is_reviewed_first(site: TwinChange) -> None:
    """The checkout leads to a page that sums the order up, and there the order is confirmed."""
    site.template("review.html", "later_review.html")
    confirm, go_on = '{{ _("Confirm order") }}</button>', '{{ _("Continue") }}</button>'
    site.page("checkout.html", confirm, go_on)

    def add(app: Flask) -> None:
        app.view_functions["checkout.send"] = _reviewing(app.view_functions["checkout.send"])

    site.app(add)


def _reviewing(send: View) -> View:
    def reviewed(uid: str) -> Any:
        if request.form.get("press") or request.form.get("reviewed"):
            return send(uid=uid)
        found, form = current_shop.checkouts.get(signed_in_person().id, uid), CheckoutForm()
        by_card = form.payment.data == CARD
        if by_card and form.card.data in (None, "", NEW_CARD):
            return send(uid=uid)
        if found.order is not None or unusable_fields(form) or not form.validate():
            return send(uid=uid)
        keep(uid, **CheckoutForm().typed(), began_with="")
        cards = current_shop.cards.known(found.customer_id) if by_card else []
        chosen = next((card for card in cards if card.token == form.card.data), None)
        return render_template("review.html", checkout=found, form=form, chosen=chosen)

    return reviewed


@twin("shop", "W2.2")
def after_ordering_comes_the_list(site: TwinChange) -> None:
    """After ordering the shop shows My orders, the new one above."""

    def list_of_orders(order: OrderRow) -> str:
        if order.state == OrderState.PAYING:
            return url_for("checkout.waiting", uid=order.checkout_uid)
        return url_for("orders.orders")

    for module in (checkout, mobile):
        site.wrap(module, "page_of_order", lambda _old: list_of_orders)


@twin("shop", "C2.1")
def leaving_is_confirmed_by_a_form(site: TwinChange) -> None:
    """The notice of leaving is confirmed by a form, and the shop's answer leads to the vault."""
    link = '<a class="button" href="{{ vault_url }}/" rel="noreferrer">{{ _("Continue") }}</a>'
    form = (
        '<form method="post" action="{{ url_for(\'go_to_vault\') }}">{{ forms.token() }}'
        '<button>{{ _("Continue") }}</button></form>'
    )
    site.page("leaving.html", link, form)
    layout = "{% extends site_layout %}"
    site.page("leaving.html", layout, f'{layout}\n{{% import "forms.html" as forms %}}')
    site.page("leaving.html", '<p class="actions">', '<div class="actions">')
    site.page("leaving.html", "</a>\n  </p>\n</section>", "</a>\n  </div>\n</section>")

    def go() -> ResponseReturnValue:
        return redirect(f"{current_app.config['VAULT_URL']}/", 302)

    def add(app: Flask) -> None:
        view = for_signed_in(go)
        app.add_url_rule("/profile/alipay", "go_to_vault", view, methods=["POST"])

    site.app(add)


@twin("vault", "C2.4", "C2.5")
def billing_address_comes_first(site: TwinChange) -> None:
    """A new card is asked for on two pages: the billing address, then the card with Save."""
    site.template("billing_first.html", "later_billing_first.html")
    wrong = "{% if form.country.errors or form.postal_code.errors or form.address.errors %}"
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{{{{ form.{name}.data or "" }}}}">'
        for name in BILLING
    )
    billing = '{% include "billing.html" %}'
    site.page("new_card.html", billing, f"{wrong}{billing}{{% else %}}{hidden}{{% endif %}}")
    site.page("new_card.html", ", form.country, form.postal_code, form.address]", "]")

    def add(app: Flask) -> None:
        app.view_functions["cards.add"] = _in_two_pages(app.view_functions["cards.add"])

    site.app(add)


def _in_two_pages(add: View) -> View:
    def asked() -> Any:
        if request.method == "POST" and "billing" not in request.form:
            return add()
        form = BillingForm(formdata=form_data())
        form.offer_countries()
        if not form.validate_on_submit():
            return render_template("billing_first.html", form=form)
        typed = MultiDict({name: form[name].data for name in BILLING})
        today = current_vault.upkeep.now().date()
        card_form: FlaskForm = NewCardForm(today, formdata=typed)
        return render_template("new_card.html", form=card_form)

    return asked
