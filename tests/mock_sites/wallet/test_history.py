"""What a buyer sees of refunds, and a history that adds up to the balance to the kopek."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.support.shop_fixture import words
from tests.support.wallet_fixture import WalletFixture, WalletVisitor

AMOUNT = re.compile(r'<td class="amount"><bdi>([+-]?)RUB\s([\d,.]+)</bdi>')


def refund(fixture: WalletFixture, refund_id: str, value: str, bill_id: str = "order-1") -> Any:
    body = {"amount": {"currency": "RUB", "value": value}}
    answer = fixture.merchant("PUT", f"{bill_id}/refunds/{refund_id}", body)
    assert answer.status_code == 200, answer.text
    return answer.json


def paid_bill(fixture: WalletFixture, buyer: WalletVisitor, bill_id: str = "order-1") -> str:
    """The path of the receipt."""
    uid = fixture.issue(bill_id)
    return str(fixture.pay_bill(buyer, uid).headers["Location"])


def amounts(page: str) -> list[int]:
    """The kopecks of each row of the history, newest first."""
    return [
        (-1 if sign == "-" else 1) * int(re.sub(r"[,.]", "", digits))
        for sign, digits in AMOUNT.findall(page)
    ]


def kopecks(fixture: WalletFixture) -> int:
    """What the first buyer has, by the control."""
    headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}
    path = f"/_control/balances?phone=%2B{fixture.phone()[1:]}"
    return int(fixture.site.app.test_client().get(path, headers=headers).json["RUB"])  # type: ignore[index]


def top_up(fixture: WalletFixture, **body: Any) -> Any:
    headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}
    client = fixture.site.app.test_client()
    return client.post(
        "/_control/top-ups", json={"phone": fixture.phone(), **body}, headers=headers
    )


def test_the_history_shows_a_refund_with_its_amount_and_the_way_to_the_receipt(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    receipt = paid_bill(fixture, buyer)
    refund(fixture, "1", "50.00")

    page = buyer.open("/history").text

    assert "Refund" in words(page)
    assert amounts(page)[:2] == [5_000, -20_034]
    assert page.count(f'href="{receipt}"') == 2


@pytest.mark.parametrize(
    ("values", "state", "remains"),
    [
        (["200.34"], "Refunded", "RUB 0.00"),
        (["50.00"], "Partly refunded", "RUB 150.34"),
        (["50.00", "100.00"], "Partly refunded", "RUB 50.34"),
        (["50.00", "100.00", "50.34"], "Refunded", "RUB 0.00"),
    ],
)
def test_receipt_and_invoice_say_what_was_given_back_when_and_what_remains(
    fixture: WalletFixture, buyer: WalletVisitor, values: list[str], state: str, remains: str
) -> None:
    receipt = paid_bill(fixture, buyer)
    for number, value in enumerate(values):
        fixture.clock.advance(timedelta(days=1))
        refund(fixture, str(number), value)
    [(invoice,)] = fixture.rows("SELECT uid FROM bills")

    for path in (receipt, f"/invoices/{invoice}"):
        page = words(buyer.open(path).text)
        assert f" {state} " in page
        assert f"Paid after refunds {remains}" in page
        for value in values:
            assert f"RUB {value}" in page
        # Each refund has a day of its own.
        days = set(re.findall(r"[A-Z][a-z]{2} \d{1,2}, \d{4}", page))
        assert len(days) >= len(values)


@pytest.mark.parametrize(("value", "state"), [("200.34", "Refunded"), ("50.00", "Partly refunded")])
def test_the_list_of_invoices_shows_a_refund(
    fixture: WalletFixture, buyer: WalletVisitor, value: str, state: str
) -> None:
    paid_bill(fixture, buyer)
    paid_bill(fixture, buyer, "order-2")
    refund(fixture, "1", value)

    page = words(buyer.open("/invoices").text)

    assert f" {state} " in page
    assert f"RUB {value} refunded" in page
    assert page.count("efunded RUB") == 1
    assert " Paid " in page


def test_what_was_not_given_back_says_nothing_of_refunds(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    receipt = paid_bill(fixture, buyer)

    for path in (receipt, "/invoices", "/history"):
        assert "efund" not in buyer.open(path).text


def test_starting_balance_and_history_add_up_to_the_balance(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    for number in range(4):
        paid_bill(fixture, buyer, f"order-{number}")
        buyer.send(buyer.be_sent_code("99.99"), code=fixture.outside.codes[-1])
        refund(fixture, "a", "0.01", f"order-{number}")
        refund(fixture, "b", "33.33", f"order-{number}")
        assert top_up(fixture, currency="RUB", amount_minor=1_234).status_code == 201
        fixture.clock.advance(timedelta(minutes=1))
        assert sum(amounts(buyer.open("/history").text)) == kopecks(fixture)
    refund(fixture, "c", "167.00", "order-0")

    history = amounts(buyer.open("/history").text)

    assert len(history) == 1 + 4 * 5 + 1
    assert sum(history) == kopecks(fixture)
    assert fixture.discrepancies() == []


def test_the_home_page_begins_with_the_newest_of_the_history(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    paid_bill(fixture, buyer)
    refund(fixture, "1", "50.00")

    assert amounts(buyer.open("/").text) == amounts(buyer.open("/history").text)


def test_another_buyers_history_has_nothing_of_it(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    paid_bill(fixture, buyer)
    refund(fixture, "1", "50.00")

    assert amounts(fixture.buyer(1).open("/history").text) == [1_000_000]


@pytest.mark.parametrize("amount", [0, -1, 1.5, "1", 10**12 + 1])
def test_a_top_up_is_a_whole_number_of_kopecks(fixture: WalletFixture, amount: object) -> None:
    assert top_up(fixture, currency="RUB", amount_minor=amount).status_code == 422


def test_nobody_is_topped_up_who_has_no_wallet(fixture: WalletFixture) -> None:
    answer = top_up(fixture, phone="+79160000099", currency="RUB", amount_minor=1)
    assert answer.status_code == 404


def test_a_merchant_lists_the_refunds_of_its_bill(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    paid_bill(fixture, buyer)
    made = [refund(fixture, "1", "50.00"), refund(fixture, "2", "150.34")]

    listed = fixture.merchant("GET", "order-1/refunds")

    assert listed.json == {"refunds": made}
    assert fixture.merchant("GET", "order-9/refunds").status_code == 404
    assert fixture.merchant("GET", "order-1/refunds", key="wrong").status_code == 401
