"""The pages of the catalogue; they are open to everybody."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm

from ...shared.values.refusal import Refusal
from ...shared.web.forms import TextField
from ...shared.web.interrupted import Fields, form_data
from ...shared.web.sign_in import require_sign_in, signed_in_person
from ...shared.web.web import redirect_after_post, shows_unusable, unusable_value
from ...shared.web.wording import show_beside_field
from ..domain.cart import parse_quantity
from ..store import CustomerRow
from . import current_shop


class QuantityForm(FlaskForm):
    """The form for a number of pieces."""

    quantity = TextField(lazy_gettext("Quantity"), rule=parse_quantity, default="1")


pages = Blueprint("catalogue", __name__)
require_sign_in(pages, public=("home", "category", "product"))


@pages.get("/")
@shows_unusable("q")
def home() -> str:
    search = request.args.get("q", "")
    return render_template(
        "catalogue.html",
        products=current_shop.catalogue.products(search=search, in_words=gettext),
        categories=current_shop.catalogue.categories(),
        search=search,
        wrong_search=unusable_value("q"),
    )


@pages.get("/categories/<slug>")
def category(slug: str) -> str:
    return render_template(
        "catalogue.html",
        category=current_shop.catalogue.category(slug),
        products=current_shop.catalogue.products(category=slug),
        categories=current_shop.catalogue.categories(),
    )


@pages.get("/products/<slug>")
def product(slug: str) -> str:
    return _product_page(slug, QuantityForm(formdata=form_data()))


@pages.post("/products/<slug>")
def add_to_cart(slug: str) -> ResponseReturnValue:
    form = QuantityForm()
    if not form.validate():
        return _product_page(slug, form)
    try:
        current_shop.carts.add(signed_in_person().id, slug, form.quantity.data)
    except Refusal as refusal:
        show_beside_field(form, refusal)
        return _product_page(slug, form)
    flash(gettext("Added to your cart."))
    return redirect_after_post(url_for("catalogue.product", slug=slug))


def add_wanted(customer: CustomerRow, address: Mapping[str, str], typed: Fields) -> None:
    """Put into the cart what the buyer wanted before signing in. Raises Refusal and NotFound."""
    current_shop.carts.add(customer.id, address["slug"], parse_quantity(typed.get("quantity", "")))
    flash(gettext("Added to your cart."))


def _product_page(slug: str, form: QuantityForm) -> str:
    return render_template("product.html", product=current_shop.catalogue.product(slug), form=form)
