"""The vault's own test controls: its people, the trail of holds, and whether the books balance."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from pydantic import BaseModel, Field

from mock_sites.control import body_as
from mock_sites.vault.domain.vault import Vault
from mock_sites.vault.store import HoldRow


class NewHolder(BaseModel, extra="forbid"):
    """A person to open an account for."""

    phone: str = Field(pattern=r"\+[0-9]{7,15}")
    password: str = Field(min_length=1)
    name: str = Field(min_length=1, max_length=200)


def add_vault_controls(controls: Blueprint, vault: Vault) -> None:
    """Add the routes."""

    @controls.post("/holders")
    def add_holder() -> tuple[dict[str, Any], int]:
        wanted = body_as(NewHolder)
        holder = vault.holders.add(wanted.phone, wanted.password, wanted.name)
        return {"id": holder.id, "phone": holder.phone}, 201

    @controls.get("/holds")
    def holds() -> list[dict[str, Any]]:
        """The trail of a person's cents, oldest first; an empty list for nobody."""
        return [_hold_facts(hold) for hold in vault.cards.trail(request.args.get("phone", ""))]

    @controls.post("/cards/<token>/withdraw")
    def withdraw(token: str) -> dict[str, Any]:
        """Let the issuer take back what it has authorised, while the cent is held."""
        vault.cards.withdraw(token)
        return {"withdrawn": token}

    @controls.get("/books")
    def books() -> dict[str, Any]:
        return {"discrepancies": vault.discrepancies()}


def _hold_facts(hold: HoldRow) -> dict[str, Any]:
    return {
        "card_token": hold.card.token,
        "brand": hold.card.brand,
        "last_four": hold.card.last_four,
        "amount_minor": hold.amount,
        "currency": hold.currency,
        "state": hold.state,
        "due_at": hold.due_at.isoformat(),
        "events": [{"state": event.state, "at": event.at.isoformat()} for event in hold.events],
    }
