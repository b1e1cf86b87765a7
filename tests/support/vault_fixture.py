"""The vault for a test: the site without a browser, and a shop in memory that it notifies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, text
from werkzeug.test import TestResponse

from mock_sites.shared.controls.faults import Faults
from mock_sites.shared.messaging.signing import RESPONSE_TIME, Signing
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.settings import StackSettings
from mock_sites.shared.runtime.site import Site
from mock_sites.shared.values.published_cards import published_cards
from mock_sites.vault import create_vault
from mock_sites.vault.domain.merchant import Merchant
from mock_sites.vault.domain.vault import Vault, open_vault
from tests.support.kept_bytecode import KEPT_BYTECODE
from tests.support.no_access_control import NoAnswer
from tests.support.shared_keys import shared_keys
from tests.support.standing_clock import StandingClock
from tests.support.visitor import Visitor

ERROR = re.compile(r'class="error" id="([a-z_]+)-error"[^>]*>([^<]*)<')
TICK = re.compile(r'name="card" value="([0-9a-f-]+)"')
API = "/ams/api/v1"

VISA, MASTERCARD, AMEX, MIR = (
    next(card.number for card in published_cards() if card.name == f"{brand}, approved")
    for brand in ("Visa", "Mastercard", "American Express", "Mir")
)
BILLING = {"country": "RU", "postal_code": "101000", "address": "Arbat 1, flat 2"}


def number_of(outcome: str) -> str:
    """The published test card with that outcome."""
    return next(card.number for card in published_cards() if card.outcome == outcome)


def code_for(number: str) -> str:
    """A security code of the length that the card has."""
    return "4321" if number == AMEX else "432"


@dataclass
class FakeShop:
    """Takes the vault's notifications; ``answers`` is what it says to each."""

    answers: httpx.Response = field(
        default_factory=lambda: httpx.Response(200, json={"result": {"resultCode": "SUCCESS"}})
    )
    requests: list[httpx.Request] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answers

    @property
    def told(self) -> list[dict[str, Any]]:
        """What it was told, oldest first."""
        return [json.loads(request.content) for request in self.requests]


class VaultVisitor(Visitor):
    """Somebody in front of the vault."""

    def add_card(self, number: str = VISA, **changes: str) -> TestResponse:
        """Fill in the form of a card and save it; what comes of it."""
        form = {
            "card_number": number,
            "card_holder": "Anna Petrova",
            "expiry": "12/40",
            "security_code": code_for(number),
            **BILLING,
        }
        return self.send("/cards/new", **form | changes)

    def tokens(self) -> list[str]:
        """The cards on the page, newest first."""
        return TICK.findall(self.open("/cards").text)

    def rows(self) -> list[str]:
        """The lines of the list of cards, as a reader sees them."""
        found = re.findall(r"<tr>(.*?)</tr>", self.open("/cards").text, re.DOTALL)
        return [words(row) for row in found[1:]]


