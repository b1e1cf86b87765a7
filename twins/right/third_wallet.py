"""Pages of a wallet that say the same in another order, or say more than they must."""

from __future__ import annotations

from flask import Flask

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.values.money import Money
from twins.three_languages import said

NOTICE = (
    "{% if unpaid %}\n"
    '<section class="notice" aria-label="{{ _(\'Unpaid invoices\') }}">\n'
    '  <p>{{ ngettext("You have %(num)s unpaid invoice.",'
    ' "You have %(num)s unpaid invoices.", unpaid) }}</p>\n'
    '  <a class="button" href="{{ url_for(\'invoices.index\') }}">'
    '{{ _("View") }}</a>\n'
    "</section>\n{% endif %}\n"
)
CODE_FIELD = (
    "{{ forms.row(form.code, focus=first_to_fill([form.code]),"
    ' hint=_("Six digits, sent to your phone. The code is valid for five minutes."), value="",'
    ' required=true, inputmode="numeric", autocomplete="one-time-code", dir="ltr") }}'
)


@twin("wallet", "W1.4")
def account_can_be_remembered(site: TwinChange) -> None:
    """Below the form of a payee a box can be ticked to remember the account, by its full name."""
    remember = said("Remember:", "Запомнить:", "تذكّر:")
    site.page(
        "payee.html",
        '<button>{{ _("Pay") }}</button>',
        '<label class="choice"><input type="checkbox" name="remember" value="y">'
        f" {remember} {{{{ form.account.label.text }}}}</label>\n"
        '  <button>{{ _("Pay") }}</button>',
    )


@twin("wallet", "W1.6", "W2.6")
def two_texts_name_the_code_field(site: TwinChange) -> None:
    """Two texts above the field of the code are its name; it has no label of its own."""
    to_phone = said(
        "for the phone that ends in {{ current_user.person.phone[-2:] }}",
        "для телефона, который оканчивается на {{ current_user.person.phone[-2:] }}",
        "للهاتف الذي ينتهي بـ {{ current_user.person.phone[-2:] }}",
    )
    site.page(
        "code.html",
        CODE_FIELD,
        '<div class="row"><p id="code-what"><strong>{{ form.code.label.text }}</strong></p>'
        f'<p id="code-where">{to_phone}</p>{{{{ forms.error(form.code) }}}}'
        '{{ form.code(value="", required=true, inputmode="numeric", dir="ltr",'
        ' autocomplete="one-time-code", aria_labelledby="code-what code-where") }}</div>',
    )


@twin("wallet", "W2.3")
def unpaid_notice_is_an_alert_at_the_end(site: TwinChange) -> None:
    """The notice of unpaid invoices is an alert, and stands below the history."""
    alert = NOTICE.replace('<section class="notice"', '<div class="notice" role="alert"')
    alert = alert.replace("</section>", "</div>")
    site.page("home.html", NOTICE, "")
    site.page(
        "home.html",
        "{{ list.table(entries) }}\n</section>\n",
        f"{{{{ list.table(entries) }}}}\n</section>\n{alert}",
    )


@twin("wallet", "W2.4", "W2.6")
def invoices_stand_under_their_shop(site: TwinChange) -> None:
    """Invoices are grouped: the name of a shop is the heading above all of its invoices."""
    site.template("invoices.html", "third/invoices_of_shops.html")


@twin("wallet", "W2.4", "W2.6")
def ended_invoices_are_archived(site: TwinChange) -> None:
    """Invoices that wait are in one table; all others in a second one, which opens on demand."""
    site.template("invoices.html", "third/archived_invoices.html")


@twin("wallet", "W1.5")
def fee_and_total_are_shown(site: TwinChange) -> None:
    """Below the amount the check page shows a fee of nothing, and the total to be debited."""
    fee, total = said("Fee", "Комиссия", "الرسوم"), said("Total", "Итого", "الإجمالي")
    site.page(
        "check.html",
        "{{ show.facts(payment) }}",
        '{{ show.facts(payment) }}\n<dl class="facts">'
        f"<dt>{fee}</dt><dd><bdi>{{{{ nothing_in(payment.currency) | money }}}}</bdi></dd>"
        f"<dt>{total}</dt><dd><bdi>{{{{ payment.money | money }}}}</bdi></dd></dl>",
    )

    def add(app: Flask) -> None:
        app.jinja_env.globals["nothing_in"] = lambda currency: Money(0, currency)

    site.app(add)


@twin("wallet", "W1.5")
def payment_can_be_confirmed_later(site: TwinChange) -> None:
    """Before Confirm the check page offers to confirm later, which leads to the home page."""
    later = said("Confirm later", "Подтвердить позже", "التأكيد لاحقًا")
    site.page(
        "check.html",
        '<button>{{ _("Confirm") }}</button>',
        f'<a class="button second" href="{{{{ url_for(\'home.index\') }}}}">{later}</a>'
        '<button>{{ _("Confirm") }}</button>',
    )


@twin("wallet", "W2.5")
def payment_method_is_a_list_box(site: TwinChange) -> None:
    """How to pay an invoice is chosen in a list box, and then continued."""
    site.template("means.html", "third/means_list_box.html")


@twin("wallet", "W1.2", "W1.3")
def captions_stand_below_the_logos(site: TwinChange) -> None:
    """Only the logo of a tile is a link, named by its picture; the caption stands below it."""
    site.page(
        "category.html",
        "<li><a href=\"{{ url_for('pay.payee', slug=payee.slug) }}\">"
        '<img src="{{ url_for(\'pay.logo\', slug=payee.slug) }}" alt="">'
        "{{ _(payee.name) }}</a></li>",
        "<li><figure><a href=\"{{ url_for('pay.payee', slug=payee.slug) }}\">"
        '<img src="{{ url_for(\'pay.logo\', slug=payee.slug) }}" alt="{{ _(payee.name) }}"></a>'
        "<figcaption>{{ _(payee.name) }}</figcaption></figure></li>",
    )
