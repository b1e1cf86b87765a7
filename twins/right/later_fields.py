"""Other kinds of fields and buttons for the same values."""

from __future__ import annotations

from typing import Any

from flask import Flask, redirect, request, url_for

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from twins.right.later_structure import MAKE_MAIN
from twins.right.later_words import View, for_signed_in

LABELS = ".row { display: flex; flex-direction: column; } .row > label { order: -1; }"
ERROR = ' aria-invalid="true" aria-describedby="{0}-error"'


@twin("wallet", "W1.4")
def amount_suggests_usual_sums(site: TwinChange) -> None:
    """The field of the amount suggests usual sums; any other can be typed."""
    last = 'dir="ltr", inputmode="decimal", autocomplete="off") }}'
    sums = "".join(f'<option value="{one}"></option>' for one in (100, 300, 500, 1000))
    field = last.replace("autocomplete", 'list="usual-sums", autocomplete')
    site.page("payee.html", last, f'{field}\n  <datalist id="usual-sums">{sums}</datalist>')


@twin("wallet", "W1.2", "W1.3")
def payees_are_buttons(site: TwinChange) -> None:
    """The tiles of the payees are buttons, with the logo and the caption in them."""
    begin = "<a href=\"{{ url_for('pay.payee', slug=payee.slug) }}\">"
    form = '<form action="{{ url_for(\'pay.payee\', slug=payee.slug) }}"><button class="second">'
    site.page("category.html", begin, form)
    end = "{{ _(payee.name) }}"
    site.page("category.html", f"{end}</a>", f"<br>{end}</button></form>")


@twin("wallet", "W2.5")
def payment_methods_are_links(site: TwinChange) -> None:
    """The payment methods of an invoice are links, not the buttons of a form."""
    name = "{{ payment_method_names[source] }}"
    button = f'<button type="submit" name="means" value="{{{{ source }}}}">{name}</button>'
    address = "url_for('invoices.pay', uid=invoice.bill.uid, means=source, successUrl=leave_to)"
    link = f'<a class="button" href="{{{{ {address} }}}}">{name}</a>'
    site.page("means.html", button, link)
    closed = (
        '<button type="submit" name="means" value="{{ source }}" class="second" disabled'
        f' aria-describedby="not-{{{{ source }}}}">{name}</button>'
    )
    span = f'<a role="link" aria-disabled="true" aria-describedby="not-{{{{ source }}}}">{name}</a>'
    site.page("means.html", closed, span)
    begin = '<form method="get" action="{{ url_for(\'invoices.pay\', uid=invoice.bill.uid) }}">'
    site.page("means.html", begin, "<div>")
    hidden = '<input type="hidden" name="successUrl" value="{{ leave_to }}">'
    site.page("means.html", f"    {{% if leave_to %}}{hidden}{{% endif %}}\n", "")
    site.page("means.html", "</form>", "</div>")


@twin("shop", "W2.1", "C1.1", "C3.1")
def quantity_is_a_list_box(site: TwinChange) -> None:
    """The quantity of a product is chosen from one to ten in a list box."""
    row = (
        '{{ forms.row(form.quantity, inputmode="numeric", autocomplete="off", class="quantity") }}'
    )
    wrong = f"{{% if form.quantity.errors %}}{ERROR.format('quantity')}{{% endif %}}"
    chosen = "{% if form.quantity.typed == number | string %} selected{% endif %}"
    box = (
        '<div class="row">{{ form.quantity.label }}{{ forms.error(form.quantity) }}'
        f'<select id="quantity" name="quantity"{wrong}>'
        f"{{% for number in range(1, 11) %}}<option{chosen}>{{{{ number }}}}</option>{{% endfor %}}"
        "</select></div>"
    )
    site.page("product.html", row, box)


