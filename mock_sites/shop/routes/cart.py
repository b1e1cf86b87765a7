"""The pages of the cart."""

from __future__ import annotations

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from ...shared.values.refusal import Refusal
from ...shared.web.interrupted import Fields, form_data
from ...shared.web.sign_in import require_sign_in, signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import words_for
from ..domain.cart import total_of
from ..store import CartLineRow
from . import current_shop
from .catalogue import QuantityForm
from .device import render_page

pages = Blueprint("cart", __name__, url_prefix="/cart")
require_sign_in(pages)


@pages.get("")
def cart() -> str:
    typed = form_data() or MultiDict()
    return _cart_page(ticked=typed.getlist("ticked"), typed=typed)


@pages.post("")
def buy() -> ResponseReturnValue:
    ticked = request.form.getlist("ticked")
    try:
        uid = current_shop.checkouts.start(signed_in_person().id, ticked)
    except Refusal as refusal:
        return _cart_page(error=words_for(refusal), ticked=ticked)
    return redirect_after_post(url_for("checkout.checkout", uid=uid))


@pages.post("/<slug>")
def change(slug: str) -> ResponseReturnValue:
    form = QuantityForm(prefix=slug)
    if not form.validate():
        return _cart_page(wrong={slug: form})
    current_shop.carts.change(signed_in_person().id, slug, form.quantity.data)
    return redirect_after_post(url_for("cart.cart"))


@pages.post("/<slug>/remove")
def remove(slug: str) -> ResponseReturnValue:
    current_shop.carts.remove(signed_in_person().id, slug)
    flash(gettext("Removed from your cart."))
    return redirect_after_post(url_for("cart.cart"))


def _cart_page(
    error: str | None = None,
    ticked: list[str] | None = None,
    wrong: dict[str, QuantityForm] | None = None,
    typed: Fields | None = None,
) -> str:
    lines = current_shop.carts.lines(signed_in_person().id)
    forms = {line.product_slug: _form_for(line, typed) for line in lines}
    return render_page(
        "cart.html",
        lines=lines,
        total=total_of(lines),
        quantity_forms=forms | (wrong or {}),
        ticked=ticked or [],
        error=error,
    )


def _form_for(line: CartLineRow, typed: Fields | None) -> QuantityForm:
    # What was sent belongs to one line only; the others show what lies in the cart.
    return QuantityForm(formdata=typed, prefix=line.product_slug, quantity=str(line.quantity))
