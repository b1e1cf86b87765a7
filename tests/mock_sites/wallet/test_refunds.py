"""Refunds: what a merchant gives back of a paid bill, as ``bill-api.md`` has it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.wallet_fixture import WalletFixture


def refund(fixture: WalletFixture, refund_id: str, value: str, currency: str = "RUB") -> Any:
    body = {"amount": {"currency": currency, "value": value}}
    return fixture.merchant("PUT", f"order-1/refunds/{refund_id}", body)


def test_a_refund_gives_back_part_and_then_the_rest(fixture: WalletFixture) -> None:
    buyer = fixture.buyer()
    fixture.pay_bill(buyer, fixture.issue())

    part = refund(fixture, "1", "100.00").json
    held_between = buyer.balance()
    rest = refund(fixture, "2", "100.34").json

    assert part.keys() == {"amount", "dateTime", "refundId", "status"}
    assert (part["status"], rest["status"]) == ("PARTIAL", "FULL")
    assert held_between == "RUB 9,899.66"
    assert buyer.balance() == "RUB 10,000.00"
    assert fixture.merchant("GET", "order-1/refunds/1").json == part
    assert fixture.discrepancies() == []


def test_a_whole_bill_is_given_back_at_once(fixture: WalletFixture) -> None:
    buyer = fixture.buyer()
    fixture.pay_bill(buyer, fixture.issue())

    answer = refund(fixture, "1", "200.34")

    assert answer.status_code == 200
    assert answer.json["status"] == "FULL"
    assert buyer.balance() == "RUB 10,000.00"


def test_a_refund_goes_to_whoever_paid_that_bill(fixture: WalletFixture) -> None:
    ann, other = fixture.buyer(0), fixture.buyer(1)
    fixture.pay_bill(ann, fixture.issue("order-1"))
    fixture.pay_bill(other, fixture.issue("order-2", customer={"phone": fixture.phone(1)}))

    refund(fixture, "1", "200.34")

    assert ann.balance() == "RUB 10,000.00"
    assert other.balance() == "RUB 9,799.66"


def test_a_refund_asked_for_twice_is_given_once(fixture: WalletFixture) -> None:
    buyer = fixture.buyer()
    fixture.pay_bill(buyer, fixture.issue())

    first, again = (refund(fixture, "1", "50").json for _ in range(2))

    assert first == again
    assert buyer.balance() == "RUB 9,849.66"


@pytest.mark.parametrize(
    ("value", "currency", "paid"),
    [("200.35", "RUB", True), ("1", "KZT", True), ("0.01", "RUB", False)],
)
def test_more_than_is_left_is_not_given_back(
    fixture: WalletFixture, value: str, currency: str, paid: bool
) -> None:
    buyer, uid = fixture.buyer(), fixture.issue()
    if paid:
        fixture.pay_bill(buyer, uid)
    before = buyer.balance()

    answer = refund(fixture, "1", value, currency)

    assert answer.status_code == 400
    assert answer.json["errorCode"] == "refund.incorrect.amount"
    assert buyer.balance() == before


def test_another_amount_under_a_used_refund_id_is_a_conflict(fixture: WalletFixture) -> None:
    fixture.pay_bill(fixture.buyer(), fixture.issue())
    refund(fixture, "1", "50")

    assert refund(fixture, "1", "51").status_code == 409


def test_an_unknown_refund_is_not_found(fixture: WalletFixture) -> None:
    fixture.issue()

    assert fixture.merchant("GET", "order-1/refunds/1").status_code == 404
