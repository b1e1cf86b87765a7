"""Whatever is sent to whichever route of whichever site, it is answered as documented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from mock_sites import SITES
from mock_sites.phone import create_phone
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.settings import StackSettings
from tests.mock_sites.input.nasty import (
    BODIES,
    HEADERS,
    HOSTS,
    VALUES,
    as_json,
    changed,
    fields_of,
    path_of,
    routes_of,
    send,
)
from tests.support.shared_keys import shared_keys
from tests.support.shop_fixture import shop_fixture
from tests.support.vault_fixture import API, VISA, vault_fixture
from tests.support.wallet_fixture import BILLS, wallet_fixture

PAGE = {200, 302, 303, 304, 308, 400, 404, 405, 413, 415, 416}
PROGRAM = {200, 201, 308, 400, 401, 403, 404, 405, 409, 413, 422}
PROTECTED = ("/_control", "/api/")


@dataclass
class Opened:
    """A site with somebody signed in, and what belongs to that buyer by the names of routes."""

    app: Flask
    cookie: str = ""
    real: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    signed: Callable[[str, bytes], dict[str, str]] = lambda path, body: {}

    def headers(self, path: str, body: bytes) -> dict[str, str]:
        """What lets a request in."""
        tokens = [token for prefix, token in self.keys.items() if path.startswith(prefix)]
        given = {"HTTP_AUTHORIZATION": f"Bearer {tokens[0]}"} if tokens else {}
        signed = {
            f"HTTP_{name.upper().replace('-', '_')}": value
            for name, value in self.signed(path, body).items()
        }
        return {"HTTP_COOKIE": self.cookie} | given | signed

    def send(self, method: str, path: str, **more: Any) -> tuple[int, str]:
        """Send as the buyer, or as the program that may."""
        headers = self.headers(path, more.get("body", b"")) | more.pop("headers", {})
        return send(self.app, method, path, headers=headers, **more)


def cookie_of(client: Any, site: str) -> str:
    cookie = client.get_cookie(f"{site}_session")
    assert cookie is not None
    return f"{site}_session={cookie.value}"


def opened(site: str, folder: Path, stack: ExitStack) -> Opened:
    """A site for a test."""
    controls = {"/_control": shared_keys().control_token}
    if site == "wallet":
        wallet = stack.enter_context(wallet_fixture(folder))
        buyer, uid = wallet.buyer(), wallet.issue()
        real = {"bill_id": "order-1", "slug": "steam"}
        real["uid"] = buyer.enter().split("/")[2]
        real["invoice"] = uid
        key = {"/partner": wallet.stack.keys.merchant.secret_key}
        return Opened(wallet.site.app, cookie_of(buyer.client, site), real, controls | key)
    if site == "shop":
        shop = stack.enter_context(shop_fixture(folder))
        customer = shop.customer()
        customer.put_into_cart("teapot")
        real = {"slug": "teapot", "uid": customer.buy("teapot").split("/")[2]}
        return Opened(shop.site.app, cookie_of(customer.client, site), real, controls)
    if site == "vault":
        vault = stack.enter_context(vault_fixture(folder))
        holder = vault.holder()
        holder.add_card()
        real = {"token": holder.tokens()[0]}
        signed = vault.signing.headers
        return Opened(vault.site.app, cookie_of(holder.client, site), real, controls, signed)
    ports = {name: number for number, name in enumerate(SITES, start=1)}
    phone = create_phone(
        StackSettings(data=folder, ports=ports, keys=shared_keys(), controls=True), Clock()
    )
    stack.callback(phone.close)
    token = {"/api/": shared_keys().phone_token}
    return Opened(phone.app, "", {"number": "+79161234567"}, controls | token)


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    with ExitStack() as stack:
        found = opened(request.param, tmp_path, stack)
        # The form keys are checked by a test of their own: here everything gets past them.
        found.app.config["WTF_CSRF_ENABLED"] = False
        yield found


def assert_documented(status: int, path: str, *sent: object) -> None:
    program = path.startswith(("/_control", "/api/", "/partner", "/ams", "/notifications"))
    assert status in (PROGRAM if program else PAGE), (status, path, *sent)


def test_no_value_in_a_path_breaks_a_page(site: Opened) -> None:
    for rule in routes_of(site.app):
        for value in VALUES if rule.arguments else ():
            for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
                path = path_of(rule, value, {})
                assert_documented(site.send(method, path)[0], path, method)


def test_no_value_in_a_query_or_a_form_breaks_a_page(site: Opened) -> None:
    fields = fields_of(site.app)
    for rule in routes_of(site.app):
        path = path_of(rule, "x", site.real)
        for value in VALUES:
            pairs = "&".join(f"{name}={value}" for name in fields)
            for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
                more = {"query": pairs} if method == "GET" else {"body": pairs.encode()}
                assert_documented(site.send(method, path, **more)[0], path, method, value)


def test_no_body_no_kind_of_body_and_no_name_breaks_a_route(site: Opened) -> None:
    names = b"%ff=1&%00=2&a[]=3&a[b][c]=4&=&=5&%ed%a0%80=6&" + b"x" * 3000 + b"=7"
    for rule in routes_of(site.app):
        path = path_of(rule, "x", site.real)
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD", "GET"}:
            for body in (*BODIES, names):
                status, _ = site.send(method, path, body=body, kind="application/json")
                assert_documented(status, path, method, body[:50])
            status, _ = site.send(method, path, body=names)
            assert_documented(status, path, method, "names")


def test_no_header_breaks_a_route(site: Opened) -> None:
    # One page, and one route of every interface for programs: all others are read alike.
    prefixes = {rule.rule.split("/")[1]: rule for rule in routes_of(site.app)}
    for rule in prefixes.values():
        path = path_of(rule, "x", site.real)
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            for headers in HEADERS:
                status, _ = site.send(method, path, body=b"a=b", headers=headers)
                assert_documented(status, path, method, headers)


def test_no_host_breaks_a_site(site: Opened) -> None:
    for host in HOSTS:
        assert site.send("GET", "/", headers={"HTTP_HOST": host})[0] == 400, host


def test_a_form_without_its_key_is_rejected(site: Opened) -> None:
    site.app.config["WTF_CSRF_ENABLED"] = True
    for rule in routes_of(site.app):
        path = path_of(rule, "x", site.real)
        if "POST" in (rule.methods or set()) and not path.startswith(
            ("/_control", "/api/", "/partner", "/ams", "/notifications")
        ):
            assert site.send("POST", path, body=b"a=b")[0] in (303, 400, 404), path
            anonymous = {"HTTP_COOKIE": ""}
            assert site.send("POST", path, body=b"a=b", headers=anonymous)[0] in (303, 400), path


def test_no_value_of_a_bill_breaks_the_protocol(tmp_path: Path) -> None:
    with wallet_fixture(tmp_path) as wallet:
        for number, body in enumerate(changed(wallet.bill(customFields={"themeCode": "a"}))):
            answer = wallet.merchant("PUT", f"bill-{number}", body)
            assert answer.status_code in (200, 400), body
            refund = {"amount": body.get("amount")}
            answer = wallet.merchant("PUT", f"bill-{number}/refunds/1", refund)
            assert answer.status_code in (400, 404), refund
        assert wallet.discrepancies() == []


def test_no_value_of_a_call_breaks_the_vault(tmp_path: Path) -> None:
    amount = {"currency": "RUB", "value": "1000"}
    with vault_fixture(tmp_path) as vault:
        linking = vault.vaulting(VISA)
        method = linking["paymentMethodDetail"]
        bodies = {
            "/vaults/vaultPaymentMethod": linking | {"redirectUrl": "http://shop.localhost:2/"},
            "/payments/pay": {
                "paymentRequestId": "p-1",
                "buyer": {"phone": vault.phone()},
                "paymentAmount": amount,
                "paymentMethod": {"paymentMethodType": "CARD", "card": method["card"]},
                "order": {"orderDescription": "Order 1"},
            },
        }
        for path, body in bodies.items():
            for each in changed(body):
                result = vault.call(path, each)["result"]
                assert result["resultCode"] != "UNKNOWN_EXCEPTION", (path, each)


def test_the_merchants_doors_are_where_the_tests_look() -> None:
    assert (BILLS[:8], API[:4]) == ("/partner", "/ams")


def test_nothing_signed_breaks_the_notifications_of_the_shop(tmp_path: Path) -> None:
    with shop_fixture(tmp_path) as shop:
        bill = {
            "siteId": "x",
            "billId": "y",
            "amount": {"value": "1.00", "currency": "RUB"},
            "status": {"value": "PAID"},
        }
        for each in changed({"bill": bill, "version": "1"}):
            status, _ = send(
                shop.site.app,
                "POST",
                "/notifications/qiwi",
                body=as_json(each),
                kind="application/json",
            )
            assert status in (400, 403), each
        for body in (*BODIES, as_json({"buyer": {"phone": "\ud800"}})):
            headers = shop.vault.signing.headers("/notifications/vault", body)
            status = (
                shop.site.app.test_client()
                .post("/notifications/vault", data=body, headers=headers)
                .status_code
            )
            assert status in (200, 400), body[:50]
