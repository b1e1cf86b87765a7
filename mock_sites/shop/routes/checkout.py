"""The checkout page: address, means of payment, confirmation (W2.1, W2.2)."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField

from mock_sites.people import typed_phone
from mock_sites.refusal import Refusal
from mock_sites.shop.domain.address import (
    Address,
    typed_address,
    typed_city,
    typed_postal_code,
    typed_recipient,
    typed_street,
)
from mock_sites.shop.domain.means import ONLINE_OPTIONS, chosen_means
from mock_sites.shop.domain.orders import CheckoutChanged
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.routes import ask_strangers_to_sign_in
from mock_sites.shop.store import CheckoutRow, Means, OrderRow
from mock_sites.sign_in import signed_in_person
from mock_sites.web import redirect_after_post
from mock_sites.wording import FollowsRule, show_beside_field, words_for


class CheckoutForm(FlaskForm):
    """Where the order goes, and what it is paid with."""

    recipient = StringField(lazy_gettext("Recipient's name"), [FollowsRule(typed_recipient)])
    phone = StringField(lazy_gettext("Phone number"), [FollowsRule(typed_phone)])
    city = StringField(lazy_gettext("City"), [FollowsRule(typed_city)])
    street = StringField(lazy_gettext("Street, house, flat"), [FollowsRule(typed_street)])
    postal_code = StringField(lazy_gettext("Postal code"), [FollowsRule(typed_postal_code)])
    # Radio buttons on the page; what may be chosen is the rules' business (chosen_means).
    payment = StringField(lazy_gettext("How would you like to pay?"))
    online_option = StringField(lazy_gettext("Pay online with"))

    def delivery(self) -> Address:
        """The address as the rules read it. Raises Refusal."""
        return typed_address(
            self.recipient.data or "",
            self.phone.data or "",
            self.city.data or "",
            self.street.data or "",
            self.postal_code.data or "",
        )

    def means(self) -> Means:
        """The means of payment that was chosen. Raises Refusal."""
        return chosen_means(self.payment.data or "", self.online_option.data or "")

    def validate(self, extra_validators: object = None) -> bool:
        """Judge each field by itself, and the two questions about payment together."""
        fields_are_right: bool = super().validate(extra_validators)
        try:
            self.means()
        except Refusal as refusal:
            show_beside_field(self, refusal)
            return False
        return fields_are_right


def checkout_pages(shop: Shop) -> Blueprint:
    """The page of a purchase that was begun."""
    pages = Blueprint("checkout", __name__, url_prefix="/checkout")
    pages.before_request(ask_strangers_to_sign_in)

    @pages.get("/<uid>")
    def checkout(uid: str) -> ResponseReturnValue:
        found = shop.checkouts.get(signed_in_person().id, uid)
        if found.order is not None:
            return redirect_after_post(_page_of(found.order))
        form = CheckoutForm(recipient=signed_in_person().name, phone=signed_in_person().phone)
        return _checkout_page(found, form)

    @pages.post("/<uid>")
    def confirm(uid: str) -> ResponseReturnValue:
        found = shop.checkouts.get(signed_in_person().id, uid)
        if found.order is not None:
            return redirect_after_post(_page_of(found.order))
        form = CheckoutForm()
        if not form.validate():
            return _checkout_page(found, form)
        try:
            order = shop.orders.place(found.customer_id, uid, form.delivery(), form.means())
        except Refusal as refusal:
            show_beside_field(form, refusal)
            return _checkout_page(found, form)
        except CheckoutChanged as changed:
            return _ask_again(shop, found, form, changed)
        shop.invoices.issue(order)
        return redirect_after_post(_page_of(order))

    return pages


def _ask_again(
    shop: Shop, before: CheckoutRow, form: CheckoutForm, changed: CheckoutChanged
) -> ResponseReturnValue:
    """Say what has changed, and show the page as it is now."""
    words = [words_for(change) for change in changed.changes]
    if not changed.anything_left:
        for change in words:
            flash(change)
        return redirect_after_post(url_for("cart.cart"))
    now = shop.checkouts.get(before.customer_id, before.uid)
    return _checkout_page(now, form, words)


def _checkout_page(
    checkout: CheckoutRow, form: CheckoutForm, changes: list[str] | None = None
) -> str:
    return render_template(
        "checkout.html",
        checkout=checkout,
        form=form,
        changes=changes or [],
        available={option.code for option in ONLINE_OPTIONS if option.means},
    )


def _page_of(order: OrderRow) -> str:
    return url_for("orders.order", uid=order.uid)