@dataclass
class VaultFixture:
    """A vault, its clock, and the shop that it tells."""

    stack: StackSettings
    clock: Clock
    site: Site
    shop: FakeShop
    # The same vault behind its pages, for what no page shows.
    vault_itself: Vault

    @cached_property
    def signing(self) -> Signing:
        """The shop's side of the correspondence."""
        keys = self.stack.keys.vault
        return Signing(keys.client_id, keys.shop.private_key, keys.vault.public_key)

    def stranger(self) -> VaultVisitor:
        """Somebody who is not signed in."""
        return VaultVisitor(self.site.app.test_client())

    def holder(self, number: int = 0) -> VaultVisitor:
        """One of the two demo people, signed in."""
        person = self.stack.keys.people[number]
        visitor = self.stranger()
        visitor.sign_in(person.phone, person.password)
        return visitor

    def phone(self, number: int = 0) -> str:
        """The phone of one of the demo people."""
        return self.stack.keys.people[number].phone

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> TestResponse:
        """Send bytes to the merchant protocol as they are."""
        return self.site.app.test_client().post(API + path, data=body, headers=headers)

    def call(self, path: str, body: Any) -> dict[str, Any]:
        """What the merchant protocol answers the shop; its signature is checked."""
        sent = json.dumps(body).encode()
        answer = self.post(path, sent, self.signing.headers(API + path, sent))
        assert answer.status_code == 200
        self.signing.check(API + path, dict(answer.headers), answer.get_data(), RESPONSE_TIME)
        return dict(answer.json)  # type: ignore[arg-type]

    def vault(self, number: str = VISA, request_id: str = "v-1", **changes: Any) -> dict[str, Any]:
        """Link a card as the shop does; what the vault answers."""
        return self.call("/vaults/vaultPaymentMethod", self.vaulting(number, request_id, **changes))

    def vaulting(self, number: str, request_id: str = "v-1", **changes: Any) -> dict[str, Any]:
        """The body that links a card, with ``changes`` to the card's values."""
        detail = {"paymentMethodType": "CARD", "card": typed_card(number, **changes)}
        return {
            "vaultingRequestId": request_id,
            "redirectUrl": "http://shop.localhost:2/checkout/7",
            "buyer": {"phone": self.phone()},
            "paymentMethodDetail": detail,
        }

    def pay(self, request_id: str = "p-1", minor: str = "15000", **method: Any) -> dict[str, Any]:
        """Pay from a card as the shop does; what the vault answers."""
        return self.call("/payments/pay", self.payment(request_id, minor, **method))

    def payment(self, request_id: str, minor: str, **method: Any) -> dict[str, Any]:
        """The body that pays."""
        return {
            "paymentRequestId": request_id,
            "buyer": {"phone": self.phone()},
            "paymentAmount": {"currency": "RUB", "value": minor},
            "paymentMethod": {"paymentMethodType": "CARD", **method},
            "order": {"orderDescription": "Order 1"},
        }

    def cards(self, number: int = 0) -> list[dict[str, Any]]:
        """A person's cards, as the shop is told."""
        body = {"buyer": {"phone": self.phone(number)}}
        return list(self.call("/vaults/inquireBuyerCards", body)["cards"])

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """What a test control answers."""
        headers = {"Authorization": f"Bearer {self.stack.keys.control_token}"}
        client = self.site.app.test_client()
        return client.open(f"/_control{path}", method=method, json=body, headers=headers).json

    def holds(self, number: int = 0) -> list[dict[str, Any]]:
        """The trail of a person's cents."""
        return list(self.control("GET", f"/holds?phone=%2B{self.phone(number)[1:]}"))

    def discrepancies(self) -> list[str]:
        """What is wrong with the books."""
        return list(self.control("GET", "/books")["discrepancies"])

    def advance(self, **by: float) -> None:
        """Move the clock, with nobody at work in the background."""
        self.clock.advance(timedelta(**by))

    def deliver(self) -> None:
        """Let the vault tell the shop what is due now."""
        self.site.workers[0].run_once()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database itself holds."""
        engine = create_engine(self.stack.database_url("vault"))
        with engine.connect() as connection:
            found = [tuple(row) for row in connection.execute(text(statement))]
        engine.dispose()
        return found

    def money_of(self, owner: str) -> int:
        """What lies in an account, in minor units."""
        found = self.rows(f"SELECT coalesce(sum(balance), 0) FROM accounts WHERE owner = '{owner}'")
        return int(found[0][0])


@contextmanager
def vault_fixture(data: Path, seconds_waited: list[float] | None = None) -> Iterator[VaultFixture]:
    """A new vault in ``data``, whose background work is not started and whose issuer is quick."""
    waited = [] if seconds_waited is None else seconds_waited
    ports = {"wallet": 1, "shop": 2, "vault": 3, "phone": 4, "acs": 5}
    stack = StackSettings(data=data, ports=ports, keys=shared_keys(), controls=True)
    clock, shop = StandingClock(), FakeShop()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mock_sites.vault.domain.issuer.wait", waited.append)
        site = create_vault(stack, clock, httpx.MockTransport(shop.answer))
        site.app.jinja_env.bytecode_cache = KEPT_BYTECODE
        yield VaultFixture(stack, clock, site, shop, _behind_the_pages(stack, clock, site))
        site.close()


def _behind_the_pages(stack: StackSettings, clock: Clock, site: Site) -> Vault:
    shop = Merchant(stack.keys.vault.client_id, "http://shop.localhost:2", "http://127.0.0.1:2")
    secret = stack.keys.site_secrets["vault"]
    return open_vault(site.database, clock, secret, shop, lambda: None, Faults(), NoAnswer())


def typed_card(number: str = VISA, **changes: Any) -> dict[str, Any]:
    """A card in the shape of the protocol."""
    return {
        "cardNo": number,
        "cvv": code_for(number),
        "expiryYear": "40",
        "expiryMonth": "12",
        "cardholderName": {"firstName": "Anna", "lastName": "Petrova"},
        **changes,
    }


def month_after(moment: datetime, months: int = 0) -> str:
    """``MM/YY`` so many months after a moment."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return f"{month + 1:02}/{year % 100:02}"


def words(page: str) -> str:
    """What a reader sees of a page: no tags, single blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def field_value(page: str, name: str) -> str:
    """What stands in a field of a form."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    assert found
    return found[1]
