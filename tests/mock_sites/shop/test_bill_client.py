"""How the shop speaks the bill protocol, and what it reads in an answer or a notification."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from mock_sites.shared.runtime.keys import MerchantKeys
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shop.clients.wallet import BillClient, wallet_connection
from mock_sites.shop.domain.bills import (
    Bill,
    BillRefused,
    BillUnknown,
    WalletError,
    invoice_uid,
    notified_bill,
    returning_to,
    signature,
)
from mock_sites.shop.store import InvoiceRow, OrderRow

KEYS = MerchantKeys(site_id="our-shop", secret_key="our-secret", public_key="our-public")
BILL: dict[str, Any] = {
    "siteId": "our-shop",
    "billId": "order-1",
    "amount": {"currency": "RUB", "value": "2380.5"},
    "status": {"value": "WAITING"},
    "payUrl": "http://wallet.localhost/form/?invoice_uid=1",
}


def order() -> OrderRow:
    """An order of the same amount, to be paid in seven days."""
    invoice = InvoiceRow(expires_at=datetime(2026, 11, 29, 12, 30, 15, tzinfo=UTC))
    facts = {"phone": "+79160000001", "total_minor": 238_050, "currency": "RUB"}
    return OrderRow(uid="order-1", number=7, invoice=invoice, **facts)


class Wallet:
    """Answers every call alike, and keeps what it was asked."""

    def __init__(self, status: int = 200, answer: Any = None) -> None:
        self.status, self.said = status, json.dumps(BILL if answer is None else answer)
        self.asked: list[httpx.Request] = []
        line = httpx.MockTransport(self.answer)
        self.client = BillClient(wallet_connection("http://wallet.test", line), KEYS)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Whatever is asked."""
        self.asked.append(request)
        return httpx.Response(self.status, content=self.said)


def test_a_bill_says_what_the_order_costs_to_whom_and_until_when() -> None:
    wallet = Wallet()

    bill = wallet.client.issue(order())

    (asked,) = wallet.asked
    assert (asked.method, str(asked.url)) == (
        "PUT",
        "http://wallet.test/partner/bill/v1/bills/order-1",
    )
    assert asked.headers["Authorization"] == "Bearer our-secret"
    assert json.loads(asked.content) == {
        "amount": {"currency": "RUB", "value": "2380.50"},
        "comment": "№ 7",
        "customer": {"phone": "+79160000001"},
        "expirationDateTime": "2026-11-29T12:30:15+00:00",
    }
    assert bill.pay_url == BILL["payUrl"]


def test_a_bill_is_read_and_rejected_by_its_id_and_without_a_body() -> None:
    wallet = Wallet()

    read, rejected = wallet.client.read("order-1"), wallet.client.reject("order-1")

    assert read == rejected == Bill.model_validate(BILL)
    assert [(one.method, one.url.path, one.content) for one in wallet.asked] == [
        ("GET", "/partner/bill/v1/bills/order-1", b""),
        ("POST", "/partner/bill/v1/bills/order-1/reject", b""),
    ]
    assert {one.headers["Authorization"] for one in wallet.asked} == {"Bearer our-secret"}


@pytest.mark.parametrize(
    ("status", "raised", "code"),
    [
        (302, WalletError, "wallet.unreachable"),
        (400, BillRefused, "wallet.refused"),
        (404, BillUnknown, "wallet.refused"),
        (409, BillRefused, "wallet.refused"),
        (499, BillRefused, "wallet.refused"),
        (500, WalletError, "wallet.unreachable"),
    ],
)
def test_an_answer_that_is_no_success_is_an_error_of_its_kind(
    status: int, raised: type[WalletError], code: str
) -> None:
    with pytest.raises(WalletError) as met:
        Wallet(status).client.read("order-1")

    assert (type(met.value), met.value.code) == (raised, code)
    assert str(met.value) == f"GET /partner/bill/v1/bills/order-1: {status}"


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda client: client.issue(order()), "PUT order-1"),
        (lambda client: client.read("order-1"), "GET order-1"),
        (lambda client: client.reject("order-1"), "POST order-1/reject"),
    ],
    ids=["issue", "read", "reject"],
)
def test_an_error_names_the_call_and_what_came_of_it(
    call: Callable[[BillClient], Bill], named: str
) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("too slow")

    unreachable = BillClient(
        wallet_connection("http://wallet.test", httpx.MockTransport(fail)), KEYS
    )

    with pytest.raises(WalletError) as slow:
        call(unreachable)
    with pytest.raises(WalletError) as unreadable:
        call(Wallet(answer={}).client)

    assert str(slow.value) == f"{named}: ReadTimeout('too slow')"
    assert str(unreadable.value).startswith(f"{named}: the answer is no bill: ")


