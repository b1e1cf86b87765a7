"""The shop for a test: the site without a browser, with a wallet and a vault in memory."""

from __future__ import annotations

import hashlib
import hmac
import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mock_sites.shared.runtime.settings import StackSettings
from mock_sites.shared.runtime.site import Site
from mock_sites.shared.values.cards import Card, Expiry
from mock_sites.shop import create_shop
from mock_sites.shop.card_store import LinkedCardRow
from mock_sites.shop.domain.address import Address
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.store import CustomerRow, OrderRow, PaymentMethod
from tests.support.fake_vault import API, FakeVault
from tests.support.kept_bytecode import KEPT_BYTECODE
from tests.support.shared_keys import shared_keys
from tests.support.standing_clock import StandingClock
from tests.support.visitor import TOKEN as TOKEN
from tests.support.visitor import form_key

ADDRESS = {
    "recipient": "Anna Petrova",
    "phone": "+79160000001",
    "city": "Moscow",
    "street": "Arbat 1, flat 2",
    "postal_code": "101000",
}
BY_WALLET = {"payment": "online", "online_option": "qiwi-wallet"}
BY_CASH = {"payment": "cash"}
BY_CARD = {"payment": "card"}
# The four values, as a buyer types them.
CARD = {
    "card_number": "4111 1111 1111 1111",
    "card_holder": "Anna Petrova",
    "expiry": "09/40",
    "security_code": "737",
}
# The same as the rules read it.
TYPED_CARD = Card("4111111111111111", "Anna Petrova", Expiry(2040, 9), "737")
SAVED = CARD | {"save_card": "y"}
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"
)
SITE = "http://localhost"


@dataclass
class FakeWallet:
    """Answers the bill protocol from memory; ``error`` makes it fail the way it says."""

    site_id: str
    error: Exception | tuple[int, bytes] | None = None
    bills: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if isinstance(self.error, Exception):
            raise self.error
        if self.error is not None:
            return httpx.Response(self.error[0], content=self.error[1])
        bill_id, _, action = request.url.path.removeprefix("/partner/bill/v1/bills/").partition("/")
        if request.method == "PUT":
            return self._issue(bill_id, json.loads(request.content))
        if bill_id not in self.bills:
            return httpx.Response(404, json={"errorCode": "api.invoice.not.found"})
        if action == "refunds":
            return httpx.Response(200, json={"refunds": self.refunds.get(bill_id, [])})
        return self._reject(bill_id) if action else self._show(bill_id)

    def asked(self) -> list[str]:
        """The calls since the last look: how each was made, and what it was about."""
        made = [f"{one.method} {one.url.path.partition('bills/')[2]}" for one in self.requests]
        self.requests.clear()
        return made

    def is_told(self, bill_id: str, status: str) -> None:
        """From now on the bill stands so."""
        self.bills[bill_id]["status"]["value"] = status

    def _issue(self, bill_id: str, asked: dict[str, Any]) -> httpx.Response:
        known = self.bills.setdefault(
            bill_id,
            {
                **asked,
                "asked": asked,
                "siteId": self.site_id,
                "billId": bill_id,
                "status": {"value": "WAITING"},
                "payUrl": f"http://wallet.localhost:1/form/?invoice_uid={bill_id}",
            },
        )
        return httpx.Response(409) if known["asked"] != asked else self._show(bill_id)

    def _reject(self, bill_id: str) -> httpx.Response:
        if self.bills[bill_id]["status"]["value"] != "WAITING":
            return httpx.Response(409, json={"errorCode": "api.invoice.status.conflict"})
        self.is_told(bill_id, "REJECTED")
        return self._show(bill_id)

    def _show(self, bill_id: str) -> httpx.Response:
        return httpx.Response(200, json=self.bills[bill_id])


class Customer:
    """Somebody in front of the shop: every form is sent with the token of its page."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, path: str) -> str:
        """The page, and where redirects lead: its HTML."""
        return self.client.get(path, follow_redirects=True).text

    def send(self, path: str, data: dict[str, Any] | None = None, page: str = "/cart") -> str:
        """Send a form with a token from ``page`` and follow; the HTML that comes of it."""
        return self.send_to(path, data, page).text

    def send_to(
        self, path: str, data: dict[str, Any] | None = None, page: str = "/cart"
    ) -> TestResponse:
        """As :meth:`send`, with the whole response."""
        form = {"csrf_token": form_key(self.open(page), page), **(data or {})}
        return self.client.post(path, data=form, follow_redirects=True)

    def sign_in(self, phone: str, password: str) -> Customer:
        """Sign in by the page."""
        page = self.send("/sign-in", {"phone": phone, "password": password}, page="/sign-in")
        assert "Sign out" in page
        return self

    def send_signed_out(self, path: str, form: dict[str, Any], page: str | None = None) -> str:
        """Send a form of ``page`` after the session has ended; where to sign in."""
        with self.client.session_transaction() as session:
            session.clear()
        came_from = {"Origin": SITE, "Referer": SITE + (page or path)}
        answer = self.client.post(path, data={"csrf_token": "old", **form}, headers=came_from)
        assert answer.status_code == 303
        return answer.location

    def put_into_cart(self, slug: str, quantity: int | str = 1) -> str:
        """Add to cart on the product's page."""
        page = f"/products/{slug}"
        return self.send(page, {"quantity": quantity}, page=page)

    def buy(self, *slugs: str) -> str:
        """Tick and buy; the checkout's path."""
        path = self.send_to("/cart", {"ticked": list(slugs)}).request.path
        assert path.startswith("/checkout/")
        return path

    def press(self, checkout: str, button: str, **form: str) -> str:
        """Press a button of the checkout, where a card shall pay; the page that answers."""
        return self.send(checkout, {**ADDRESS, **BY_CARD, "press": button, **form}, page=checkout)

    def order(self, slug: str = "teapot", quantity: int = 1, **form: str) -> str:
        """Buy one product all the way; the order's uid."""
        self.put_into_cart(slug, quantity)
        checkout = self.buy(slug)
        answer = self.send_to(checkout, {**ADDRESS, **BY_WALLET, **form}, page=checkout)
        assert answer.request.path.startswith("/orders/")
        return answer.request.path.removeprefix("/orders/")


