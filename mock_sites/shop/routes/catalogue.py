"""The pages of the catalogue; they are open to everybody."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_login import login_required
from flask_wtf import FlaskForm

from ...shared.values.refusal import Refusal
from ...shared.web.forms import TextField
from ...shared.web.interrupted import Fields, form_data
from ...shared.web.sign_in import signed_in_person
from ...shared.web.web import redirect_after_post, shows_unusable, unusable_value
from ...shared.web.wording import FollowsRule, show_beside_field
from ..domain.cart import typed_quantity
from ..domain.shop import Shop
from ..store import CustomerRow


class QuantityForm(FlaskForm):
    """How many pieces."""

    quantity = TextField(lazy_gettext("Quantity"), [FollowsRule(typed_quantity)], default="1")


def catalogue_pages(shop: Shop) -> Blueprint:
    """The list of products, by category or search, and the page of each."""
    pages = Blueprint("catalogue", __name__)

    @pages.get("/")
    @shows_unusable("q")
    def home() -> str:
        search = request.args.get("q", "")
        return render_template(
            "catalogue.html",
            products=shop.catalogue.products(search=search, in_words=gettext),
            categories=shop.catalogue.categories(),
            search=search,
            wrong_search=unusable_value("q"),
        )

    @pages.get("/categories/<slug>")
    def category(slug: str) -> str:
        return render_template(
            "catalogue.html",
            category=shop.catalogue.category(slug),
            products=shop.catalogue.products(category=slug),
            categories=shop.catalogue.categories(),
        )

    @pages.get("/products/<slug>")
    def product(slug: str) -> str:
        return _product_page(shop, slug, QuantityForm(formdata=form_data()))

    @pages.post("/products/<slug>")
    @login_required
    def add_to_cart(slug: str) -> ResponseReturnValue:
        form = QuantityForm()
        if not form.validate():
            return _product_page(shop, slug, form)
        quantity = typed_quantity(form.quantity.data or "")
        try:
            shop.carts.add(signed_in_person().id, slug, quantity)
        except Refusal as refusal:
            show_beside_field(form, refusal)
            return _product_page(shop, slug, form)
        flash(gettext("Added to your cart."))
        return redirect_after_post(url_for("catalogue.product", slug=slug))

    return pages


def add_wanted(
    shop: Shop, customer: CustomerRow, address: Mapping[str, str], typed: Fields
) -> None:
    """Put into the cart what the buyer wanted before signing in. Raises Refusal and NotFound."""
    shop.carts.add(customer.id, address["slug"], typed_quantity(typed.get("quantity", "")))
    flash(gettext("Added to your cart."))


def _product_page(shop: Shop, slug: str, form: QuantityForm) -> str:
    return render_template("product.html", product=shop.catalogue.product(slug), form=form)
