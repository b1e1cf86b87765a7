"""C2.4: the vault asks for all the data, and keeps what was entered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import current_app

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.circumstances import is_ascii_typed
from mock_sites.shared.values.cards import Card
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web.forms import CardNumberField
from mock_sites.vault.domain import links
from mock_sites.vault.domain.billing import Billing
from mock_sites.vault.domain.cards import Cards
from mock_sites.vault.routes.forms import NewCardForm

ANY_CODE = "000"


def lenient(site: Change, field: str, accept: Any) -> None:
    """Take what the field's rule would refuse, where ``accept`` has a value for the text."""

    def with_rule(old: Any) -> Any:
        def init(self: NewCardForm, *rest: Any, **more: Any) -> None:
            old(self, *rest, **more)
            strict = self[field].rule

            def rule(text: str) -> Any:
                found = accept(text)
                return strict(text) if found is None else found

            self[field].rule = rule

        return init

    site.wrap(NewCardForm, "__init__", with_rule)


@deviant("C2.4", "vault")
def postal_code_may_be_missing(site: Change) -> None:
    """A card is saved without a postal code."""
    lenient(site, "postal_code", lambda text: None if text.strip() else "")


@deviant("C2.4", "vault")
def address_may_be_missing(site: Change) -> None:
    """A card is saved without a billing address."""
    lenient(site, "address", lambda text: None if text.strip() else "")


@deviant("C2.4", "vault")
def country_may_be_missing(site: Change) -> None:
    """A card is saved without a country."""
    lenient(site, "country", lambda text: text or "RU")


@deviant("C2.4", "vault")
def security_code_may_be_missing(site: Change) -> None:
    """A card is saved without its security code."""
    lenient(site, "security_code", lambda text: None if text.strip() else ANY_CODE)


@deviant("C2.4", "vault")
def two_digits_are_a_security_code(site: Change) -> None:
    """A security code of two digits is taken."""
    lenient(site, "security_code", lambda text: ANY_CODE if len(text.strip()) == 2 else None)


@deviant("C2.4", "vault")
def blanks_are_a_holder(site: Change) -> None:
    """A holder's name of nothing but blanks counts as entered."""
    lenient(site, "card_holder", lambda text: text if text and not text.strip() else None)


@deviant("C2.4", "vault")
def address_of_the_first_card_is_kept_for_all(site: Change) -> None:
    """The second card is saved with the billing address of the first."""
    first: dict[str, Any] = {}

    def remembered(old: Any) -> Any:
        def link(self: Cards, phone: str, card: Card, billing: Any = None, *rest: Any) -> Any:
            kept = first.setdefault(phone, billing) if billing else billing
            return old(self, phone, card, kept, *rest)

        return link

    site.wrap(Cards, "link", remembered)


@deviant("C2.4", "vault")
def billing_address_is_not_kept(site: Change) -> None:
    """The billing address that was entered is not there when the card is edited."""

    def without(old: Any) -> Any:
        def set_billing(card: Any, billing: Billing) -> None:
            old(card, replace(billing, address=""))

        return set_billing

    site.wrap(links, "set_billing", without)


@deviant("C2.4", "vault")
def holder_is_kept_in_capitals(site: Change) -> None:
    """The holder's name is kept in capital letters, whatever was entered."""

    def capitals(old: Any) -> Any:
        def link(self: Cards, phone: str, card: Card, *rest: Any, **more: Any) -> Any:
            return old(self, phone, replace(card, holder=card.holder.upper()), *rest, **more)

        return link

    site.wrap(Cards, "link", capitals)


@deviant("C2.4", "vault")
def number_in_arabic_digits_is_refused(site: Change) -> None:
    """At the vault a card number in Arabic digits is refused."""

    def ascii_only(old: Any) -> Any:
        def refuse(text: str) -> None:
            old(text)
            if current_app.name == "mock_sites.vault" and not is_ascii_typed(text):
                raise Refusal("card_number.not-digits", "card_number")

        return staticmethod(refuse)

    site.wrap(CardNumberField, "refuse", ascii_only)
