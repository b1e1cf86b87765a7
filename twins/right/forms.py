"""Forms that ask for the same values in another way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_login import login_user

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web.forms import TextField
from mock_sites.shared.web.sign_in import SignedIn, SignInForm, safe_redirect_path
from mock_sites.shared.web.wording import show_beside_field
from mock_sites.shop.domain.address import parse_recipient
from mock_sites.shop.routes.drafts import keep
from mock_sites.shop.routes.forms import AddressForm, CheckoutForm

View = Callable[..., ResponseReturnValue]


@twin("shop", "W2.1")
def online_options_are_a_list_box(site: TwinChange) -> None:
    """The ways to pay online stand in a list box, not as radio buttons."""
    loop = (
        "{% for choice, words in wording.ONLINE_OPTIONS.items() %}{{ option(form.online_option,"
        " choice, words, choice not in available, loop.first and focus is sameas"
        " form.online_option) }}{% endfor %}"
    )
    box = (
        '<select name="{{ form.online_option.name }}"'
        ' aria-label="{{ form.online_option.label.text }}"><option value="">–</option>'
        "{% for choice, words in wording.ONLINE_OPTIONS.items() %}"
        '<option value="{{ choice }}"{% if form.online_option.data == choice %} selected{% endif %}'
        "{% if choice not in available %} disabled{% endif %}>{{ words }}</option>"
        "{% endfor %}</select>"
    )
    site.page("payment_methods.html", loop, box)


@twin("shop", "C1.5", "C1.6", "C3.5")
def expiry_is_two_list_boxes(site: TwinChange) -> None:
    """The expiry is chosen from two list boxes, month and year."""
    site.template("expiry.html", "expiry_in_two_list_boxes.html")
    site.page(
        "card_form.html",
        '  {{ forms.row(form.expiry, focus=focus, hint=_("for example 09/27"), inputmode="numeric",'
        ' autocomplete="cc-exp", maxlength=12, dir="ltr") }}\n',
        '{% include "expiry.html" %}\n',
    )

    def joined(process: Any) -> Any:
        def taken(self: TextField, values: list[str]) -> None:
            parts = [part for part in values if part]
            process(self, ["/".join(parts)] if self.short_name == "expiry" else values)

        return taken

    site.wrap(TextField, "process_formdata", joined)


@twin("shop", "C1.5", "C3.5")
def security_code_comes_before_the_holder(site: TwinChange) -> None:
    """The holder is the last of the four values, not the second."""
    holder = '{{ forms.row(form.card_holder, focus=focus, autocomplete="cc-name", dir="auto") }}\n'
    site.page("card_form.html", holder)
    site.page("card_form.html", "</div>\n{% endmacro %}", f"</div>\n{holder}{{% endmacro %}}")


@twin("vault", "C2.2")
def languages_are_a_list_box(site: TwinChange) -> None:
    """The vault's language is chosen from a list box and confirmed with OK."""
    site.template("languages.html", "languages_in_a_list_box.html")


@twin("shop", "C1.1", "C1.2", "C3.2")
def cart_is_ticked_from_the_start(site: TwinChange) -> None:
    """Every product in the cart is ticked when the page opens."""
    for template in ("cart.html", "mobile/cart.html"):
        site.page(
            template,
            "{%- if product.slug in ticked %} checked",
            '{%- if product.slug in ticked or request.method == "GET" %} checked',
        )


@twin("shop", "C1.2", "C1.3", "W2.1")
def address_has_a_page_of_its_own(site: TwinChange) -> None:
    """The checkout asks for the address on a page of its own, before the payment."""
    section = '    <section class="card" aria-labelledby="delivery">\n'
    end = '    </section>\n    {% include "payment_methods.html" %}\n'
    confirm = '<button>{{ _("Confirm order") }}</button>'
    hidden = (
        "    {% for field in address %}"
        '<input type="hidden" name="{{ field.name }}" value="{{ field.typed }}">{% endfor %}\n'
    )
    go_on = '<button name="press" value="address">Continue to payment</button>'
    for piece, instead in (
        ('<form class="split"', SECOND_STEP + '<form class="split"'),
        (
            '_("Confirm order") }}</button>\n  <div>',
            '_("Confirm order") }}</button>{% endif %}\n  <div>',
        ),
        ('  <button class="visually-hidden"', '  {% if second %}<button class="visually-hidden"'),
        (section, f"{{% if second %}}\n{hidden}    {{% else %}}\n{section}"),
        (
            end,
            "    </section>\n    {% endif %}\n"
            '    {% if second %}{% include "payment_methods.html" %}{% endif %}\n',
        ),
        (
            f"    {confirm}\n  </section>",
            f"    {{% if second %}}{confirm}{{% else %}}{go_on}{{% endif %}}\n  </section>",
        ),
    ):
        site.page("checkout.html", piece, instead)
    site.route("checkout.send", _address_first)


SECOND_STEP = """\
{% set right = not (address | selectattr("errors") | list) %}
{% set second = right and (request.args.step or request.args.card or request.form.press) %}
"""


def _address_first(send: View) -> View:
    def send_step(uid: str) -> ResponseReturnValue:
        if request.form.get("press") != "address" or not AddressForm().validate():
            return send(uid=uid)
        keep(uid, **CheckoutForm().typed(), began_with="")
        return redirect(url_for("checkout.checkout", uid=uid, step="payment"), 303)

    return send_step


class RegisterForm(SignInForm):
    """Name, phone and password of a new buyer."""

    name = TextField(lazy_gettext("Name"), rule=parse_recipient)


@twin("shop", "C1.1", "C3.1", "W2.1")
def visitors_are_asked_to_register(site: TwinChange) -> None:
    """Visitors who have to sign in come to a page that registers them; it links to Sign in."""
    site.template("register.html", "register.html")

    def add(app: Flask) -> None:
        people = app.extensions["people"]

        def register() -> ResponseReturnValue:
            form, wanted = RegisterForm(), safe_redirect_path(request.args.get("next"))
            if form.validate_on_submit():
                try:
                    person = people.add(form.phone.data, form.password.data, form.name.data)
                except Refusal as refusal:
                    show_beside_field(form, refusal)
                else:
                    login_user(SignedIn(people.begin_session(person.id), person))
                    return redirect(wanted or "/", 303)
            return render_template("register.html", form=form, wanted=wanted)

        app.add_url_rule("/register", "register", register, methods=["GET", "POST"])

        @app.after_request
        def register_first(response: Any) -> Any:
            asks = (response.location or "").startswith("/sign-in?")
            if asks and not (request.endpoint or "").startswith("sign_in."):
                response.location = response.location.replace("/sign-in?", "/register?")
            return response

    site.app(add)


@twin("vault", "C2.1", "C2.2")
def home_lets_the_password_be_changed(site: TwinChange) -> None:
    """The vault's home page has a form in which a signed-in buyer changes the password."""
    form = (
        '<section class="card" aria-labelledby="secret"><h2 id="secret">Change your password</h2>'
        '<form method="get"><div class="field"><label for="old">{{ _("Password") }}</label>'
        '<input id="old" type="password" autocomplete="current-password"></div>'
        '<div class="field"><label for="new">New password</label>'
        '<input id="new" type="password" autocomplete="new-password"></div>'
        "<button>Change it</button></form></section>"
    )
    cards = "<p>{% if cards %}"
    site.page("home.html", cards, form + cards)
