"""The words for a refusal that every site can meet; each site adds its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import current_app
from flask_babel import format_datetime, get_locale, gettext, lazy_gettext
from wtforms import Form

from ..values.money import Money
from ..values.refusal import Refusal

REFUSALS = {
    "movement.conflict": lazy_gettext(
        "This request was already made with other data. Nothing was done now. Start again."
    ),
    "amount.empty": lazy_gettext("Enter the amount."),
    "amount.not-a-number": lazy_gettext(
        "Enter the amount in digits only, for example 1500.50 or 1 500,50."
    ),
    "amount.ambiguous": lazy_gettext(
        "This amount is ambiguous. Enter the thousands without a comma or a point, for example"
        " 1000.00."
    ),
    "amount.too-precise": lazy_gettext("Enter no more than %(decimals)s decimal places."),
    "amount.not-positive": lazy_gettext("Enter an amount greater than zero."),
    "card_number.empty": lazy_gettext("Enter the card number."),
    "card_number.not-digits": lazy_gettext(
        "Enter the card number in digits. Single spaces or dashes between them are allowed."
    ),
    "card_number.wrong-length": lazy_gettext(
        "This card number has too few or too many digits. Check it against the card."
    ),
    "card_number.mistyped": lazy_gettext("This card number has a typo. Check it against the card."),
    "card_number.not-a-test-card": lazy_gettext(
        "This is not a published test card. Only test cards are accepted here. Never enter a"
        " real card number on this site."
    ),
    "card_holder.empty": lazy_gettext("Enter the card holder's name."),
    "text.too-long": lazy_gettext("Enter no more than %(limit)s characters."),
    "card_holder.not-a-name": lazy_gettext(
        "Enter the name in letters, as on the card, in any language."
    ),
    "expiry.empty": lazy_gettext("Enter the month and year of expiry."),
    "expiry.unreadable": lazy_gettext("Enter the month and year in digits, for example 09/27."),
    "expiry.no-such-month": lazy_gettext("This month does not exist. Enter 01 to 12."),
    "expiry.past": lazy_gettext("This card has expired. Use another card."),
    "expiry.too-far": lazy_gettext("This year is too far in the future. Check it."),
    "security_code.empty": lazy_gettext("Enter the security code."),
    "security_code.wrong-length": lazy_gettext(
        "The security code of this card has %(digits)s digits."
    ),
    "text.card-number": lazy_gettext(
        "This looks like a card number. Do not enter it here. It was not saved."
    ),
    "text.unreadable": lazy_gettext(
        "This text has invalid characters. Enter it again without them."
    ),
    "postal_code.empty": lazy_gettext("Enter the postal code."),
    "postal_code.wrong": lazy_gettext(
        "Enter the postal code in 3 to 10 Latin letters and digits, for example 101000."
    ),
    "phone.empty": lazy_gettext("Enter your phone number."),
    "phone.wrong": lazy_gettext(
        "This is not a phone number. Enter digits only, with the country code, for example +7"
        " 916 123-45-67."
    ),
    "phone.taken": lazy_gettext("This phone number already has an account. Sign in with it."),
    "password.empty": lazy_gettext("Enter your password."),
    "sign-in.wrong": lazy_gettext("The phone number or password is wrong. Check both."),
    "sign-in.locked": lazy_gettext(
        "Too many wrong passwords. You can sign in with this phone number again in %(minutes)s min."
    ),
}


def words_for(refusal: Refusal) -> str:
    """Return the text of a refusal, in the language of the page."""
    wording: Mapping[str, object] = current_app.extensions["wording"]
    facts = {name: _in_words(fact) for name, fact in refusal.facts.items()}
    return str(wording[refusal.code]) % facts


def _in_words(fact: object) -> object:
    """A fact as the page says it: amounts and moments written out, names and hints translated."""
    if isinstance(fact, Money):
        return fact.words(str(get_locale()))
    if isinstance(fact, datetime):
        return format_datetime(fact, "medium")
    return gettext(fact) if isinstance(fact, str) else fact


def show_beside_field(form: Form, refusal: Refusal) -> None:
    """Put a refusal beside the form field that it belongs to, or above the form."""
    words = words_for(refusal)
    if refusal.field is not None and refusal.field in form:
        form[refusal.field].errors = [*form[refusal.field].errors, words]
    else:
        form.form_errors.append(words)
