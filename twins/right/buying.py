"""Other carts and checkouts of the shop."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Flask, redirect, render_template, url_for
from markupsafe import Markup

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.values.money import Money
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shared.web.web import money_words
from mock_sites.shop.routes import current_shop

MINOR = re.compile(r"[.,]\d\d(?!\d)")
TICK_BEGINS = {"cart.html": "<label>\n", "mobile/cart.html": '<label class="tick">\n'}
TICK_ENDS = '<span class="visually-hidden">{{ _(product.name) }}</span>\n'
TICK = '<input type="checkbox" form="buy"'
PRICE = "{{ product.price | money }}"
SAVES = "{% if card_form.save_card.data %} checked{% endif %}"
ORDERS = ("checkout.send", "mobile.pay", "mobile.done")


@twin("shop", "C1.2", "C3.2")
def ticks_are_called_select(site: TwinChange) -> None:
    """Each tick box of the cart is called "Select"; its row names the product."""
    for page in TICK_BEGINS:
        site.page(page, TICK, f'{TICK} aria-label="Select"')
        site.page(page, TICK_ENDS, "")


@twin("shop", "C1.1", "C1.2", "W2.1")
def goods_have_an_old_price(site: TwinChange) -> None:
    """A product shows its old price, struck through, before the price it costs now."""
    price = f"<s>{{{{ product.price | old | money }}}}</s> {PRICE}"
    for page in ("catalogue.html", "product.html", "cart.html"):
        site.page(page, PRICE, price)

    def add(app: Flask) -> None:
        dearer = lambda price: Money(price.minor * 5 // 4, price.currency)  # noqa: E731
        app.add_template_filter(dearer, "old")

    site.app(add)


@twin("shop", "C1.2", "C3.3", "W2.1", "W2.2")
def kopeks_are_written_small(site: TwinChange) -> None:
    """The decimals of an amount stand in an element of their own, in small type."""

    def small(money: Money, *, signed: bool = False) -> Markup:
        words = money_words(money, signed=signed)
        found = MINOR.search(words)
        if found is None:
            return Markup.escape(words)
        before, after = words[: found.start()], words[found.end() :]
        return Markup('{}<span class="kopeks">{}</span>{}').format(before, found[0], after)

    def add(app: Flask) -> None:
        app.add_template_filter(small, "money")

    site.app(add)
    site.file("kopeks.css", ".kopeks { font-size: .7em }")
    site.head('<link rel="stylesheet" href="/twin/kopeks.css">')


@twin("shop", "C1.3", "C1.4", "C1.6")
def payment_methods_have_no_heading(site: TwinChange) -> None:
    """The name of the block Payment methods is plain text, not a heading."""
    page = "payment_methods.html"
    site.page(
        page, '<section class="card" aria-labelledby="payment-heading">', '<div class="card">'
    )
    site.page(page, "</section>", "</div>")
    heading = '<h2 id="payment-heading">{{ _("Payment methods") }}</h2>'
    site.page(page, heading, '<strong>{{ _("Payment methods") }}</strong>')


@twin("shop", "C1.4", "C1.5")
def add_card_has_a_page_of_its_own(site: TwinChange) -> None:
    """Add card leads to a page with the form of the card only; Confirm leads back."""
    site.template("card_page.html", "card_page.html")
    site.page(
        "checkout.html",
        "{% block content %}",
        '{% block content %}{% if cards and (request.args.get("card") == "new" or'
        ' request.form.get("press") == "confirm-card") %}{% include "card_page.html" %}{% else %}',
    )
    site.page("checkout.html", "</form>\n{% endblock %}", "</form>\n{% endif %}{% endblock %}")


@twin("shop", "C1.5", "C1.6")
def save_card_is_on_from_the_start(site: TwinChange) -> None:
    """Save card is ticked when the form at the desktop checkout opens."""
    site.page(
        "payment_methods.html",
        SAVES,
        '{% if card_form.save_card.data or request.method == "GET" %} checked{% endif %}',
    )


@twin("shop", "W2.2")
def shop_thanks_for_the_order(site: TwinChange) -> None:
    """After the order is confirmed a page thanks for it; the order is a link on it."""
    site.template("order_thanks.html", "order_thanks.html")

    def after(send: Callable[..., Any]) -> Callable[..., Any]:
        def sent(uid: str) -> Any:
            answer = send(uid)
            location = getattr(answer, "location", None)
            order = current_shop.checkouts.get(signed_in_person().id, uid).order
            if order is not None and location == url_for("orders.order", uid=order.uid):
                return redirect(url_for("twin_thanks", uid=order.uid), 303)
            return answer

        return sent

    def thanks(uid: str) -> str:
        order = current_shop.order(signed_in_person().id, uid)
        return render_template("order_thanks.html", order=order)

    def add(app: Flask) -> None:
        app.add_url_rule("/twin/thanks/<uid>", "twin_thanks", thanks)

    for endpoint in ORDERS:
        site.route(endpoint, after)
    site.app(add)
