"""The forms of a card: what is asked for, and which rule judges each value (C2.3, C2.4)."""

from __future__ import annotations

import unicodedata
from datetime import date

from flask_babel import get_locale, lazy_gettext
from flask_wtf import FlaskForm

from ...shared.values.cards import (
    Card,
    Network,
    network_of,
    parse_card_number,
    parse_expiry,
    parse_holder,
    parse_security_code,
)
from ...shared.values.postal_codes import parse_postal_code
from ...shared.web.forms import CardNumberField, ChoiceField, SecretField, TextField, card_of
from ..domain.billing import (
    COUNTRIES,
    Billing,
    parse_address,
    parse_country,
)
from ..domain.cards import CardDetails

# The country of the site's buyers is offered first.
HOME_COUNTRY = "RU"
# CLDR knows these countries, but has their names in a few languages only.
UNNAMED = {"CQ": lazy_gettext("Sark")}


def _countries() -> list[tuple[str, str]]:
    """The countries by their names in the language of the page, the site's own before them."""
    names = get_locale().territories
    named = [(code, names.get(code) or str(UNNAMED.get(code, code))) for code in COUNTRIES]
    return sorted(named, key=lambda one: (one[0] != HOME_COUNTRY, _in_order(one[1])))


def _in_order(name: str) -> str:
    """What a name is sorted by: without accents, in small letters."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class BillingForm(FlaskForm):
    """The billing address, with the words of its rules."""

    country = ChoiceField(lazy_gettext("Country"), rule=parse_country, validate_choice=False)
    postal_code = TextField(lazy_gettext("Postal code"), rule=parse_postal_code)
    address = TextField(lazy_gettext("Address"), rule=parse_address)

    def offer_countries(self) -> None:
        """Name the countries to choose from."""
        self.country.choices = [("", "–"), *_countries()]

    def billing(self) -> Billing:
        """Return the parsed values; the form must be valid."""
        return Billing(self.country.data, self.postal_code.data, self.address.data)


class EditForm(BillingForm):
    """The form of a linked card: everything but its number."""

    card_holder = TextField(lazy_gettext("Card holder"), rule=parse_holder)
    expiry = TextField(lazy_gettext("Expiry"))

    def __init__(self, today: date, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.expiry.rule = lambda text: parse_expiry(text, today)

    def details(self) -> CardDetails:
        """Return the parsed values; the form must be valid."""
        return CardDetails(self.card_holder.data, self.expiry.data, self.billing())


class NewCardForm(EditForm):
    """Everything that is asked for to link a card (C2.4)."""

    card_number = CardNumberField(lazy_gettext("Card number"), rule=parse_card_number)
    security_code = SecretField(lazy_gettext("Security code"))

    def __init__(self, today: date, **kwargs: object) -> None:
        super().__init__(today, **kwargs)
        self.security_code.rule = lambda text: parse_security_code(text, self._network())

    def _network(self) -> Network | None:
        """The network of the number; None if that is not valid (it is read before the code)."""
        return network_of(self.card_number.data or "")

    def card(self) -> Card:
        """Return the parsed values; the form must be valid."""
        return card_of(self)
