"""The pages of a customer's orders."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ...shared.values.refusal import Refusal
from ...shared.web.sign_in import require_sign_in, signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import words_for
from ..domain.bills import returning_to
from ..store import OrderRow
from . import current_shop

pages = Blueprint("orders", __name__, url_prefix="/orders")
require_sign_in(pages)


@pages.get("")
def orders() -> str:
    return render_template("orders.html", orders=current_shop.orders_of(_customer_id()))


@pages.get("/<uid>")
def order(uid: str) -> str:
    return _order_page("order.html", current_shop.order(_customer_id(), uid))


@pages.get("/<uid>/state")
def state(uid: str) -> str:
    return _order_page("order_state.html", current_shop.orders.get(_customer_id(), uid))


@pages.post("/<uid>/invoice")
def issue_invoice(uid: str) -> ResponseReturnValue:
    current_shop.invoices.issue(current_shop.orders.get(_customer_id(), uid))
    return redirect_after_post(url_for("orders.order", uid=uid))


@pages.post("/<uid>/cancel")
def cancel(uid: str) -> ResponseReturnValue:
    try:
        current_shop.cancel(_customer_id(), uid)
    except Refusal as refusal:
        flash(words_for(refusal))
    else:
        flash(gettext("The order is cancelled."))
    return redirect_after_post(url_for("orders.order", uid=uid))


def _customer_id() -> int:
    person_id: int = signed_in_person().id
    return person_id


def _order_page(template: str, order: OrderRow) -> str:
    pay_address = None
    if order.invoice is not None and order.invoice.pay_url is not None:
        page = current_app.config["PUBLIC_URL"] + url_for("orders.order", uid=order.uid)
        pay_address = returning_to(order.invoice.pay_url, page)
    return render_template(template, order=order, pay_address=pay_address)