@dataclass
class ShopFixture:
    """A shop, its clock, and the wallet and the vault it speaks to."""

    stack: StackSettings
    clock: StandingClock
    site: Site
    wallet: FakeWallet
    vault: FakeVault
    # The shop behind its pages, for what no page shows.
    shop: Shop

    def stranger(self) -> Customer:
        """Somebody who is not signed in."""
        return Customer(self.site.app.test_client())

    def orders(self, number: int = 0) -> list[OrderRow]:
        """The orders of one of the demo people."""
        return list(self.shop.orders.of_customer(self.person(number).id))

    def person(self, number: int = 0) -> CustomerRow:
        """The row of one of the demo people."""
        found = self.shop.people.find(self.phone(number))
        assert found
        return found

    def cart(self, number: int = 0) -> dict[str, int]:
        """What lies in the cart of one of the demo people, and how much of it."""
        lines = self.shop.carts.lines(self.person(number).id)
        return {line.product_slug: line.quantity for line in lines}

    def begin(self, *slugs: str, quantity: int = 1, number: int = 0) -> str:
        """Put products into the cart and begin to buy them, by the rules; the checkout's uid."""
        customer_id = self.person(number).id
        for slug in slugs:
            self.shop.carts.add(customer_id, slug, quantity)
        return self.shop.checkouts.start(customer_id, slugs)

    def place(
        self, payment_method: PaymentMethod = PaymentMethod.QIWI_WALLET, number: int = 0
    ) -> OrderRow:
        """Order a teapot, by the rules; nobody has asked the wallet or the vault yet."""
        uid = self.begin("teapot", number=number)
        return self.shop.orders.place(
            self.person(number).id, uid, Address(**ADDRESS), payment_method
        )

    def pay(self, checkout: str, source: LinkedCardRow | Card = TYPED_CARD) -> OrderRow:
        """Have a checkout paid from a card, by the rules; the order as the buyer is told it."""
        pay = self.shop.card_payments.pay
        return pay(self.person(), checkout, Address(**ADDRESS), source)

    def phone(self, number: int = 0) -> str:
        """The phone of one of the demo people."""
        return self.stack.keys.people[number].phone

    def customer(self, number: int = 0) -> Customer:
        """One of the two demo people, signed in."""
        person = self.stack.keys.people[number]
        return self.stranger().sign_in(person.phone, person.password)

    def customer_on_phone(self, number: int = 0) -> Customer:
        """A customer whose browser says that it is a telephone's."""
        customer = self.customer(number)
        customer.client.environ_base["HTTP_USER_AGENT"] = IPHONE
        return customer

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the test control answers."""
        headers = {"Authorization": f"Bearer {self.stack.keys.control_token}"}
        client = self.site.app.test_client()
        return client.open(f"/_control{path}", method=method, json=body, headers=headers).json

    def notify(self, bill: dict[str, Any], signed: str | None = None) -> TestResponse:
        """Tell the shop of a bill as the wallet does."""
        headers = {"X-Api-Signature-SHA256": self.sign(bill) if signed is None else signed}
        body = {"bill": bill, "version": "1"}
        client = self.site.app.test_client()
        return client.post("/notifications/qiwi", json=body, headers=headers)

    def sign(self, bill: dict[str, Any]) -> str:
        """The signature of a bill, worked out here and not by the shop."""
        amount = f"{bill['amount']['currency']}|{float(bill['amount']['value']):.2f}"
        text = f"{amount}|{bill['billId']}|{bill['siteId']}|{bill['status']['value']}"
        key = self.stack.keys.merchant.secret_key
        return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


@contextmanager
def shop_fixture(data: Path) -> Iterator[ShopFixture]:
    """A new shop in ``data``, whose background work is not started."""
    ports = {"wallet": 1, "shop": 2, "vault": 3, "phone": 4}
    stack = StackSettings(data=data, ports=ports, keys=shared_keys(), controls=True)
    clock = StandingClock()
    wallet, vault = FakeWallet(stack.keys.merchant.site_id), FakeVault(stack.keys.vault)

    def answer(request: httpx.Request) -> httpx.Response:
        asked_of_vault = request.url.path.startswith(API)
        return vault.answer(request) if asked_of_vault else wallet.answer(request)

    line = httpx.MockTransport(answer)
    site = create_shop(stack, clock, line)
    # Most of a test's time went into compiling the same templates again.
    site.app.jinja_env.bytecode_cache = KEPT_BYTECODE
    shop = site.app.extensions["shop"]
    yield ShopFixture(stack, clock, site, wallet, vault, shop)
    site.close()


def words(page: str) -> str:
    """What a reader sees of a page: no tags, single blanks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def without_keys(page: str) -> str:
    """A page without its form keys and ids: what is drawn at random may hold any three digits."""
    page = re.sub(r'(name="csrf_token" value=")[^"]*', r"\1", page)
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", page)
