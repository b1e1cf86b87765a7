"""A card in the body of a control, under the rules of the sites' forms."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from ..values.cards import (
    Card,
    network_of,
    parse_card_number,
    parse_expiry,
    parse_holder,
    parse_security_code,
)
from ..web.received import CardNumber, Received
from .control import E164, Typed

# Neither the text of a model nor of its errors repeats what was typed for a card.
Unshown = Annotated[Typed, Field(repr=False)]


class CardToLink(Received, extra="forbid"):
    """A card, its four values as they are typed into a form, and the phone of its holder."""

    phone: str = Field(pattern=E164)
    number: Annotated[Unshown, CardNumber()]
    holder: Unshown
    expiry: Unshown
    security_code: Unshown

    def card(self, today: date) -> Card:
        """The card, if the rules accept it. Raises Refusal as a form shows it."""
        number = parse_card_number(self.number)
        return Card(
            number=number,
            holder=parse_holder(self.holder),
            expiry=parse_expiry(self.expiry, today),
            security_code=parse_security_code(self.security_code, network_of(number)),
        )
