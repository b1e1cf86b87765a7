"""Antom's Python SDK, unmodified, against the vault (C1.5, C2.6, C3.5)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.mock_sites.clients.environment import python_with
from tests.support.served_app import served
from tests.support.tls_front import TlsFront, tls_front
from tests.support.vault_fixture import VISA, VaultFixture, vault_fixture

HOST = "open.vault.test"
TOLD_AT = "http://shop.localhost:2/told"
PROGRAM = Path(__file__).with_name("antom_program.py")
SECONDS = 60


@dataclass
class Merchant:
    """A merchant's program in front of a vault."""

    vault: VaultFixture
    front: TlsFront
    python: Path

    def call(self, *calls: tuple[str, dict[str, Any]], **changes: str) -> list[Any]:
        """Make the calls in one run of the program; return what it made of each answer."""
        done = self.run(*calls, **changes)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def run(
        self, *calls: tuple[str, dict[str, Any]], **changes: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the program."""
        asked = {
            "host": HOST,
            "port": self.front.port,
            "merchant": self.vault.stack.keys.vault.for_clients() | changes,
            "calls": calls,
        }
        return subprocess.run(
            [self.python, PROGRAM],
            input=json.dumps(asked),
            env={"SSL_CERT_FILE": str(self.front.certificate)},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )


@pytest.fixture
def merchant(tmp_path: Path) -> Iterator[Merchant]:
    python = python_with("com.alipay.ams.api.default_alipay_client", "global-open-sdk-python")
    (tmp_path / "data").mkdir()
    with (
        vault_fixture(tmp_path / "data") as vault,
        served(vault.site.app) as (_, port),
        tls_front(tmp_path, HOST, port) as front,
    ):
        yield Merchant(vault, front, python)


def linking(request_id: str = "v-1", number: str = VISA) -> tuple[str, dict[str, Any]]:
    """The call that links a card."""
    return "vault", {"request_id": request_id, "number": number, "told_at": TOLD_AT}


def test_it_links_a_card_and_reads_the_link(merchant: Merchant) -> None:
    assert merchant.vault.stack.keys.vault.client_id.startswith("SANDBOX_")

    linked, again, read = merchant.call(linking(), linking(), ("inquire", {"request_id": "v-1"}))

    assert linked[:2] == ["SUCCESS", "v-1"]
    assert again == linked
    assert read[:2] == ["SUCCESS", "PROCESSING"]
    card = read[2]["paymentMethodDetail"]["card"]
    assert (card["brand"], card["maskedCardNo"]) == ("VISA", "411111******1111")
    assert merchant.vault.rows("SELECT count(*) FROM cards") == [(1,)]

    merchant.vault.advance(hours=24)
    [final] = merchant.call(("inquire", {"request_id": "v-1"}))
    assert final[:2] == ["SUCCESS", "SUCCESS"]


def test_it_opens_a_session_in_which_the_buyer_links_a_card(merchant: Merchant) -> None:
    asked = ("session", {"request_id": "s-1", "told_at": TOLD_AT})
    opened, again, waiting = merchant.call(asked, asked, ("inquire", {"request_id": "s-1"}))

    assert opened[0] == "SUCCESS"
    assert again == opened
    assert waiting[:2] == ["SUCCESS", "PROCESSING"]
    assert opened[2] == f"http://vault.localhost:3/sessions/{opened[1]}"


def test_it_pays_once_with_the_token_that_it_got(merchant: Merchant) -> None:
    [linked] = merchant.call(linking())
    token = linked[2]["paymentMethodDetail"]["card"]["cardToken"]
    paying = ("pay", {"request_id": "p-1", "token": token, "minor": "15000"})

    paid, again, read, kept = merchant.call(
        paying, paying, ("payment", {"request_id": "p-1"}), ("cancel", {"request_id": "p-1"})
    )

    assert paid["result"]["resultCode"] == again["result"]["resultCode"] == "SUCCESS"
    assert (read["paymentStatus"], read["paymentResultCode"]) == ("SUCCESS", "SUCCESS")
    assert kept["result"]["resultCode"] == "ORDER_STATUS_INVALID"
    owner = f"merchant:{merchant.vault.stack.keys.vault.client_id}"
    assert merchant.vault.money_of(owner) == 15_000
    assert merchant.vault.discrepancies() == []


def test_it_verifies_and_reads_the_notification(merchant: Merchant) -> None:
    [linked] = merchant.call(linking())
    merchant.vault.advance(hours=24)
    merchant.vault.vault_itself.upkeep.settle_due()
    merchant.vault.deliver()
    [told] = merchant.vault.shop.requests
    headers = {name.lower(): value for name, value in told.headers.items()}
    body = told.content.decode()
    values = {"path": told.url.path, "headers": headers, "body": body}

    [read] = merchant.call(("notification", values))

    card = linked[2]["paymentMethodDetail"]["card"]
    created = linked[2]["vaultingCreateTime"]
    assert read == [
        True, "VAULTING_RESULT", "SUCCESS", "v-1", created, "VISA", card["cardToken"]
    ]  # fmt: skip


def test_it_verifies_the_answer_to_a_wrong_card_and_to_an_unknown_id(merchant: Merchant) -> None:
    wrong, unknown = merchant.call(
        linking(number="4111111111111112"), ("inquire", {"request_id": "none"})
    )

    assert wrong[0] == "PARAM_ILLEGAL"
    assert unknown[0] == "VAULTING_NOT_EXIST"


def test_it_is_told_which_key_is_wrong(merchant: Merchant) -> None:
    other = merchant.vault.stack.keys.vault.model_copy(
        update={"shop": merchant.vault.stack.keys.vault.vault}
    )
    [answer] = merchant.call(
        ("payment", {"request_id": "p-1"}), private_key=other.for_clients()["private_key"]
    )

    assert answer["result"]["resultCode"] == "INVALID_SIGNATURE"
    assert answer["signature"]["differs"] == "key"
    assert answer["signature"]["expectedText"].startswith(
        "POST /ams/sandbox/api/v1/payments/inquiryPayment\nSANDBOX_"
    )


def test_a_client_that_does_not_trust_the_vaults_key_takes_no_answer(merchant: Merchant) -> None:
    own = merchant.vault.stack.keys.vault.model_copy(
        update={"vault": merchant.vault.stack.keys.vault.shop}
    )
    done = merchant.run(
        ("payment", {"request_id": "p-1"}), vault_public_key=own.for_clients()["vault_public_key"]
    )

    assert done.returncode == 1
    assert "verify failed" in done.stderr
