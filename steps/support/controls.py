"""What a scenario may do behind the sites' backs: people, the clock, the messages of a phone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from checkout_conformance.redaction.secrets import hide
from checkout_conformance.targets.addresses import needs_proxy, on_loopback
from checkout_conformance.targets.buyer_pool import BuyerPool
from checkout_conformance.targets.inbox import Inbox
from checkout_conformance.targets.target import SiteUnreachable, Target

SECONDS = 10.0
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


class ControlsError(Exception):
    """A test control did not do what it was asked. The message says what to do."""


class Controls:
    """A client for the test controls of a target's sites.

    Make one for a session: a new client costs 20 ms for a TLS context that is never used.
    """

    def __init__(
        self,
        target: Target,
        client: httpx.Client | None = None,
        inbox: Inbox | None = None,
        accounts: Collection[tuple[str, str]] = (),
    ) -> None:
        """``inbox`` is where codes come from, where that is not our phone; ``accounts`` are the
        phones that have an account already, each with its site."""
        self._target = target
        self._client = client or httpx.Client(
            timeout=SECONDS,
            trust_env=needs_proxy(*target.urls.values()),
            # Our own sites beside somebody else's.
            mounts={"all://127.0.0.1": None},
        )
        self._inbox = inbox
        self._accounts = accounts

    def close(self) -> None:
        """Give back the connections."""
        self._client.close()

    def advance_clock(self, seconds: float) -> None:
        """Let ``seconds`` pass on every site: they share one clock."""
        self._target.require("clock")
        self._post("wallet", "/_control/clock", advance_seconds=seconds)

    def now(self) -> datetime:
        """The moment that every site has, in UTC."""
        self._target.require("clock")
        moment = self._send("GET", "wallet", "/_control/clock")["now"]
        return datetime.fromisoformat(moment).astimezone(UTC)

    def add_wallet_buyer(
        self, phone: str, password: str, name: str, balances: dict[str, int]
    ) -> None:
        """Open a wallet account that holds ``balances``: minor units by currency."""
        if balances:
            self._target.require("balances")
        person = {"phone": phone, "password": hide(password), "name": name}
        self._open_account("wallet", "/_control/buyers", **person, balances=balances)

    def add_shop_customer(self, phone: str, password: str, name: str) -> None:
        """Open an account with the shop."""
        person = {"phone": phone, "password": hide(password), "name": name}
        self._open_account("shop", "/_control/customers", **person)

    def add_vault_holder(self, phone: str, password: str, name: str) -> None:
        """Open an account with the card vault."""
        person = {"phone": phone, "password": hide(password), "name": name}
        self._open_account("vault", "/_control/holders", **person)

    def _open_account(self, site: str, path: str, **person: object) -> None:
        if site in self._target.registering or (person["phone"], site) in self._accounts:
            return
        self._target.require("accounts")
        self._post(site, path, **person)
        if self._target.press_guard:
            self._target.press_guard.side_effects.add("an account", f"with the {site}")

    def set_fault(self, site: str, **fault: object) -> str:
        """Have something go wrong on a site; the fault's id."""
        self._target.require("faults")
        return str(self._post(site, "/_control/faults", **fault)["id"])

    def times_struck(self, site: str, fault_id: str) -> int:
        """How often a fault has struck so far."""
        faults = self._send("GET", site, "/_control/faults")
        return next(int(fault["struck"]) for fault in faults if fault["id"] == fault_id)

    def remove_fault(self, site: str, fault_id: str) -> None:
        """Have it go wrong no more."""
        self._send("DELETE", site, f"/_control/faults/{fault_id}")

    def change_product(self, slug: str, **change: object) -> dict[str, object]:
        """Change a product: ``price_minor``, or whether it is ``on_sale``; what it is now."""
        self._target.require("products")
        path = f"/_control/products/{slug}"
        product: dict[str, object] = self._send("PATCH", "shop", path, change)
        return product

    def times_taken(self, order: str) -> int:
        """How often money has moved for an order, by the books of wallet and vault."""
        self._target.require("records")
        asked = {"wallet": ("bills", "bill_id", "times_paid")}
        asked["vault"] = ("payments", "request_id", "times_captured")
        times = 0
        for site in asked.keys() & self._target.urls.keys():
            path, name, counted = asked[site]
            query = httpx.QueryParams({name: order})
            records = self._send("GET", site, f"/_control/{path}?{query}")
            times += sum(int(record[counted]) for record in records)
        return times

    def times_captured(self, phone: str) -> int:
        """How often money was taken from a buyer's cards, by the books of the vault."""
        self._target.require("records")
        query = httpx.QueryParams(phone=phone)
        payments = self._send("GET", "vault", f"/_control/payments?{query}")
        return sum(int(payment["times_captured"]) for payment in payments)

    def states_of_orders(self, phone: str) -> list[str]:
        """Where a customer's orders stand, oldest first; also those that are being paid."""
        self._target.require("records")
        query = httpx.QueryParams(phone=phone)
        orders = self._send("GET", "shop", f"/_control/orders?{query}")
        return [str(order["state"]) for order in orders]

    def holds(self, phone: str) -> list[dict[str, Any]]:
        """Every cent that was held on a person's cards, oldest first, with its trail."""
        self._target.require("records")
        holds: list[dict[str, Any]] = self._send(
            "GET", "vault", f"/_control/holds?{httpx.QueryParams(phone=phone)}"
        )
        return holds

    def withdraw(self, card_token: str) -> None:
        """Have the issuer take back that it agreed to a card."""
        self._target.require("issuer")
        self._post("vault", f"/_control/cards/{card_token}/withdraw")

    def texts(self, phone: str) -> list[str]:
        """The texts of the messages that came to a phone, oldest first."""
        if self._inbox is not None:
            return self._inbox.texts(phone)
        return [message["text"] for message in self._read_messages(phone)]

    def codes(self, phone: str) -> list[str]:
        """The codes in the messages that came to a phone, oldest first."""
        return [found[0] for text in self.texts(phone) if (found := CODE.search(text))]

    def messages(self, phone: str) -> list[dict[str, str]]:
        """What the phone has received: id, from, text and at. Codes in it are kept from reports."""
        self._target.require("messages")
        return self._read_messages(phone)

    def _read_messages(self, phone: str) -> list[dict[str, str]]:
        query = httpx.QueryParams(phone=phone)
        answer = self._send("GET", "phone", f"/_control/messages?{query}")
        messages: list[dict[str, str]] = answer["messages"] if isinstance(answer, dict) else answer
        for message in messages:
            for code in CODE.findall(str(message["text"])):
                hide(code)
        return messages

    def _post(self, site: str, path: str, **body: object) -> Any:
        return self._send("POST", site, path, body)

    def _send(self, method: str, site: str, path: str, body: object = None) -> Any:
        url = on_loopback(self._target.url(site, path))
        headers = {"Authorization": f"Bearer {self._token(site)}"}
        what = f"{method} {path.partition('?')[0]} on the {site}"
        try:
            answer = self._client.request(method, url, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise SiteUnreachable(
                f"{what}: {type(error).__name__}. Does {self._target.url(site)} still serve?"
            ) from None
        if not answer.is_success:
            raise ControlsError(f"{what}: {answer.status_code}. {_advice(answer)}")
        return answer.json() if answer.content else None

    def _token(self, site: str) -> str:
        token = self._target.control_tokens.get(site)
        if token is None:
            raise ControlsError(
                f"the target claims to offer what the {site}'s test controls do, but has no token"
                f" for them: give sites.{site}.control_token_env, or say what it lacks"
            )
        return hide(token)


@pytest.fixture(scope="session")
def controls(target: Target, inbox: Inbox | None, pool: BuyerPool | None) -> Iterator[Controls]:
    """What a scenario may do behind the sites' backs."""
    controls = Controls(target, inbox=inbox, accounts=pool.accounts if pool else ())
    yield controls
    controls.close()


def _advice(answer: httpx.Response) -> str:
    # The body that was sent holds a password, so of the answer only its own error code is told.
    known = {
        401: "The control token was refused: give the one that the stack printed.",
        404: "The controls are off or lack this one: start the sites with --controls.",
        422: "The site wants another body: compare steps/controls.py with its control routes.",
    }
    return known.get(answer.status_code) or f"The site says: {_error_code(answer)}"


def _error_code(answer: httpx.Response) -> str:
    try:
        said = answer.json()["error"]
    except (ValueError, KeyError, TypeError):
        return "nothing that helps; look into the stack's stderr."
    return str(said)
