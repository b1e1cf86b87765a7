"""The test controls of the sites: accounts, the clock, faults, records, a phone's messages."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest
from babel.numbers import get_currency_precision

from checkout_conformance.expectations import check_that
from checkout_conformance.redaction.secrets import hide
from checkout_conformance.targets.buyer_pool import BuyerPool
from checkout_conformance.targets.control_client import ControlsError
from checkout_conformance.targets.inbox import Inbox
from checkout_conformance.targets.message_codes import find_code, hide_codes
from checkout_conformance.targets.target import Target
from checkout_conformance.targets.values import CLOCK

from .amounts import NamedAmount
from .kept_sessions import KeptSessions
from .merchants import ZONE, OtherShop, ShopKey
from .preconditions import Preconditions

STANDARD_WEBHOOKS = "standard webhooks"


class Controls(Preconditions):
    """A client for the test controls of wallet, shop, vault and phone."""

    def __init__(
        self,
        target: Target,
        client: httpx.Client | None = None,
        inbox: Inbox | None = None,
        accounts: Collection[tuple[str, str]] = (),
    ) -> None:
        """``inbox`` gives the codes where they do not come to our own phone; ``accounts`` are the
        phone numbers that have an account already, each with its site."""
        super().__init__(target, client)
        self._inbox = inbox
        self._accounts = accounts
        self.sessions = KeptSessions(accounts)

    def advance_clock(self, seconds: float) -> None:
        """Let ``seconds`` pass on every site: they share one clock.

        Where it cannot be moved, wait, if the target allows to wait so long.
        """
        # A session of a moment ago may have ended since.
        self.begun_sessions.clear()
        if self.target.does_lack(CLOCK) and self.target.may_wait(seconds):
            threading.Event().wait(seconds)
            return
        self.target.require(CLOCK)
        self.post("wallet", "/_control/clock", advance_seconds=seconds)

    def now(self) -> datetime:
        """The time on every site's clock, in UTC. One that cannot be moved is right."""
        if self.target.does_lack(CLOCK):
            return datetime.now(UTC)
        moment = self.get("wallet", "/_control/clock")["now"]
        return datetime.fromisoformat(moment).astimezone(UTC)

    def add_wallet_buyer(
        self, phone: str, password: str, name: str, balances: dict[str, int]
    ) -> None:
        """Open a wallet account that holds ``balances``: minor units by currency."""
        if balances:
            self.target.require("balances")
        person = {"phone": phone, "password": hide(password), "name": name}
        self._open_account("wallet", "/_control/buyers", **person, balances=balances)

    def top_up(self, phone: str, money: NamedAmount) -> None:
        """Put money into a wallet."""
        self.target.require("balances")
        wanted = {"currency": money.currency, "amount_minor": money.minor}
        self.post("wallet", "/_control/top-ups", phone=phone, **wanted)

    def add_shop_customer(self, phone: str, password: str, name: str) -> None:
        """Open an account with the shop."""
        person = {"phone": phone, "password": hide(password), "name": name}
        self._open_account("shop", "/_control/customers", **person)

    def add_vault_holder(self, phone: str, password: str, name: str) -> None:
        """Open an account with the card vault."""
        person = {"phone": phone, "password": hide(password), "name": name}
        self._open_account("vault", "/_control/holders", **person)

    def _open_account(self, site: str, path: str, **person: object) -> None:
        if site in self.target.registering or (person["phone"], site) in self._accounts:
            return
        self.target.require("accounts")
        self.open_account(site, path, **person)
        if self.target.press_guard:
            self.target.press_guard.side_effects.add("an account", f"with the {site}")

    def set_fault(self, site: str, **fault: object) -> str:
        """Set a fault on a site; return its id."""
        self.target.require("faults", site)
        return str(self.post(site, "/_control/faults", **fault)["id"])

    def times_struck(self, site: str, fault_id: str) -> int:
        """How often a fault has taken effect so far. Raises ControlsError if the site lost it."""
        faults = self.get(site, "/_control/faults")
        struck = [int(fault["struck"]) for fault in faults if fault["id"] == fault_id]
        if not struck:
            raise ControlsError(
                f"the {site} no longer has the fault that was set: was it started again?"
            )
        return struck[0]

    def remove_fault(self, site: str, fault_id: str) -> None:
        """Remove a fault."""
        self.send("DELETE", site, f"/_control/faults/{fault_id}")

    def change_product(self, slug: str, **change: object) -> dict[str, object]:
        """Change a product's ``price_minor`` or whether it is ``on_sale``; return the product."""
        self.target.require("products")
        path = f"/_control/products/{slug}"
        product: dict[str, object] = self.send("PATCH", "shop", path, change)
        return product

    def times_taken(self, order: str) -> int:
        """How often an order was paid, by the records of the wallet and the vault."""
        self.target.require("records")
        asked = {"wallet": ("bills", "bill_id", "times_paid")}
        asked["vault"] = ("payments", "request_id", "times_captured")
        times = 0
        for site in asked.keys() & self.target.urls.keys():
            path, name, counted = asked[site]
            records = self.get(site, f"/_control/{path}", **{name: order})
            times += sum(int(record[counted]) for record in records)
        return times

    def times_captured(self, phone: str) -> int:
        """How often a buyer's cards were charged, by the records of the vault."""
        self.target.require("records")
        payments = self.get("vault", "/_control/payments", phone=phone)
        return sum(int(payment["times_captured"]) for payment in payments)

    def amounts_captured(self, phone: str) -> list[Decimal]:
        """What a buyer's cards were charged, in whole units of the currency, a payment each."""
        self.target.require("records")
        payments = self.get("vault", "/_control/payments", phone=phone)
        charged = [payment for payment in payments if payment["times_captured"]]
        return [
            Decimal(payment["captured_minor"]).scaleb(-get_currency_precision(payment["currency"]))
            for payment in charged
        ]

    def cards_charged(self, phone: str) -> list[str]:
        """The last four digits of a buyer's card for each time that it was charged."""
        self.target.require("records")
        payments = self.get("vault", "/_control/payments", phone=phone)
        return [one["last_four"] for one in payments for _ in range(int(one["times_captured"]))]

    def states_of_orders(self, phone: str) -> list[str]:
        """The states of a customer's orders, oldest first, with those that are being paid."""
        self.target.require("records")
        orders = self.get("shop", "/_control/orders", phone=phone)
        return [str(order["state"]) for order in orders]

    def holds(self, phone: str) -> list[dict[str, Any]]:
        """The holds on a person's cards, oldest first, each with its events."""
        self.target.require("records")
        holds: list[dict[str, Any]] = self.get("vault", "/_control/holds", phone=phone)
        return holds

    def add_merchant(self, name: str, url: str) -> OtherShop:
        """Make another shop a merchant of the wallet; its notifications go to ``url``."""
        self.target.require("merchants")
        wanted: dict[str, object] = {"name": name, "notification_url": url}
        wanted["time_zone"] = ZONE.key
        if not self.target.does_lack(STANDARD_WEBHOOKS):
            wanted["standard_webhooks"] = True
        told = self.post("wallet", "/_control/merchants", **wanted)
        return OtherShop(str(told["site_id"]), name, _key_in(told))

    def renew_key(self, shop: OtherShop, seconds: float) -> ShopKey:
        """Give another shop a new key, which is returned; the old one ends in ``seconds``."""
        self.target.require("new keys")
        path = f"/_control/merchants/{shop.site_id}/keys"
        return _key_in(self.post("wallet", path, overlap_seconds=int(seconds)))

    def authorisations(self, phone: str) -> dict[str, str]:
        """How each cent of a person stands in its issuer's own list, by the card's token."""
        self.target.require("issuer")
        listed = self.get("vault", "/_control/authorisations", phone=phone)
        return {str(one["key"]): str(one["state"]) for one in listed}

    def settle(self, card_token: str) -> None:
        """Let the issuer take the cent that it holds on a card."""
        self.target.require("issuer")
        self.post("vault", f"/_control/cards/{card_token}/settle")

    def withdraw(self, card_token: str) -> None:
        """Let the issuer withdraw its approval of a card."""
        self.target.require("issuer")
        self.post("vault", f"/_control/cards/{card_token}/withdraw")

    def texts(self, phone: str) -> list[str]:
        """The texts of the messages that came to a phone, oldest first."""
        if self._inbox is not None:
            return self._inbox.texts(phone)
        return [message["text"] for message in self._read_messages(phone)]

    def codes(self, phone: str, least: int = 0) -> list[str]:
        """The codes in the messages that came to a phone, oldest first.

        Raises UnmetExpectation if there are fewer than ``least``.
        """
        return self._codes(phone, least, self.target.code_digits)

    def newest_code(self, phone: str) -> str:
        """The code of the newest message. Raises UnmetExpectation if no message has one."""
        return self.codes(phone, 1)[-1]

    def another_code(self, phone: str) -> AbstractContextManager[None]:
        """In the block a site sends one more code to a phone: it is waited for where it is slow."""
        return self._inbox.another_code(phone) if self._inbox else nullcontext()

    def issuer_codes(self, phone: str, least: int = 0) -> list[str]:
        """The same for codes of a card's issuer, which may be longer or shorter than the site's."""
        return [hide(code) for code in self._codes(phone, least)]

    def newest_issuer_code(self, phone: str) -> str:
        """The issuer's code of the newest message. Raises UnmetExpectation if none has one."""
        return self.issuer_codes(phone, 1)[-1]

    def _codes(self, phone: str, least: int, digits: int | None = None) -> list[str]:
        texts = self.texts(phone)
        codes = [code for text in texts if (code := find_code(text, digits))]
        # The texts are not told: a code may be in them that was not found.
        told = f"{len(codes)} codes in {len(texts)} messages"
        what = "a message with a code comes" if least < 2 else f"{least} messages with codes come"
        check_that(what, len(codes) >= least, told)
        return codes

    def messages(self, phone: str) -> list[dict[str, str]]:
        """The messages that a phone received: id, from, text, at. Reports leave their codes out."""
        self.target.require("messages")
        return self._read_messages(phone)

    def _read_messages(self, phone: str) -> list[dict[str, str]]:
        answer = self.get("phone", "/_control/messages", phone=phone)
        messages: list[dict[str, str]] = answer["messages"] if isinstance(answer, dict) else answer
        for message in messages:
            hide_codes(str(message["text"]), self.target.code_digits)
        return messages


def _key_in(told: Mapping[str, Any]) -> ShopKey:
    # A wallet that does not sign as Standard Webhooks says has no secret for it.
    return ShopKey(hide(str(told["secret_key"])), hide(str(told.get("webhook_secret", ""))))


@pytest.fixture(scope="session")
def controls(run_target: Target, inbox: Inbox | None, pool: BuyerPool | None) -> Iterator[Controls]:
    """The test controls of the target's sites."""
    controls = Controls(run_target, inbox=inbox, accounts=pool.accounts if pool else ())
    yield controls
    controls.close()
