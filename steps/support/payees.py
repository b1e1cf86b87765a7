"""The payees of the scenarios: the category of each, and the field for an account with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Payee:
    """A payee in the wallet, by the English labels of its tiles and of its form."""

    name: str
    category: str
    field: str


STEAM = Payee("Steam", "Entertainment", "Account name in the game system")
_PAYEES = (
    STEAM,
    Payee("Circle", "Entertainment", "Profile number"),
    Payee("Traffic fines", "Fines", "Number of the fine"),
    Payee("City Water", "Utilities", "Contract number"),
    Payee("North Mobile", "Mobile operators", "Phone number"),
    Payee("Reading Room", "Small purchases", "Reader's card"),
)
BY_NAME = {payee.name: payee for payee in _PAYEES}
