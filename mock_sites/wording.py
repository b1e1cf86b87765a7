"""The words for a refusal that every site can meet; each site adds its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import current_app
from flask_babel import get_locale, lazy_gettext
from wtforms import Field, Form, ValidationError

from mock_sites.money import Money
from mock_sites.refusal import Refusal

REFUSALS = {
    "amount.empty": lazy_gettext("Enter the amount."),
    "amount.not-a-number": lazy_gettext("Enter the amount in figures, for example 150.00."),
    "amount.too-precise": lazy_gettext(
        "Enter the amount with no more than %(decimals)s figures after the point."
    ),
    "amount.not-positive": lazy_gettext("Enter an amount greater than zero."),
    "phone.empty": lazy_gettext("Enter your phone number."),
    "phone.wrong": lazy_gettext(
        "This is not a phone number. Enter it with the country code, for example +7 916 123-45-67."
    ),
    "phone.taken": lazy_gettext("This phone number already has an account. Sign in with it."),
    "password.empty": lazy_gettext("Enter your password."),
    "sign-in.wrong": lazy_gettext("The phone number or the password is wrong. Check both."),
    "sign-in.locked": lazy_gettext(
        "Too many wrong passwords. Signing in with this phone number is possible again"
        " in %(minutes)s min."
    ),
}


def words_for(refusal: Refusal) -> str:
    """What the buyer reads for a refusal, in the language of the page."""
    wording: Mapping[str, object] = current_app.extensions["wording"]
    facts = {name: _in_words(fact) for name, fact in refusal.facts.items()}
    return str(wording[refusal.code]) % facts


def _in_words(fact: object) -> object:
    return fact.words(str(get_locale())) if isinstance(fact, Money) else fact


class FollowsRule:
    """A form validator that lets a rule of the domain judge what was typed."""

    def __init__(self, rule: Callable[[str], object]) -> None:
        self._rule = rule

    def __call__(self, form: Form, field: Field) -> None:
        """Raise the rule's refusal as this field's error."""
        try:
            self._rule(field.data or "")
        except Refusal as refusal:
            raise ValidationError(words_for(refusal)) from refusal


def show_beside_field(form: Form, refusal: Refusal) -> None:
    """Put a refusal beside the form field that it belongs to, or above the form."""
    words = words_for(refusal)
    if refusal.field is not None and refusal.field in form:
        form[refusal.field].errors = [*form[refusal.field].errors, words]
    else:
        form.form_errors.append(words)
