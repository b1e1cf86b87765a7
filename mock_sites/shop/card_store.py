"""The shop's tables about cards. No column of them could hold a card's number or its code."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..shared.values.cards import Expiry
from .base import UID_LENGTH, Base

LONGEST_TOKEN = 200
# What a buyer typed is kept as it is until the rules judge it, but not without end.
LONGEST_TYPED = 300


class CardListRow(Base):
    """The times of the last and the next request for a customer's cards at the vault.

    The list at the vault is the truth; :class:`LinkedCardRow` is what it said last.
    """

    __tablename__ = "card_lists"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(index=True)
    # The moment of the question whose answer is kept: a slower, older answer must not replace it.
    asked_at: Mapped[datetime | None]


class LinkedCardRow(Base):
    """A card of a customer that is linked in the vault, or is being checked there."""

    __tablename__ = "linked_cards"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    token: Mapped[str] = mapped_column(String(LONGEST_TOKEN), primary_key=True)
    position: Mapped[int]
    brand: Mapped[str] = mapped_column(String(40))
    last_four: Mapped[str] = mapped_column(String(4))
    holder: Mapped[str] = mapped_column(String(200))
    expiry_year: Mapped[int]
    expiry_month: Mapped[int]
    main: Mapped[bool]
    being_checked: Mapped[bool]

    @property
    def expiry(self) -> Expiry:
        """The last month in which it can be used."""
        return Expiry(self.expiry_year, self.expiry_month)


class LinkingRow(Base):
    """The customer of a request to link a card: the vault's outcome names only the request.

    ``checkout_uid`` is kept if the buyer leaves for a challenge, and goes on there afterwards.
    """

    __tablename__ = "linkings"

    request_id: Mapped[str] = mapped_column(String(UID_LENGTH), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    checkout_uid: Mapped[str | None] = mapped_column(ForeignKey("checkouts.uid"))


class CardPaymentRow(Base):
    """An order's payment by card; the vault knows it by the order's uid.

    ``due_at`` is when the shop asks the vault what became of it, should it not have heard.
    """

    __tablename__ = "card_payments"

    order_number: Mapped[int] = mapped_column(ForeignKey("orders.number"), primary_key=True)
    brand: Mapped[str] = mapped_column(String(40))
    last_four: Mapped[str] = mapped_column(String(4))
    due_at: Mapped[datetime] = mapped_column(index=True)


class DraftRow(Base):
    """The values that a buyer has typed into a checkout so far. Nothing of a card.

    ``began_with`` says which address the form was opened with, ``payment``, ``online_option`` and
    ``card`` what was chosen to pay with: a linked card by its token.
    """

    __tablename__ = "checkout_drafts"

    checkout_uid: Mapped[str] = mapped_column(ForeignKey("checkouts.uid"), primary_key=True)
    recipient: Mapped[str] = mapped_column(String(LONGEST_TYPED))
    phone: Mapped[str] = mapped_column(String(LONGEST_TYPED))
    city: Mapped[str] = mapped_column(String(LONGEST_TYPED))
    street: Mapped[str] = mapped_column(String(LONGEST_TYPED))
    postal_code: Mapped[str] = mapped_column(String(LONGEST_TYPED))
    began_with: Mapped[str] = mapped_column(String(LONGEST_TYPED))
    payment: Mapped[str] = mapped_column(String(LONGEST_TYPED))
    online_option: Mapped[str] = mapped_column(String(LONGEST_TYPED))
    card: Mapped[str] = mapped_column(String(LONGEST_TYPED))


class AddressRow(Base):
    """An address that a customer has used."""

    __tablename__ = "addresses"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    recipient: Mapped[str] = mapped_column(String(100))
    phone: Mapped[str] = mapped_column(String(16))
    city: Mapped[str] = mapped_column(String(100))
    street: Mapped[str] = mapped_column(String(200))
    postal_code: Mapped[str] = mapped_column(String(10))
    used_at: Mapped[datetime]
