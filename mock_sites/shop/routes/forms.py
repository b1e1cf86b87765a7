"""The forms of a purchase: the address, the payment method, and a card."""

from __future__ import annotations

import re
import string
from dataclasses import fields
from datetime import UTC, datetime
from uuid import uuid4

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField

from ...shared.accounts.people import parse_phone
from ...shared.values.cards import (
    Card,
    Network,
    network_of,
    parse_card_number,
    parse_expiry,
    parse_holder,
    parse_security_code,
)
from ...shared.values.money import parse_digits
from ...shared.values.postal_codes import parse_postal_code
from ...shared.values.refusal import Refusal
from ...shared.web.forms import CardNumberField, HiddenTextField, TextField, card_of
from ...shared.web.wording import show_beside_field
from ..domain.address import (
    Address,
    parse_city,
    parse_recipient,
    parse_street,
)
from ..domain.addresses import Draft
from ..domain.payment_methods import chosen_payment_method
from ..store import PaymentMethod

# The value of the card field that stands for the card in the form.
NEW_CARD = "new"
REQUEST_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class AddressForm(FlaskForm):
    """The form of the delivery address."""

    recipient = TextField(lazy_gettext("Recipient's name"), rule=parse_recipient)
    phone = TextField(lazy_gettext("Phone number"), rule=parse_phone)
    city = TextField(lazy_gettext("City"), rule=parse_city)
    street = TextField(lazy_gettext("Street, house, flat"), rule=parse_street)
    postal_code = TextField(lazy_gettext("Postal code"), rule=parse_postal_code)

    def typed(self) -> dict[str, str]:
        """Return the values as they were typed."""
        known = {field.name for field in fields(Draft)}
        return {one.name: one.typed for one in self if one.name in known}

    def address(self) -> Address:
        """Return the parsed values; the form must be valid."""
        return Address(**{field.name: self[field.name].data for field in fields(Address)})


class CheckoutForm(AddressForm):
    """The form of the delivery address and the payment method."""

    # Radio buttons on the page; what may be chosen is the rules' business.
    payment = TextField(lazy_gettext("How would you like to pay?"))
    online_option = TextField(lazy_gettext("Pay online with"))
    card = TextField(lazy_gettext("Choose a card"))

    def payment_method(self) -> PaymentMethod:
        """The payment method that was chosen. Raises Refusal."""
        return chosen_payment_method(self.payment.data or "", self.online_option.data or "")

    def validate(self, extra_validators: object = None) -> bool:
        """Judge each field by itself, and the questions about payment together."""
        fields_are_right: bool = super().validate(extra_validators)
        try:
            self.payment_method()
        except Refusal as refusal:
            show_beside_field(self, refusal)
            return False
        return fields_are_right


class CardForm(FlaskForm):
    """The four values of a card, and whether to keep it.

    The page shows neither the number nor the code again (``card_form.html``).
    """

    card_number = CardNumberField(lazy_gettext("Card number"), rule=parse_card_number)
    card_holder = TextField(lazy_gettext("Card holder"), rule=parse_holder)
    expiry = TextField(lazy_gettext("Expiry"))
    security_code = TextField(lazy_gettext("Security code"))
    save_card = BooleanField(lazy_gettext("Save card"))
    # The request to link it: a form that is sent twice links nothing twice.
    linking = HiddenTextField("", default=lambda: str(uuid4()))

    def __init__(self, now: datetime, **kwargs: object) -> None:
        super().__init__(**kwargs)
        today = now.astimezone(UTC).date()
        self.expiry.rule = lambda text: parse_expiry(text, today)
        self.security_code.rule = lambda text: parse_security_code(text, self._network())

    def _network(self) -> Network | None:
        """The network of the card: its first digits show it, also where the number is mistyped."""
        typed = parse_digits(self.card_number.typed)
        return network_of("".join(c for c in typed if c in string.digits))

    def card(self) -> Card:
        """Return the parsed values; the form must be valid."""
        return card_of(self)

    @property
    def request_id(self) -> str:
        """The id of the request to link the card; a new one where the form holds none."""
        given = self.linking.data or ""
        return given if REQUEST_ID.fullmatch(given) else str(uuid4())

    def is_blank(self) -> bool:
        """Whether nothing was entered."""
        fields = (self.card_number, self.card_holder, self.expiry, self.security_code)
        return not any(field.typed.strip() for field in fields)

    def ending(self) -> str | None:
        """The last four digits of the number, if it is one: all of it that is shown again."""
        try:
            return parse_card_number(self.card_number.typed)[-4:]
        except Refusal:
            return None

    def show(self, refusal: Refusal) -> None:
        """Put a refusal of the vault beside its field; the next try is another request.

        Only if the vault was silent it has to be the same one: it may have been done.
        """
        show_beside_field(self, refusal)
        if refusal.code != "vault.silent":
            self.linking.data = str(uuid4())
