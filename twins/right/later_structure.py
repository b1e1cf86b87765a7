"""What stands in one place elsewhere stands folded, in a menu, twice, or in a line here."""

from __future__ import annotations

from typing import Any

from flask import Flask, redirect, request, url_for
from flask_login import current_user

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shop.routes.drafts import keep
from mock_sites.shop.routes.forms import CheckoutForm
from mock_sites.wallet.domain.bills import Invoice
from twins.right.later_words import View, said

MORE_WAYS = said("More options", "Другие варианты", "خيارات أخرى")
COMMA = '{{ "،" if locale().language == "ar" else "," }}'
# The arrow presses it; the page comes back with the other state and all that was typed.
ARROW = (
    '<div class="methods">\n    {% if chosen %}<h2 id="payment-heading"><button class="quiet"'
    " name=\"press\" value=\"{{ 'open' if folded else 'fold' }}-methods\""
    " aria-expanded=\"{{ 'false' if folded else 'true' }}\">{{ _(\"Payment methods\") }}"
    ' <span aria-hidden="true">{{ "▾" if folded else "▴" }}</span></button></h2>'
    '<p class="chosen">{{ words_of.named(chosen) }}</p>'
    '{% else %}<h2 id="payment-heading">{{ _("Payment methods") }}</h2>{% endif %}\n'
    '    {% if folded %}<input type="hidden" name="payment" value="card">'
    '<input type="hidden" name="card" value="{{ chosen.token }}">{% else %}'
)
# How the reference sets a main card.
MAKE_MAIN = """\
      <form method="post" action="{{ url_for('cards.make_main', token=card.token) }}">
        {{ forms.token() }}
        <button class="second small" aria-describedby="card-{{ card.id }}">\
{{ _("Set as main") }}</button>
      </form>
"""


@twin("wallet", "W1.1")
def menu_behind_a_button(site: TwinChange) -> None:
    """The menu is folded: its own button opens it."""
    nav = "<nav aria-label=\"{{ _('Menu') }}\">\n  "
    site.page(
        "wallet_layout.html",
        f"{nav}<ul>",
        f'{nav}<details><summary>{{{{ _("Menu") }}}}</summary><ul>',
    )
    site.page("wallet_layout.html", "</ul>\n</nav>", "</ul></details>\n</nav>")


@twin("wallet", "W2.4")
def invoices_unfold(site: TwinChange) -> None:
    """Each invoice is a box that unfolds; the newest and the unpaid ones are open."""
    site.template("invoices.html", "later_invoices.html")


@twin("wallet", "W2.3")
def notice_tells_what_is_due(site: TwinChange) -> None:
    """The notice names the newest unpaid invoices, and View is the button of a form."""

    def add(app: Flask) -> None:
        def due() -> list[Invoice]:
            recent = app.extensions["wallet"].bills.recent(current_user.person)
            return [one for one in recent if one.bill.status == "WAITING"][:3]

        app.jinja_env.globals["due"] = due

    site.app(add)
    link = '<a class="button" href="{{ url_for(\'invoices.index\') }}">{{ _("View") }}</a>'
    named = "<bdi>{{ _(one.shop) }}</bdi>: <bdi>{{ one.bill.money | money }}</bdi>"
    form = (
        f"<ul>{{% for one in due() %}}<li>{named}</li>{{% endfor %}}</ul>\n"
        "  <form action=\"{{ url_for('invoices.index') }}\">"
        '<input type="submit" value="{{ _(\'View\') }}"></form>'
    )
    site.page("home.html", link, form)


@twin("wallet", "W1.5")
def check_is_one_line(site: TwinChange) -> None:
    """The values to check stand in one line of text."""
    line = (
        '<p>{{ _("Payee") }} – <strong>{{ _(payment.payee_name) }}</strong>'
        f"{{% for label, value in payment.entered.items() %}}{COMMA} "
        f"{{{{ _(label) }}}} – <strong><bdi>{{{{ value }}}}</bdi></strong>{{% endfor %}}{COMMA} "
        '{{ _("Amount") }} – <strong><bdi>{{ payment.money | money }}</bdi></strong>.</p>'
    )
    site.page("check.html", "{{ show.facts(payment) }}", line)


