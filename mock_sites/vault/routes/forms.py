"""The forms of a card: what is asked for, and which rule judges each value (C2.3, C2.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask_babel import get_locale, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField

from ...shared.values.cards import (
    Card,
    network_of,
    parse_card_number,
    parse_expiry,
    parse_holder,
    parse_security_code,
)
from ...shared.values.refusal import Refusal
from ...shared.web.forms import CardNumberField, SecretField, TextField
from ...shared.web.wording import FollowsRule
from ..domain.billing import (
    COUNTRIES,
    Billing,
    parse_address,
    parse_country,
    parse_postal_code,
)
from ..domain.cards import CardDetails


def _countries() -> list[tuple[str, str]]:
    """The countries by their names in the language of the page."""
    names = get_locale().territories
    return sorted(((code, names.get(code, code)) for code in COUNTRIES), key=lambda one: one[1])


class BillingForm(FlaskForm):
    """The billing address, with the words of its rules."""

    country = SelectField(
        lazy_gettext("Country"), [FollowsRule(parse_country)], validate_choice=False
    )
    postal_code = TextField(lazy_gettext("Postal code"), [FollowsRule(parse_postal_code)])
    address = TextField(lazy_gettext("Address"), [FollowsRule(parse_address)])

    def offer_countries(self) -> None:
        """Name the countries to choose from."""
        self.country.choices = [("", "–"), *_countries()]

    def billing(self) -> Billing:
        """What was typed, once the form is valid."""
        return Billing(
            parse_country(self.country.data or ""),
            parse_postal_code(self.postal_code.data or ""),
            parse_address(self.address.data or ""),
        )


class EditForm(BillingForm):
    """What of a linked card may be changed: never its number."""

    card_holder = TextField(lazy_gettext("Card holder"), [FollowsRule(parse_holder)])
    expiry = TextField(lazy_gettext("Expiry"))

    def details(self, today: date) -> CardDetails:
        """What was typed, once the form is valid."""
        return CardDetails(
            parse_holder(self.card_holder.data or ""),
            parse_expiry(self.expiry.data or "", today),
            self.billing(),
        )


class CardForm(EditForm):
    """Everything that is asked for to link a card (C2.4)."""

    card_number = CardNumberField(lazy_gettext("Card number"), [FollowsRule(parse_card_number)])
    security_code = SecretField(lazy_gettext("Security code"))

    def card(self, today: date) -> Card:
        """What was typed, once the form is valid."""
        number = parse_card_number(self.card_number.data or "")
        return Card(
            number=number,
            holder=parse_holder(self.card_holder.data or ""),
            expiry=parse_expiry(self.expiry.data or "", today),
            security_code=parse_security_code(self.security_code.data or "", network_of(number)),
        )


def rules_of(form: EditForm, today: date) -> dict[str, list[FollowsRule]]:
    """The rules that need to know more than the field's own text: the date, and the network."""
    rules: dict[str, Callable[[str], object]] = {"expiry": lambda text: parse_expiry(text, today)}
    if isinstance(form, CardForm):
        network = network_of(_number(form))
        rules["security_code"] = lambda text: parse_security_code(text, network)
    return {name: [FollowsRule(rule)] for name, rule in rules.items()}


def _number(form: CardForm) -> str:
    """The number that was typed; nothing where the rules do not accept it."""
    try:
        return parse_card_number(form.card_number.data or "")
    except Refusal:
        return ""
