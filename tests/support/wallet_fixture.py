"""The wallet for a test: the site without a browser, with a phone and a shop in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine, text
from werkzeug.test import TestResponse

from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.keys import MerchantKeys
from mock_sites.shared.runtime.settings import StackSettings
from mock_sites.shared.runtime.site import Site
from mock_sites.wallet import create_wallet
from mock_sites.wallet.domain.wallet import Wallet
from mock_sites.wallet.store import BuyerRow
from tests.support.kept_bytecode import KEPT_BYTECODE
from tests.support.shared_keys import shared_keys
from tests.support.standing_clock import StandingClock
from tests.support.visitor import TOKEN, Visitor

ERROR = re.compile(r'class="error"[^>]*>([^<]*)<')
BILLS = "/partner/bill/v1/bills/"


@dataclass
class Outside:
    """Everybody whom the wallet calls: the phone takes messages, the shop notifications."""

    messages: list[dict[str, str]] = field(default_factory=list)
    notifications: list[httpx.Request] = field(default_factory=list)
    phone_answers: int = 201
    shop_answers: int = 200
    shop_says: str = "0"

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/messages":
            if self.phone_answers == 201:
                self.messages.append(json.loads(request.content))
            return httpx.Response(self.phone_answers, json={})
        self.notifications.append(request)
        return httpx.Response(self.shop_answers, json={"error": self.shop_says})

    @property
    def codes(self) -> list[str]:
        """The codes that have come to phones, oldest first."""
        return [re.findall(r"\b\d{6}\b", message["text"])[0] for message in self.messages]


class WalletVisitor(Visitor):
    """Somebody in front of the wallet."""

    def enter(self, amount: str = "150.00", account: str = "night_owl_42") -> str:
        """Fill in the form of Steam; the path of the payment's check page."""
        answer = self.send("/pay/to/steam", account=account, amount=amount)
        assert answer.request.path.endswith("/check"), ERROR.findall(answer.text)
        return answer.request.path

    def be_sent_code(self, amount: str = "150.00") -> str:
        """Enter a payment and confirm the check; the path of its code page."""
        path = self.enter(amount)
        answer = self.send(path)
        assert answer.request.path.endswith("/code")
        return answer.request.path

    def balance(self) -> str:
        """What the home page says that the wallet holds."""
        found = re.search(r'class="balance"><bdi>([^<]+)<', self.open("/").text)
        assert found
        return " ".join(found[1].split())


@dataclass
class WalletFixture:
    """A wallet, its clock, and those whom it calls."""

    stack: StackSettings
    clock: Clock
    site: Site
    outside: Outside

    def stranger(self) -> WalletVisitor:
        """Somebody who is not signed in."""
        return WalletVisitor(self.site.app.test_client())

    def buyer(self, number: int = 0) -> WalletVisitor:
        """One of the two demo people, signed in: each has 10,000 roubles."""
        person = self.stack.keys.people[number]
        visitor = self.stranger()
        visitor.sign_in(person.phone, person.password)
        return visitor

    @property
    def wallet(self) -> Wallet:
        """The rules themselves, without the pages."""
        rules: Wallet = self.site.app.extensions["wallet"]
        return rules

    def person(self, number: int = 0) -> BuyerRow:
        """The row of one of the demo people."""
        found = self.wallet.buyers.find(self.phone(number))
        assert found
        return found

    def phone(self, number: int = 0) -> str:
        """The phone of one of the demo people."""
        return self.stack.keys.people[number].phone

    def merchant(
        self, method: str, path: str, body: Any = None, key: str | None = None
    ) -> TestResponse:
        """What the bill protocol answers the shop; ``body`` is JSON, or bytes as they are."""
        secret = self.stack.keys.merchant.secret_key if key is None else key
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.site.app.test_client().open(
            BILLS + path,
            method=method,
            data=b"" if body is None else data,
            headers={"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
        )

    def bill(self, bill_id: str = "order-1", **changes: Any) -> dict[str, Any]:
        """A body that issues a bill to the first buyer, due in a day, but for ``changes``."""
        return {
            "amount": {"currency": "RUB", "value": "200.34"},
            "comment": "Order 1",
            "expirationDateTime": (self.clock.now() + timedelta(days=1)).isoformat(),
            "customer": {"phone": self.phone()},
            "customFields": {},
        } | changes

    def issue(self, bill_id: str = "order-1", **changes: Any) -> str:
        """Issue a bill; its uid in the wallet."""
        answer = self.merchant("PUT", bill_id, self.bill(**changes))
        assert answer.status_code == 200, answer.json
        return str(answer.json["payUrl"][-36:])  # type: ignore[index]

    def pay_bill(
        self, visitor: WalletVisitor, uid: str, leave_to: str | None = None
    ) -> TestResponse:
        """Pay a bill all the way, as its buyer does."""
        query = f"&successUrl={leave_to}" if leave_to else ""
        page = visitor.send(f"/invoices/{uid}/pay?means=qw{query}")
        token = TOKEN.search(page.text)
        assert token, page.text
        form = {"csrf_token": token[1], "code": self.outside.codes[-1]}
        return visitor.client.post(page.request.path, data=form)

    def deliver(self) -> timedelta | None:
        """Let the wallet tell the shop what is due now; how long until something is due again."""
        return self.site.workers[0].run_once()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database itself holds."""
        engine = create_engine(self.stack.database_url("wallet"))
        with engine.connect() as connection:
            found = [tuple(row) for row in connection.execute(text(statement))]
        engine.dispose()
        return found

    def discrepancies(self) -> list[str]:
        """What is wrong with the books."""
        headers = {"Authorization": f"Bearer {self.stack.keys.control_token}"}
        answer = self.site.app.test_client().get("/_control/books", headers=headers)
        return list(answer.json["discrepancies"])  # type: ignore[index]


@contextmanager
def wallet_fixture(
    data: Path,
    controls: bool = True,
    merchant: Mapping[str, Any] | None = None,
    others: Sequence[MerchantKeys] = (),
) -> Iterator[WalletFixture]:
    """A new wallet in ``data``, whose background work is not started.

    ``merchant``: settings of its merchant that are not the default. ``others``: more merchants.
    """
    ports = {"wallet": 1, "shop": 2, "phone": 3}
    keys = shared_keys()
    changed = MerchantKeys.model_validate({**keys.merchant.model_dump(), **(merchant or {})})
    keys = keys.model_copy(update={"merchant": changed, "other_merchants": list(others)})
    stack = StackSettings(data=data, ports=ports, keys=keys, controls=controls)
    clock, outside = StandingClock(), Outside()
    site = create_wallet(stack, clock, httpx.MockTransport(outside.answer))
    site.app.jinja_env.bytecode_cache = KEPT_BYTECODE
    yield WalletFixture(stack, clock, site, outside)
    site.close()
