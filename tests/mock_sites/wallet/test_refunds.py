"""Refunds: what a merchant gives back of a paid bill, as ``bill-api.md`` has it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.wallet_bench import Bench


def refund(bench: Bench, refund_id: str, value: str, currency: str = "RUB") -> Any:
    body = {"amount": {"currency": currency, "value": value}}
    return bench.merchant("PUT", f"order-1/refunds/{refund_id}", body)


def test_a_refund_gives_back_part_and_then_the_rest(bench: Bench) -> None:
    buyer = bench.buyer()
    bench.pay_bill(buyer, bench.issue())

    part = refund(bench, "1", "100.00").json
    held_between = buyer.balance()
    rest = refund(bench, "2", "100.34").json

    assert part.keys() == {"amount", "dateTime", "refundId", "status"}
    assert (part["status"], rest["status"]) == ("PARTIAL", "FULL")
    assert held_between == "RUB 9,899.66"
    assert buyer.balance() == "RUB 10,000.00"
    assert bench.merchant("GET", "order-1/refunds/1").json == part
    assert bench.discrepancies() == []


def test_a_whole_bill_is_given_back_at_once(bench: Bench) -> None:
    buyer = bench.buyer()
    bench.pay_bill(buyer, bench.issue())

    answer = refund(bench, "1", "200.34")

    assert answer.status_code == 200
    assert answer.json["status"] == "FULL"
    assert buyer.balance() == "RUB 10,000.00"


def test_a_refund_goes_to_whoever_paid_that_bill(bench: Bench) -> None:
    ann, other = bench.buyer(0), bench.buyer(1)
    bench.pay_bill(ann, bench.issue("order-1"))
    bench.pay_bill(other, bench.issue("order-2", customer={"phone": bench.phone(1)}))

    refund(bench, "1", "200.34")

    assert ann.balance() == "RUB 10,000.00"
    assert other.balance() == "RUB 9,799.66"


def test_a_refund_asked_for_twice_is_given_once(bench: Bench) -> None:
    buyer = bench.buyer()
    bench.pay_bill(buyer, bench.issue())

    first, again = (refund(bench, "1", "50").json for _ in range(2))

    assert first == again
    assert buyer.balance() == "RUB 9,849.66"


@pytest.mark.parametrize(
    ("value", "currency", "paid"),
    [("200.35", "RUB", True), ("1", "KZT", True), ("0.01", "RUB", False)],
)
def test_more_than_is_left_is_not_given_back(
    bench: Bench, value: str, currency: str, paid: bool
) -> None:
    buyer, uid = bench.buyer(), bench.issue()
    if paid:
        bench.pay_bill(buyer, uid)
    before = buyer.balance()

    answer = refund(bench, "1", value, currency)

    assert answer.status_code == 400
    assert answer.json["errorCode"] == "refund.incorrect.amount"
    assert buyer.balance() == before


def test_another_amount_under_a_used_refund_id_is_a_conflict(bench: Bench) -> None:
    bench.pay_bill(bench.buyer(), bench.issue())
    refund(bench, "1", "50")

    assert refund(bench, "1", "51").status_code == 409


def test_an_unknown_refund_is_not_found(bench: Bench) -> None:
    bench.issue()

    assert bench.merchant("GET", "order-1/refunds/1").status_code == 404
