"""What a stack of mock sites says when it has started: addresses, accounts and test cards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from . import SITES
from .shared.runtime.settings import StackSettings
from .shared.values.published_cards import published_cards

# The sites whose protocol for merchants is described at /docs.
DESCRIBED = ("wallet", "vault")


def as_json(
    stack: StackSettings, sites: Sequence[str] = SITES, teams: Sequence[StackSettings] = ()
) -> str:
    """Describe the stack, and its teams' own sites, as one line of JSON, for programs."""
    of_teams = {each.team: _facts(each, sites) for each in teams}
    return json.dumps(_facts(stack, sites) | ({"teams": of_teams} if teams else {}))


def _facts(stack: StackSettings, sites: Sequence[str]) -> dict[str, Any]:
    public = {"site_id", "secret_key", "public_key"}
    return {
        "sites": {name: {"url": stack.public_url(name)} for name in sites},
        "control_token": stack.keys.control_token if stack.controls else None,
        "merchants": [each.model_dump(include=public) for each in stack.keys.merchants],
        "vault_merchants": [stack.keys.vault.for_clients()],
        "buyers": [person.model_dump() for person in stack.keys.people],
    }


def for_people(
    stack: StackSettings, sites: Sequence[str] = SITES, teams: Sequence[StackSettings] = ()
) -> str:
    """Describe the stack for people: addresses, accounts and test cards."""
    lines = ["The mock sites are running. No real money is used. Press Ctrl+C to stop.", ""]
    lines += [f"  {name:<8} {stack.public_url(name)}" for name in sites]
    described = [f"{stack.public_url(name)}/docs" for name in DESCRIBED if name in sites]
    lines += ["", f"Protocols for merchants: {', '.join(described)}"] if described else []
    lines += ["", "Accounts, the same on the wallet, the shop and the vault:"]
    lines += [f"  {p.name:<14} {p.phone}   password {p.password}" for p in stack.keys.people]
    lines += [
        "",
        "Test cards. No other card is accepted. Use any future expiry date and any security",
    ]
    lines += ["code of three digits (American Express: four digits):"]
    lines += [f"  {card.number:<16}  {card.name}" for card in published_cards()]
    if stack.controls:
        lines += ["", f"Test controls are on. Token: {stack.keys.control_token}"]
    for team in teams:
        lines += ["", f"The sites of the team {team.team} (token: {team.keys.control_token}):"]
        lines += [f"  {name:<8} {team.public_url(name)}" for name in sites]
        lines += [f"  {p.name:<14} {p.phone}   password {p.password}" for p in team.keys.people]
    return "\n".join(lines)
