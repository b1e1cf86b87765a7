"""Other pages on the way of a payment of the wallet's own, from signing in to the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, redirect, render_template, request, url_for
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.web.sign_in import SignInForm, signed_in_person
from mock_sites.wallet.routes import current_wallet

DIGITS = """\
const boxes = [...document.querySelectorAll("[name=digit]")];
const button = document.querySelector("[data-waits-for-digits]");
const settle = () => { button.disabled = boxes.some((box) => box.value.trim() === ""); };
for (const [place, box] of boxes.entries()) {
  box.addEventListener("input", () => {
    if (box.value) boxes[place + 1]?.focus();
    settle();
  });
}
window.addEventListener("pageshow", settle);
settle();
"""


@twin("wallet", "W1.5")
def entered_values_stand_in_read_only_fields(site: TwinChange) -> None:
    """The check page shows what was entered in fields that cannot be changed."""
    site.template("read_only.html", "read_only.html")
    site.page("check.html", "{{ show.facts(payment) }}", '{% include "read_only.html" %}')


@twin("wallet", "W1.6")
def payment_ends_on_a_page_of_thanks(site: TwinChange) -> None:
    """After the code a page thanks and names the sum; the receipt is a link on it."""
    site.template("payment_thanks.html", "payment_thanks.html")

    def after_the_code(confirm: Callable[..., Any]) -> Callable[..., Any]:
        def confirmed(uid: str) -> Any:
            answer = confirm(uid)
            receipt = url_for("payments.receipt", uid=uid)
            if getattr(answer, "location", None) == receipt:
                return redirect(url_for("twin_thanks", uid=uid), 303)
            return answer

        return confirmed

    def thanks(uid: str) -> str:
        payment = current_wallet.payments.get(signed_in_person(), uid)
        return render_template("payment_thanks.html", payment=payment)

    def add(app: Flask) -> None:
        app.add_url_rule("/twin/thanks/<uid>", "twin_thanks", thanks)

    site.route("payments.confirm", after_the_code)
    site.app(add)


@twin("wallet", "W1.6", "W2.6")
def code_is_typed_digit_by_digit(site: TwinChange) -> None:
    """The code has six boxes, one for each digit."""
    site.template("digits.html", "digits.html")
    row = (
        '{{ forms.row(form.code, focus=first_to_fill([form.code]), hint=_("Six digits, sent to your'
        ' phone. The code is valid for five minutes."), value="", required=true,'
        ' inputmode="numeric", autocomplete="one-time-code", dir="ltr") }}'
    )
    site.page("code.html", row, '{% include "digits.html" %}')
    site.page("code.html", 'data-waits-for="code"', "data-waits-for-digits")

    def put_together() -> None:
        digits = "".join(request.form.getlist("digit"))
        if digits:
            request.form = ImmutableMultiDict([*request.form.items(), ("code", digits)])

    def add(app: Flask) -> None:
        app.before_request(put_together)

    site.app(add)
    site.file("digits.js", DIGITS)


@twin("wallet", "W1.4", "W1.6", "W2.6")
def errors_stand_above_the_form(site: TwinChange) -> None:
    """What is wrong is listed above the form, each with a link to its field."""
    site.template("errors.html", "errors_above.html")
    begin = "{% macro errors(form, fields=none, lead=none) %}"
    above = f'{begin}{{% include "errors.html" %}}{{% endmacro %}}'
    above += "{% macro no_errors(form) %}"
    site.page("forms.html", begin, above)
    site.page("forms.html", "{{ error(field) }}\n  ", "")
    site.page("forms.html", '~ (field.id ~ "-error" if field.errors else "")', "")


@twin("wallet", "W1.4")
def amount_is_filled_in(site: TwinChange) -> None:
    """The form of a payee proposes an amount: 500."""
    site.page(
        "payee.html",
        "{{ forms.row(form.amount,",
        '{{ forms.row(form.amount, value=form.amount.typed if request.method == "POST" else "500",',
    )


@twin("wallet", "W1.1", "W1.2", "W1.3")
def popular_payees_stand_above_the_categories(site: TwinChange) -> None:
    """The page of categories begins with tiles of popular payees, Steam among them."""
    site.template("popular.html", "popular.html")
    heading = '<h1>{{ _("What would you like to pay?") }}</h1>'
    site.page("categories.html", heading, f'{heading}{{% include "popular.html" %}}')


@twin("wallet", "W1.1")
def signing_in_takes_two_pages(site: TwinChange) -> None:
    """The wallet asks for the phone number first, and for the password on the next page."""
    site.template("phone_first.html", "phone_first.html")
    site.page(
        "sign_in.html",
        '{{ forms.row(form.phone, focus=focus, type="tel", autocomplete="tel", dir="ltr") }}',
        '{{ forms.row(form.phone, focus=focus, type="tel", autocomplete="username", dir="ltr",'
        " readonly=true) }}",
    )

    def by_steps(sign_in: Callable[..., Any]) -> Callable[..., Any]:
        def step() -> Response | str:
            if request.method == "GET":
                return render_template("phone_first.html", number="")
            if "password" not in request.form:
                number = request.form.get("phone", "").strip()
                if not number:
                    return render_template("phone_first.html", error="Enter your phone number.")
                return render_template("sign_in.html", form=SignInForm())
            answer: Response | str = sign_in()
            return answer

        return step

    site.route("sign_in.sign_in", by_steps)