def test_the_shop_waits_three_seconds_for_the_wallet_and_on_loopback_passes_no_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.test:3128")

    connection = wallet_connection("http://127.0.0.1:8100")

    assert connection.base_url == "http://127.0.0.1:8100"
    assert connection.timeout == httpx.Timeout(3)
    assert not connection.trust_env
    assert wallet_connection("http://wallet.test").trust_env


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"siteId": "another-shop"}, False),
        ({"billId": "order-2"}, False),
        ({"amount": {"currency": "RUB", "value": "2380.51"}}, False),
        ({"amount": {"currency": "KZT", "value": "2380.50"}}, False),
    ],
)
def test_a_bill_is_an_orders_if_shop_order_amount_and_currency_are(
    change: dict[str, Any], fits: bool
) -> None:
    assert Bill.model_validate(BILL | change).is_for(order(), "our-shop") is fits


def test_amounts_that_differ_in_the_third_decimal_are_signed_differently() -> None:
    signed = set()
    for value in ("1.001", "1.002"):
        bill = BILL | {"amount": {"currency": "KWD", "value": value}}
        signed.add(signature(Bill.model_validate(bill), "our-secret"))

    assert len(signed) == 2


def test_the_signature_is_the_documented_one() -> None:
    bill = Bill.model_validate(
        {
            "siteId": "test",
            "billId": "test_bill",
            "amount": {"value": "1", "currency": "RUB"},
            "status": {"value": "PAID"},
        }
    )

    assert (
        signature(bill, "test-merchant-secret-for-signature-check")
        == "07e0ebb10916d97760c196034105d010607a6c6b7d72bfa1c3451448ac484a3b"
    )


def test_a_notification_is_believed_if_it_is_signed_and_can_be_read() -> None:
    body = json.dumps({"bill": BILL, "version": "1"}).encode()
    signed = signature(Bill.model_validate(BILL), "our-secret")

    assert notified_bill(body, signed, ["our-secret"]).bill_id == "order-1"
    assert notified_bill(body, signed, ["newer-secret", "our-secret"]).bill_id == "order-1"
    for wrong, why in [
        ((body, signed, ["another-secret"]), "notification.forged"),
        ((body, "ключ", ["our-secret"]), "notification.forged"),
        ((b"{}", signed, ["our-secret"]), "notification.unreadable"),
    ]:
        with pytest.raises(Refusal) as refused:
            notified_bill(*wrong)
        assert (refused.value.code, refused.value.field) == (why, None)


def test_the_buyer_comes_back_from_the_wallet_to_any_address_whole() -> None:
    assert (
        returning_to("http://wallet.test/form/?uid=1", "http://shop.test/orders/a b?c=d&e")
        == "http://wallet.test/form/?uid=1&successUrl=http%3A%2F%2Fshop.test%2Forders%2Fa%20b%3Fc%3Dd%26e"
    )


@pytest.mark.parametrize(
    ("pay_url", "uid"),
    [
        ("http://wallet.test/form/?invoice_uid=a-1", "a-1"),
        ("http://wallet.test/form/?x=1&invoice_uid=a-1&y=2", "a-1"),
        ("http://wallet.test/form/?uid=1", None),
        ("http://wallet.test/form/", None),
    ],
)
def test_a_payment_page_names_the_bill_in_the_wallet(pay_url: str, uid: str | None) -> None:
    assert invoice_uid(pay_url) == uid
