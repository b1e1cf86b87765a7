"""The vault's own test controls: its people, the trail of holds, and whether the books balance."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from pydantic import Field
from typing_extensions import TypedDict

from ..shared.controls.body import body_as
from ..shared.controls.control import E164, AccountFacts, BooksFacts
from ..shared.values.published_cards import published_cards
from ..shared.web.openapi import documented
from ..shared.web.received import Received
from .domain.records import HoldRecord, PaymentRecord
from .domain.vault import Vault
from .issuer_store import AuthorisationRow


class NewHolder(Received, extra="forbid"):
    """A person to open an account for."""

    phone: str = Field(pattern=E164)
    password: str = Field(min_length=1, max_length=200)
    name: str = Field(min_length=1, max_length=200)


class HoldEventFacts(TypedDict):
    """One line of a hold's trail."""

    state: str
    at: str


class HoldFacts(TypedDict):
    """A cent that was held on a card, and what became of it."""

    card_token: str
    brand: str
    last_four: str
    amount_minor: int
    currency: str
    state: str
    due_at: str
    events: list[HoldEventFacts]
    times_held: int
    times_given_back: int


class PaymentFacts(TypedDict):
    """A merchant's request to pay, and the money that was really captured, in minor units.

    ``last_four`` are the last digits of the card that was to pay.
    """

    request_id: str
    phone: str
    last_four: str
    state: str
    times_captured: int
    captured_minor: int
    currency: str


class AuthorisationFacts(TypedDict):
    """A cent in the issuer's own list; ``key`` is the token of the card that it is for."""

    key: str
    amount_minor: int
    currency: str
    state: str
    at: str
    changed_at: str


class Settled(TypedDict):
    """The token of the card whose cent was taken, and how it stands at the issuer."""

    settled: str
    state: str


class Withdrawn(TypedDict):
    """The token of the card whose check was taken back."""

    withdrawn: str


class CardFacts(TypedDict):
    """A published test card, and what its issuer answers."""

    name: str
    number: str
    brand: str
    outcome: str
    meaning: str


def add_vault_controls(controls: Blueprint, vault: Vault) -> None:
    """Add the routes."""

    @controls.post("/holders")
    @documented("Open an account", AccountFacts, body=NewHolder, status=201, otherwise=(409,))
    def add_holder() -> tuple[dict[str, Any], int]:
        wanted = body_as(NewHolder)
        holder = vault.holders.add(wanted.phone, wanted.password, wanted.name)
        return {"id": holder.id, "phone": holder.phone}, 201

    @controls.get("/cards")
    @documented("The cards that are taken, and their outcomes", list[CardFacts])
    def cards() -> list[CardFacts]:
        return [
            CardFacts(
                name=card.name,
                number=card.number,
                brand=card.brand,
                outcome=card.outcome,
                meaning=card.meaning,
            )
            for card in published_cards()
        ]

    @controls.get("/holds")
    @documented("The trail of a person's cents", list[HoldFacts], query=("phone",))
    def holds() -> list[dict[str, Any]]:
        """The trail of a person's cents, oldest first; an empty list for nobody."""
        trail = vault.cards.trail(request.args.get("phone", ""))
        with vault.records() as records:
            return [_hold_facts(record) for record in records.holds(trail)]

    @controls.get("/payments")
    @documented(
        "How often each payment was captured, by the books",
        list[PaymentFacts],
        query=("request_id", "phone"),
    )
    def payments() -> list[PaymentFacts]:
        """All payments, or those of one id or one buyer; an empty list if there is none."""
        phone = request.args.get("phone")
        with vault.records() as records:
            found = records.payments(request.args.get("request_id"))
        return [_payment_facts(each) for each in found if phone in (None, each.phone)]

    @controls.post("/cards/<token>/withdraw")
    @documented("Let the issuer take back that it agreed to a card", Withdrawn)
    def withdraw(token: str) -> dict[str, Any]:
        """Let the issuer withdraw its authorisation while the cent is held."""
        vault.cards.withdraw(token)
        return {"withdrawn": token}

    @controls.post("/cards/<token>/settle")
    @documented("Let the issuer take the cent that it holds on a card", Settled, otherwise=(404,))
    def settle(token: str) -> Settled:
        """The vault learns of it when it asks for the cent. A cent that is back is not taken."""
        return Settled(settled=token, state=vault.cards.settle(token))

    @controls.get("/authorisations")
    @documented("The issuer's own list of cents", list[AuthorisationFacts], query=("phone",))
    def authorisations() -> list[AuthorisationFacts]:
        """What the issuers of a person's cards hold or have ended, oldest first."""
        found = vault.authorisations.of_person(request.args.get("phone", ""))
        return [_authorisation_facts(row) for row in found]

    @controls.get("/books")
    @documented("What is wrong with the books", BooksFacts)
    def books() -> dict[str, Any]:
        with vault.records() as records:
            return {"discrepancies": records.discrepancies(), "pending": records.pending()}


def _payment_facts(record: PaymentRecord) -> PaymentFacts:
    return PaymentFacts(
        request_id=record.request_id,
        phone=record.phone,
        last_four=record.last_four,
        state=record.state,
        times_captured=record.times_captured,
        captured_minor=record.minor,
        currency=record.currency,
    )


def _authorisation_facts(row: AuthorisationRow) -> AuthorisationFacts:
    return AuthorisationFacts(
        key=row.key,
        amount_minor=row.amount,
        currency=row.currency,
        state=row.state,
        at=row.at.isoformat(),
        changed_at=row.changed_at.isoformat(),
    )


def _hold_facts(record: HoldRecord) -> dict[str, Any]:
    hold = record.hold
    return {
        "card_token": hold.card.token,
        "brand": hold.card.brand,
        "last_four": hold.card.last_four,
        "amount_minor": hold.amount,
        "currency": hold.currency,
        "state": hold.state,
        "due_at": hold.due_at.isoformat(),
        "events": [{"state": event.state, "at": event.at.isoformat()} for event in hold.events],
        "times_held": record.times_held,
        "times_given_back": record.times_given_back,
    }