@twin("shop", "W2.1")
def online_options_in_a_list_box(site: TwinChange) -> None:
    """The online options are the entries of a list box."""
    page, box = "payment_methods.html", "form.online_option"
    fieldset = (
        f'<fieldset class="online-options" role="radiogroup"{{{{ described({box}) }}}}>\n'
        f"      <legend>{{{{ {box}.label.text }}}}</legend>"
    )
    site.page(page, fieldset, f'<div class="online-options row">\n      {{{{ {box}.label }}}}')
    options = (
        "{% for choice, words in wording.ONLINE_OPTIONS.items() %}{{ option(form.online_option,"
        " choice, words, choice not in available, loop.first and focus is sameas"
        " form.online_option) }}{% endfor %}\n    </fieldset>"
    )
    wrong = f"{{% if {box}.errors %}}{ERROR.format('online_option')}{{% endif %}}"
    states = (
        "{% if choice not in available %} disabled{% endif %}"
        f"{{% if choice == {box}.data %}} selected{{% endif %}}"
    )
    site.page(
        page,
        options,
        f'<select id="online_option" name="online_option"{wrong}><option value="">–</option>'
        "{% for choice, words in wording.ONLINE_OPTIONS.items() %}"
        f'<option value="{{{{ choice }}}}"{states}>{{{{ words }}}}</option>'
        "{% endfor %}</select>\n    </div>",
    )


@twin("shop", "W2.1", "C1.5", "C1.6", "C3.5")
def labels_follow_their_fields(site: TwinChange) -> None:
    """In the page's code a label follows its field; the style puts it above."""
    site.page("forms.html", "  {{ field.label }}\n", "")
    last = "{% else %}{{ field(**more) }}{% endif %}\n"
    site.page("forms.html", last, f"{last}  {{{{ field.label }}}}\n")
    site.file("labels.css", LABELS)
    site.head('<link rel="stylesheet" href="/twin/labels.css">')


@twin("vault", "C2.2")
def languages_are_buttons(site: TwinChange) -> None:
    """The languages are buttons."""
    link = (
        '<a href="{{ address_in(language) }}" lang="{{ language }}" hreflang="{{ language }}"'
        '{% if locale().language == language %} aria-current="true"{% endif %}>{{ name }}</a>'
    )
    kept = (
        '{% for key, value in request.args.items(multi=true) if key != "language" %}'
        '<input type="hidden" name="{{ key }}" value="{{ value }}">{% endfor %}'
    )
    pressed = "{{ 'true' if locale().language == language else 'false' }}"
    button = (
        f'<form action="{{{{ request.path }}}}">{kept}<button class="quiet" name="language"'
        f' value="{{{{ language }}}}" lang="{{{{ language }}}}" aria-pressed="{pressed}">'
        "{{ name }}</button></form>"
    )
    site.page("languages.html", link, button)


@twin("vault", "C2.3")
def main_card_is_a_radio(site: TwinChange) -> None:
    """The main card is one of the radio buttons of the list; a button below sets it."""
    before = '{% if card.main %}<span class="state good">{{ _("Main card") }}</span>\n'
    form = (
        f"      {{% elif card.counts and card is not expired %}}\n{MAKE_MAIN}      {{% endif %}}\n"
    )
    radio = (
        '<label><input type="radio" name="token" value="{{ card.token }}" form="main"'
        ' aria-describedby="card-{{ card.id }}"{% if card.main %} checked{% endif %}'
        "{% if not card.counts or card is expired %} disabled{% endif %}>"
        '{% if card.main %} <span class="state good">{{ _("Main card") }}</span>'
        '{% else %}<span class="visually-hidden">{{ _("Main card") }}</span>{% endif %}</label>\n'
    )
    site.page("cards.html", f"{before}{form}", radio)
    button = (
        '</table>\n<form id="main" class="below" method="post"'
        " action=\"{{ url_for('set_main') }}\">"
        '{{ forms.token() }}<button class="second">{{ _("Set as main") }}</button></form>'
    )
    site.page("cards.html", "</table>", button)

    def add(app: Flask) -> None:
        view = for_signed_in(_chosen(app.view_functions["cards.make_main"]))
        app.add_url_rule("/cards/main", "set_main", view, methods=["POST"])

    site.app(add)


def _chosen(make_main: View) -> View:
    def set_main() -> Any:
        token = request.form.get("token")
        return make_main(token=token) if token else redirect(url_for("cards.index"), 303)

    return set_main
