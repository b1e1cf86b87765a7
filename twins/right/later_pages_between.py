"""Pages between two steps of a procedure, and other pages after one."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, flash, redirect, render_template, render_template_string, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.routes import current_shop
from mock_sites.wallet.routes import current_wallet

View = Callable[..., ResponseReturnValue]
PAID = "Paid: {{ _(payment.payee_name) }}, {{ payment.money | money }}."


def _redirects_to(answer: ResponseReturnValue, end: str) -> bool:
    return isinstance(answer, Response) and (answer.location or "").endswith(end)


@twin("wallet", "W1.6", "W2.6")
def after_paying_comes_the_home_page(site: TwinChange) -> None:
    """After the code the home page comes, with a line that says what was paid."""

    def at_home(confirm: View) -> View:
        def confirmed(uid: str) -> ResponseReturnValue:
            answer = confirm(uid)
            if not _redirects_to(answer, f"/payments/{uid}/receipt"):
                return answer
            payment = current_wallet.payments.get(signed_in_person(), uid)
            flash(Markup(render_template_string(PAID, payment=payment)))
            return redirect(url_for("home.index"), 303)

        return confirmed

    site.route("payments.confirm", at_home)


@twin("shop", "W2.1", "C1.1", "C3.1")
def adding_leads_to_a_page_between(site: TwinChange) -> None:
    """Add to cart leads to a page that asks whether to go to the cart or to shop on."""

    def to_the_page_between(add: View) -> View:
        def added(slug: str) -> ResponseReturnValue:
            answer = add(slug)
            if not _redirects_to(answer, f"/products/{slug}"):
                return answer
            return redirect(url_for("added", slug=slug), 303)

        return added

    def page(slug: str) -> str:
        return render_template("added.html", product=current_shop.catalogue.product(slug))

    def add_page(app: Flask) -> None:
        app.add_url_rule("/added/<slug>", "added", page)

    site.template("added.html", "later_added.html")
    site.route("catalogue.add_to_cart", to_the_page_between)
    site.app(add_page)


@twin("shop", "C1.7", "C3.6")
def removing_asks_first(site: TwinChange) -> None:
    """Remove in the cart leads to a page that asks whether to remove the product or to keep it."""

    def asking(remove: View) -> View:
        def asked(slug: str) -> ResponseReturnValue:
            if "sure" in request.form:
                return remove(slug)
            return redirect(url_for("sure_to_remove", slug=slug), 303)

        return asked

    def page(slug: str) -> str:
        return render_template("remove.html", product=current_shop.catalogue.product(slug))

    def add_page(app: Flask) -> None:
        app.add_url_rule("/cart/<slug>/sure", "sure_to_remove", page)

    site.template("remove.html", "later_remove.html")
    site.route("cart.remove", asking)
    site.app(add_page)