@twin("vault", "C2.3")
def card_actions_in_a_menu(site: TwinChange) -> None:
    """What can be done with a card stands in a menu that its row unfolds."""
    can_be_main = "{% elif card.counts and card is not expired %}\n"
    edit = (
        "<td>{% if card.counts %}<a href=\"{{ url_for('cards.edit', token=card.token) }}\""
        ' aria-describedby="card-{{ card.id }}">{{ _("Edit") }}</a>{% endif %}</td>'
    )
    link = edit.removeprefix("<td>{% if card.counts %}").removesuffix("{% endif %}</td>")
    menu = (
        "<td>{% if card.counts %}<details><summary aria-label=\"{{ _('Action') }}: "
        '{{ card.brand }} {{ card.masked_number }}">⋮</summary>\n'
        f"{{% if not card.main and card is not expired %}}{MAKE_MAIN}{{% endif %}}"
        f"{link}</details>{{% endif %}}</td>"
    )
    site.page("cards.html", f"      {can_be_main}{MAKE_MAIN}", "")
    site.page("cards.html", edit, menu)


@twin("shop", "C1.3", "C1.4")
def block_opens_on_the_server(site: TwinChange) -> None:
    """The arrow of Payment methods is a button that sends the form; the page comes back open."""
    page = "payment_methods.html"
    site.page(page, "not has_errors %}", "not has_errors and not request.args.methods %}")
    site.page(page, '<details class="methods"{% if not folded %} open{% endif %}>', ARROW)
    summary = (
        '<summary><h2 id="payment-heading">{{ _("Payment methods") }}</h2>{% if chosen %} '
        '<span class="chosen">{{ words_of.named(chosen) }}</span>{% endif %}</summary>'
    )
    site.page(page, summary)
    site.page(page, "</details>", "{% endif %}\n  </div>")

    def add(app: Flask) -> None:
        app.view_functions["checkout.send"] = _opening(app.view_functions["checkout.send"])

    site.app(add)


def _opening(send: View) -> View:
    def opened(uid: str) -> Any:
        pressed = request.form.get("press", "")
        if pressed not in ("open-methods", "fold-methods"):
            return send(uid=uid)
        keep(uid, **CheckoutForm().typed(), began_with="")
        methods = "open" if pressed == "open-methods" else None
        return redirect(url_for("checkout.checkout", uid=uid, methods=methods), 303)

    return opened


@twin("shop", "C3.4")
def other_methods_are_folded(site: TwinChange) -> None:
    """On a phone the ways to pay without a card are folded below Add new card."""
    loop = "{% for value, payment_method in other_methods.items() %}\n"
    opened = "{% if chosen in other_methods %} open{% endif %}"
    summary = f"<summary>{MORE_WAYS}</summary>"
    folded = f'<li role="none"><details{opened}>{summary}<ul class="ways" role="none">\n'
    site.page("mobile/payment.html", f"  {loop}", f"  {folded}{loop}")
    site.page(
        "mobile/payment.html",
        "{% endfor %}\n</ul>",
        "{% endfor %}\n  </ul></details></li>\n</ul>",
    )


@twin("shop", "C3.2", "C3.3")
def pay_stands_twice(site: TwinChange) -> None:
    """On a phone Pay stands above the purchase as well as below it."""
    pay = '<p><button{}>{{{{ _("Pay") }}}}</button></p>\n'
    site.page(
        "mobile/cart.html", '<ul class="lines">', pay.format(' form="buy"') + '<ul class="lines">'
    )
    purchase = '<ul class="purchase card">'
    site.page("mobile/sheet.html", purchase, pay.format(' form="sheet"') + purchase)
    site.page(
        "mobile/sheet.html",
        '<form method="post" novalidate>',
        '<form id="sheet" method="post" novalidate>',
    )
