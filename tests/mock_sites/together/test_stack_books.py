"""The shop's control over the books of the whole stack, on all sites together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.shop_fixture import ADDRESS, BY_CARD, BY_WALLET, CARD, shop_fixture
from tests.support.stack_fixture import StackFixture, stack_fixture
from tests.support.visitor import Visitor

FITS: dict[str, list[str]] = {"discrepancies": [], "pending": [], "not_compared": []}
CODE = re.compile(r"\b\d{6}\b")


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[StackFixture]:
    with stack_fixture(tmp_path) as whole:
        yield whole


def signed_in(whole: StackFixture, site: str) -> Visitor:
    visitor, person = whole.visitor(site), whole.stack.keys.people[0]
    visitor.sign_in(person.phone, person.password)
    return visitor


def order(whole: StackFixture, **form: str) -> str:
    """Order a pair of slippers; the order's uid."""
    visitor = signed_in(whole, "shop")
    visitor.send("/products/slippers", quantity="1")
    checkout = visitor.send("/cart", ticked="slippers").request.path
    answer = visitor.send(checkout, **ADDRESS, **form)
    assert answer.request.path.startswith("/orders/")
    return answer.request.path.removeprefix("/orders/")


def pay_invoice(whole: StackFixture, bill_id: str) -> None:
    """Pay a bill in the wallet, all the way."""
    wallet, phone = signed_in(whole, "wallet"), whole.stack.keys.people[0].phone
    [(uid,)] = whole.ask("wallet", f"SELECT uid FROM bills WHERE bill_id = '{bill_id}'")
    page = wallet.send(f"/invoices/{uid}/pay?means=qw").request.path
    messages = whole.control("phone", "GET", f"/messages?phone=%2B{phone[1:]}")
    wallet.send(page, code=CODE.findall(messages[-1]["text"])[0])


def books(whole: StackFixture) -> Any:
    return whole.control("shop", "GET", "/books")


def do(whole: StackFixture, site: str, *statements: str) -> None:
    """Change a site's data behind its back."""
    with whole.sites[site].database.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_orders_paid_by_card_and_through_the_wallet_fit(whole: StackFixture) -> None:
    by_card, by_wallet = order(whole, **BY_CARD, **CARD), order(whole, **BY_WALLET)
    pay_invoice(whole, by_wallet)
    whole.advance(1)

    assert books(whole) == FITS
    [capture] = whole.control("vault", "GET", f"/payments?request_id={by_card}")
    [bill] = whole.control("wallet", "GET", f"/bills?bill_id={by_wallet}")
    assert (capture["state"], capture["times_captured"]) == ("CAPTURED", 1)
    assert (bill["status"], bill["times_paid"], bill["paid_minor"]) == ("PAID", 1, 119_000)


def test_a_paid_bill_that_the_shop_has_not_heard_of_is_pending(whole: StackFixture) -> None:
    uid = order(whole, **BY_WALLET)
    pay_invoice(whole, uid)

    told = books(whole)

    assert told["discrepancies"] == []
    assert f"order {uid}: the wallet has its money, the shop waits" in told["pending"]
    assert "wallet: 1 notifications are not acknowledged" in told["pending"]


def test_a_captured_payment_whose_order_is_gone_is_told(whole: StackFixture) -> None:
    uid = order(whole, **BY_CARD, **CARD)
    tables = ("payments", "card_payments", "order_lines")
    gone = [f"DELETE FROM {table}" for table in tables]
    do(whole, "shop", *gone, f"DELETE FROM orders WHERE uid = '{uid}'")

    [told] = books(whole)["discrepancies"]

    assert told == f"the vault has taken 1190.00 RUB for {uid}, and the shop has no such order"


def move_again(whole: StackFixture, site: str, uid: str) -> None:
    """Move what was paid for an order once more, under another key."""
    key = f"%:{uid}"
    do(
        whole,
        site,
        "INSERT INTO movements (key, payer_id, payee_id, amount, currency, at)"
        " SELECT 'again' || substr(key, instr(key, ':')), payer_id, payee_id, amount, currency, at"
        f" FROM movements WHERE key LIKE '{key}'",
    )


def test_a_card_that_was_charged_twice_is_told_and_counted(whole: StackFixture) -> None:
    uid = order(whole, **BY_CARD, **CARD)
    move_again(whole, "vault", uid)

    [capture] = whole.control("vault", "GET", f"/payments?request_id={uid}")
    told = books(whole)["discrepancies"]

    assert capture["times_captured"] == 2
    assert f"order {uid}: the vault has taken 2380.00 RUB in 2 payments" in told
    assert f"vault: payment {uid} of 1190.00 RUB: captured was 1190.00 RUB, 1190.00 RUB" in told


def test_a_bill_that_was_paid_twice_is_told_and_counted(whole: StackFixture) -> None:
    uid = order(whole, **BY_WALLET)
    pay_invoice(whole, uid)
    whole.advance(1)
    [(bill_uid,)] = whole.ask("wallet", f"SELECT uid FROM bills WHERE bill_id = '{uid}'")
    move_again(whole, "wallet", bill_uid)

    [bill] = whole.control("wallet", "GET", f"/bills?bill_id={uid}")
    told = books(whole)["discrepancies"]

    assert bill["times_paid"] == 2
    assert f"order {uid}: the wallet has taken 2380.00 RUB in 2 payments" in told
    assert any(line.startswith("wallet: payment") for line in told)
    assert any("and the history makes" in line for line in told)


def test_money_that_moved_for_nothing_is_told(whole: StackFixture) -> None:
    order(whole, **BY_CARD, **CARD)
    stray = (
        "INSERT INTO movements (key, payer_id, payee_id, amount, currency, at)"
        " SELECT 'payment:nobody', payer_id, payee_id, amount, currency, at FROM movements"
    )
    do(whole, "vault", stray)

    assert (
        "vault: movement payment:nobody is of no payment and no hold"
        in books(whole)["discrepancies"]
    )


def test_bills_that_others_issue_with_the_shops_keys_are_not_its_orders(
    whole: StackFixture,
) -> None:
    key = whole.stack.keys.merchant.secret_key
    body = {
        "amount": {"currency": "RUB", "value": "10.00"},
        "expirationDateTime": "2099-01-01T00:00:00+03:00",
        "customer": {"phone": whole.stack.keys.people[0].phone},
    }
    whole.sites["wallet"].app.test_client().put(
        "/partner/bill/v1/bills/own", json=body, headers={"Authorization": f"Bearer {key}"}
    )
    pay_invoice(whole, "own")
    whole.advance(86_401)

    assert books(whole)["discrepancies"] == []


def test_a_site_that_cannot_be_asked_is_named(
    whole: StackFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody is there", request=request)

    monkeypatch.setattr(whole.board, "handle_request", refuse)
    assert books(whole) == {
        **FITS,
        "not_compared": [
            "the wallet's books were not compared: it cannot be reached (ConnectError)",
            "the vault's books were not compared: it cannot be reached (ConnectError)",
        ],
    }


def test_a_site_that_is_somebody_elses_is_named(tmp_path: Path) -> None:
    with shop_fixture(tmp_path) as fixture:
        fixture.stack.elsewhere["wallet"] = "https://wallet.example"
        told = fixture.control("GET", "/books")["not_compared"]
    assert told[0] == "the wallet's books were not compared: it is somebody else's"
    assert told[1].startswith("the vault's books were not compared: ")
