"""Published clients of the bill protocol, unmodified, against the wallet (W2.2, W2.6)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.mock_sites.clients.environment import node_with, php_with, python_with
from tests.support.served_app import served
from tests.support.tls_front import TlsFront, tls_front
from tests.support.wallet_fixture import WalletFixture, wallet_fixture

HOST = "api.qiwi.com"
SDK = "@qiwi/bill-payments-node-js-sdk"
PHP_SDK = "qiwi/bill-payments-php-sdk"
SECONDS = 60


@dataclass
class Merchant:
    """A merchant's program in front of a wallet."""

    wallet: WalletFixture
    front: TlsFront
    command: Sequence[str]
    asked: dict[str, Any]

    def call(self, *calls: tuple[str, Any]) -> list[Any]:
        """Make the calls in one run of the program; return what it made of each answer."""
        secret = self.wallet.stack.keys.merchant.secret_key
        asked = {"port": self.front.port, "secret_key": secret, "calls": calls, **self.asked}
        certificate = str(self.front.certificate)
        done = subprocess.run(
            self.command,
            input=json.dumps(asked),
            env={"SSL_CERT_FILE": certificate, "NODE_EXTRA_CA_CERTS": certificate},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def paid(self) -> tuple[str, dict[str, Any]]:
        """Pay a bill; the signature of the wallet's notification, and its body."""
        uid = self.wallet.issue()
        self.wallet.pay_bill(self.wallet.buyer(), uid)
        self.wallet.deliver()
        [told] = self.wallet.outside.notifications
        return told.headers["X-Api-Signature-SHA256"], json.loads(told.content)


@pytest.fixture
def wallet(tmp_path: Path) -> Iterator[tuple[WalletFixture, TlsFront]]:
    (tmp_path / "data").mkdir()
    with (
        wallet_fixture(tmp_path / "data") as fixture,
        served(fixture.site.app) as (_, port),
        tls_front(tmp_path, HOST, port) as front,
    ):
        yield fixture, front


@pytest.fixture
def glqiwi(wallet: tuple[WalletFixture, TlsFront]) -> Merchant:
    python = python_with("glQiwiApi", "glQiwiApi")
    program = Path(__file__).with_name("glqiwi_program.py")
    return Merchant(*wallet, [str(python), str(program)], {})


@pytest.fixture
def node(wallet: tuple[WalletFixture, TlsFront]) -> Merchant:
    binary, folder = node_with(SDK)
    program = Path(__file__).with_name("node_program.js")
    return Merchant(*wallet, [binary, str(program)], {"package": str(folder)})


@pytest.fixture
def php(wallet: tuple[WalletFixture, TlsFront]) -> Merchant:
    binary, autoload = php_with(PHP_SDK)
    program = Path(__file__).with_name("php_program.php")
    return Merchant(*wallet, [binary, str(program)], {"autoload": str(autoload)})


def test_glqiwiapi_issues_reads_and_cancels_a_bill(glqiwi: Merchant) -> None:
    bill = {"bill_id": "gl-1"}
    issued, read, rejected = glqiwi.call(("issue", bill), ("read", bill), ("reject", bill))

    assert issued == read == ["gl-1", "WAITING", 212.0, 36]
    assert rejected == ["gl-1", "REJECTED", 212.0, 36]


def test_glqiwiapi_reads_a_notification(glqiwi: Merchant) -> None:
    _, body = glqiwi.paid()
    assert glqiwi.call(("notification", {"body": json.dumps(body)})) == [["order-1", "PAID"]]


def due(merchant: Merchant) -> str:
    """A moment as the SDK writes one."""
    return str(merchant.wallet.bill()["expirationDateTime"])


def params(merchant: Merchant, **changes: Any) -> dict[str, Any]:
    return {
        "amount": 200.345,
        "currency": "RUB",
        "comment": "By an SDK",
        "expirationDateTime": due(merchant),
        "phone": merchant.wallet.phone(),
        "successUrl": "http://shop.localhost:2/thanks",
    } | changes


def test_the_node_sdk_issues_reads_and_cancels_a_bill(node: Merchant) -> None:
    wanted = ["n-1", params(node)]
    issued, read, rejected = node.call(
        ("createBill", wanted), ("getBillInfo", ["n-1"]), ("cancelBill", ["n-1"])
    )

    assert issued["status"]["value"] == read["status"]["value"] == "WAITING"
    assert issued["payUrl"] == read["payUrl"] + "&successUrl=" + (
        "http%3A%2F%2Fshop.localhost%3A2%2Fthanks"
    )
    assert read["customFields"]["apiClient"] == "node_sdk"
    assert rejected["status"]["value"] == "REJECTED"


def test_the_node_sdk_sends_fields_that_are_no_texts(node: Merchant) -> None:
    fields = {"orderId": 7, "rate": 1.5, "gift": True, "note": None, "plug-in": "prestashop"}
    [issued] = node.call(("createBill", ["n-1", params(node, customFields=fields)]))

    kept = issued["customFields"]
    assert {name: kept[name] for name in fields if name in kept} == {
        "orderId": "7", "rate": "1.5", "gift": "true", "plug-in": "prestashop"
    }  # fmt: skip


def test_the_node_sdk_gives_money_back(node: Merchant) -> None:
    node.paid()
    part, read, more = node.call(
        ("refund", ["order-1", "r-1", 50, "RUB"]),
        ("getRefundInfo", ["order-1", "r-1"]),
        ("refund", ["order-1", "r-2", 200, "RUB"]),
    )

    assert part == read
    assert (part["amount"]["value"], part["status"]) == ("50.00", "PARTIAL")
    assert (more["status"], more["error"]["errorCode"]) == (400, "refund.incorrect.amount")
    assert node.wallet.discrepancies() == []


def test_the_node_sdk_verifies_a_notification(node: Merchant) -> None:
    signature, body = node.paid()
    secret = node.wallet.stack.keys.merchant.secret_key
    right, wrong = node.call(
        ("checkNotificationSignature", [signature, body, secret]),
        ("checkNotificationSignature", ["0" * 64, body, secret]),
    )

    assert (right, wrong) == (True, False)


def test_the_node_sdk_reads_an_error(node: Merchant) -> None:
    [unknown] = node.call(("getBillInfo", ["none"]))

    assert (unknown["status"], unknown["error"]["errorCode"]) == (404, "api.invoice.not.found")


def test_the_php_sdk_issues_reads_and_cancels_a_bill(php: Merchant) -> None:
    issued, read, rejected = php.call(
        ("createBill", ["p-1", params(php)]), ("getBillInfo", ["p-1"]), ("cancelBill", ["p-1"])
    )

    assert issued["status"]["value"] == read["status"]["value"] == "WAITING"
    assert issued["payUrl"] == read["payUrl"] + "&successUrl=" + (
        "http%3A%2F%2Fshop.localhost%3A2%2Fthanks"
    )
    assert read["customFields"]["apiClient"] == "php_sdk"
    assert rejected["status"]["value"] == "REJECTED"


def test_the_php_sdk_gives_money_back(php: Merchant) -> None:
    php.paid()
    part, read, more = php.call(
        ("refund", ["order-1", "r-1", 50, "RUB"]),
        ("getRefundInfo", ["order-1", "r-1"]),
        ("refund", ["order-1", "r-2", 200, "RUB"]),
    )

    assert part == read
    assert (part["amount"]["value"], part["status"]) == ("50.00", "PARTIAL")
    assert more == {"error": "More than is left of the bill"}
    assert php.wallet.discrepancies() == []


def test_the_php_sdk_verifies_a_notification(php: Merchant) -> None:
    signature, body = php.paid()
    secret = php.wallet.stack.keys.merchant.secret_key
    right, wrong = php.call(
        ("checkNotificationSignature", [signature, body, secret]),
        ("checkNotificationSignature", ["0" * 64, body, secret]),
    )

    assert (right, wrong) == (True, False)


def test_the_php_sdk_reads_an_error(php: Merchant) -> None:
    assert php.call(("getBillInfo", ["none"])) == [{"error": "Invoice not found"}]
