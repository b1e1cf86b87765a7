"""A vault without a site before it: its rules, its rows, and a clock that only a test moves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mock_sites.shared.controls.faults import Faults
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.values.cards import Card, Expiry
from mock_sites.shared.values.money import Money
from mock_sites.vault.domain.billing import Billing
from mock_sites.vault.domain.merchant import Merchant
from mock_sites.vault.domain.payments import NewPayment
from mock_sites.vault.domain.vault import Vault, open_vault
from mock_sites.vault.domain.vaultings import NewVaulting
from mock_sites.vault.store import Base, CardRow, NotificationRow
from tests.support.no_access_control import NoAnswer
from tests.support.standing_clock import StandingClock
from tests.support.vault_fixture import MASTERCARD, VISA, code_for

PHONE, OTHER = "+79160000001", "+79160000002"
SHOP = Merchant("SHOP_1", "http://shop.localhost:2", "http://127.0.0.1:2")
BILLING = Billing("RU", "101000", "Arbat 1, flat 2")


def card(number: str = VISA) -> Card:
    """A card as somebody has typed it."""
    return Card(number, "Anna Petrova", Expiry(2040, 12), code_for(number))


def vaulting(number: str = VISA, **changes: Any) -> NewVaulting:
    """A request to link a card, with ``changes``."""
    asked = NewVaulting(
        request_id="v-1",
        phone=PHONE,
        card=card(number),
        billing=None,
        notification_url="http://127.0.0.1:2/told",
        redirect_url="http://shop.localhost:2/checkout/7",
    )
    return replace(asked, **changes)


def payment(source: str | Card | None = None, **changes: Any) -> NewPayment:
    """A request to pay, with ``changes``; from a Mastercard just typed unless one is named."""
    asked = NewPayment(
        request_id="p-1",
        phone=PHONE,
        money=Money(15_000, "RUB"),
        source=source or card(MASTERCARD),
        description="Order 1",
    )
    return replace(asked, **changes)


@dataclass
class BareVault:
    """The rules of a vault, and what they stand on."""

    vault: Vault
    database: Database
    clock: StandingClock
    faults: Faults
    # How often the notification sender was woken.
    calls: list[datetime] = field(default_factory=list)

    def link(self, number: str = VISA, phone: str = PHONE) -> CardRow:
        """Link a card as a person does on the vault's page."""
        return self.vault.cards.link(phone, card(number), BILLING)

    def advance(self, **by: float) -> None:
        """Move the clock, with nobody at work in the background."""
        self.clock.advance(timedelta(**by))

    def told(self) -> list[tuple[str, dict[str, Any]]]:
        """What is to be told by now, oldest first: the address, and the body."""
        due = (
            select(NotificationRow)
            .where(NotificationRow.due_at <= self.clock.now())
            .order_by(NotificationRow.id)
        )
        with self.database.transaction() as session:
            return [(row.url, json.loads(row.body)) for row in session.scalars(due)]


@contextmanager
def bare_vault(data: Path) -> Iterator[BareVault]:
    """A new vault in ``data``, whose issuer is quick."""
    database = Database(f"sqlite:///{data / 'vault.sqlite3'}", Base)
    clock, faults, calls = StandingClock(), Faults(), list[datetime]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mock_sites.vault.domain.issuer.wait", lambda _seconds: None)
        vault = open_vault(
            database, clock, "secret", SHOP, lambda: calls.append(clock.now()), faults, NoAnswer()
        )
        yield BareVault(vault, database, clock, faults, calls)
    database.close()
