"""The documented words a second time on a page, and more words beside them."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin

CONTENT = "{% block content %}{% endblock %}"
NAV = (
    '<nav aria-label="Below"><ul>'
    '<li><a href="{{ url_for(\'pay.index\') }}">{{ _("Pay") }}</a></li>'
    '<li><a href="{{ url_for(\'home.history\') }}">{{ _("History") }}</a></li>'
    "</ul></nav>"
)


@twin("wallet", "W2.3")
def home_has_another_view(site: TwinChange) -> None:
    """Below the recent history stands a link View all, whether an invoice is unpaid or not."""
    link = '<p><a href="{{ url_for(\'home.history\') }}">{{ _("View") }} all</a></p>'
    table = "{{ list.table(entries) }}"
    site.page("home.html", table, f"{table}\n  {link}")


@twin("wallet", "W1.1", "W1.4", "W2.6")
def menu_stands_in_the_footer_too(site: TwinChange) -> None:
    """The footer of the wallet repeats the entries Pay and History of the menu."""
    signed_in = f"{{% if current_user.is_authenticated %}}{NAV}{{% endif %}}"
    site.page(
        "wallet_layout.html",
        "{% block menu %}",
        f"{{% block versions %}}{signed_in}{{% endblock %}}{{% block menu %}}",
    )


@twin("wallet", "W1.5", "W1.6")
def confirm_says_what_comes_next(site: TwinChange) -> None:
    """Confirm says on each page what comes after it: a code, then the payment."""
    confirm = '{{ _("Confirm") }}</button>'
    site.page("check.html", confirm, '{{ _("Confirm") }} and get a code</button>')
    site.page("code.html", confirm, '{{ _("Confirm") }} and pay</button>')


@twin("shop", "W2.1", "C1.1", "C1.7", "C3.6")
def recently_viewed_stands_below(site: TwinChange) -> None:
    """Every page of the shop ends with the products that were viewed last."""
    strip = (
        '<section aria-labelledby="viewed"><h2 id="viewed">Recently viewed</h2>'
        '<ul class="plain">{% for slug, name in [("teapot", "Porcelain teapot"),'
        ' ("lamp", "Reading lamp")] %}'
        "<li><a href=\"{{ url_for('catalogue.product', slug=slug) }}\">{{ _(name) }}</a></li>"
        "{% endfor %}</ul></section>"
    )
    site.page("layout.html", CONTENT, CONTENT + strip)


@twin("shop", "W2.2", "C1.5", "C1.6", "C3.5")
def newsletter_is_offered_on_every_page(site: TwinChange) -> None:
    """Below every page is a form for news by e-mail, with a tick and a button of its own."""
    form = (
        '<form class="card narrow" method="post" action="{{ url_for(\'newsletter\') }}">'
        '<h2>News by e-mail</h2><input type="hidden" name="csrf_token" value="{{ csrf_token() }}">'
        '<p><label for="news-mail">E-mail</label> <input id="news-mail" name="mail" type="email">'
        '</p><p><label><input type="checkbox" name="offers" value="y"> Also send me offers</label>'
        '</p><button class="second">Confirm subscription</button></form>'
    )

    def subscribe() -> Response:
        asked = bool(request.form.get("mail"))
        flash("Thank you, we will write to you." if asked else "Enter an e-mail address.")
        return redirect(url_for("catalogue.home"), 303)

    site.page("layout.html", CONTENT, CONTENT + form)
    site.app(lambda app: app.add_url_rule("/newsletter", "newsletter", subscribe, methods=["POST"]))
