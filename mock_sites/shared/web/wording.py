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
        "This was done before with other data, so nothing was done now. Begin again."
    ),
    "amount.empty": lazy_gettext("Enter the amount."),
    "amount.not-a-number": lazy_gettext(
        "Enter the amount in digits only, for example 1500.50 or 1 500,50."
    ),
    "amount.ambiguous": lazy_gettext(
        "This could mean two amounts. Write the thousands without a comma or a point,"
        " for example 1000.00."
    ),
    "amount.too-precise": lazy_gettext(
        "Enter the amount with no more than %(decimals)s digits after the point."
    ),
    "amount.not-positive": lazy_gettext("Enter an amount greater than zero."),
    "card_number.empty": lazy_gettext("Enter the card number."),
    "card_number.not-digits": lazy_gettext(
        "Enter the card number in digits; single spaces or dashes between them are fine."
    ),
    "card_number.wrong-length": lazy_gettext(
        "This card number has too few or too many figures. Compare it with the card."
    ),
    "card_number.mistyped": lazy_gettext(
        "There is a slip in this card number. Compare it with the card, figure by figure."
    ),
    "card_number.not-a-test-card": lazy_gettext(
        "This is not one of the published test cards, and only those are taken here."
        " Never type the number of a real card into this site."
    ),
    "card_holder.empty": lazy_gettext("Enter the card holder's name."),
    "text.too-long": lazy_gettext("Enter no more than %(limit)s characters."),
    "card_holder.not-a-name": lazy_gettext(
        "Enter the name in letters, as it stands on the card; in any script."
    ),
    "expiry.empty": lazy_gettext("Enter the month and the year of expiry."),
    "expiry.unreadable": lazy_gettext(
        "Enter the month and the year in figures, for example 09/27."
    ),
    "expiry.no-such-month": lazy_gettext("There is no such month. Enter 01 to 12 for the month."),
    "expiry.past": lazy_gettext("This card has expired. Use another one."),
    "expiry.too-far": lazy_gettext("No card is valid for so long. Check the year."),
    "security_code.empty": lazy_gettext("Enter the security code."),
    "security_code.wrong-length": lazy_gettext(
        "The security code of this card has %(digits)s figures."
    ),
    "text.card-number": lazy_gettext(
        "This looks like a card number. Do not type it here. It was not kept."
    ),
    "text.unreadable": lazy_gettext(
        "This text has characters that cannot be read. Type it again without them."
    ),
    "postal_code.empty": lazy_gettext("Enter the postal code."),
    "postal_code.wrong": lazy_gettext(
        "Enter the postal code in 3 to 10 Latin letters and digits, for example 101000."
    ),
    "phone.empty": lazy_gettext("Enter your phone number."),
    "phone.wrong": lazy_gettext(
        "This is not a phone number. Enter only its digits, with the country code, for example"
        " +7 916 123-45-67."
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
