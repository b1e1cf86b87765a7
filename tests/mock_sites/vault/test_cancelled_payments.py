"""Cancelling: nothing is ever captured under that id, whatever arrives later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.vault_bench import MASTERCARD, Bench, number_of, typed_card

SLOW = number_of("slow")
CANCELLED, CAPTURED = ("ORDER_IS_CANCELED", "F"), ("ORDER_STATUS_INVALID", "F")
DONE = ("SUCCESS", "S")


def result(answer: dict[str, Any]) -> tuple[str, str]:
    return answer["result"]["resultCode"], answer["result"]["resultStatus"]


def cancel(bench: Bench, request_id: str = "p-1") -> dict[str, Any]:
    return bench.call("/payments/cancel", {"paymentRequestId": request_id})


def status(bench: Bench) -> str:
    return str(bench.call("/payments/inquiryPayment", {"paymentRequestId": "p-1"})["paymentStatus"])


def captured(bench: Bench) -> int:
    return int(bench.rows("SELECT count(*) FROM movements WHERE key LIKE 'payment:%'")[0][0])


def test_a_payment_that_arrives_after_its_cancellation_takes_nothing(bench: Bench) -> None:
    first = cancel(bench)
    bench.advance(days=30)

    paid = [bench.pay(card=typed_card(MASTERCARD)) for _ in range(2)]

    assert result(first) == DONE
    assert [result(answer) for answer in paid] == [CANCELLED, CANCELLED]
    assert (status(bench), captured(bench)) == ("CANCELLED", 0)


def test_cancelling_again_is_answered_as_before(bench: Bench) -> None:
    first = cancel(bench)
    bench.advance(hours=1)
    assert cancel(bench) == first
    assert (
        first["cancelTime"]
        == bench.rows("SELECT at FROM cancellations")[0][0].replace(" ", "T").partition(".")[0]
        + "+00:00"
    )


def test_a_payment_that_is_cancelled_while_its_issuer_thinks_takes_nothing(
    bench: Bench, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    answers = []
    meanwhile(lambda: answers.append(cancel(bench)))

    answers.append(bench.pay(card=typed_card(SLOW)))

    assert [result(answer) for answer in answers] == [DONE, CANCELLED]
    assert (status(bench), captured(bench)) == ("CANCELLED", 0)
    assert bench.discrepancies() == []


def test_captured_money_is_not_given_back_by_a_cancellation(bench: Bench) -> None:
    bench.pay(card=typed_card(MASTERCARD))

    assert [result(cancel(bench)) for _ in range(2)] == [CAPTURED, CAPTURED]
    assert (status(bench), captured(bench)) == ("SUCCESS", 1)


def test_a_refused_payment_is_as_good_as_cancelled(bench: Bench) -> None:
    bench.pay(card=typed_card(number_of("lost")))

    assert [result(cancel(bench)) for _ in range(2)] == [DONE, DONE]
    assert (status(bench), captured(bench)) == ("FAIL", 0)


def test_the_cancellation_of_one_payment_leaves_the_others(bench: Bench) -> None:
    cancel(bench, "p-2")
    assert result(bench.pay(card=typed_card(MASTERCARD))) == DONE


@pytest.mark.parametrize("body", [{}, {"paymentRequestId": ""}, {"paymentRequestId": "x" * 65}])
def test_a_cancellation_without_a_usable_id_is_refused(bench: Bench, body: dict[str, str]) -> None:
    assert result(bench.call("/payments/cancel", body)) == ("PARAM_ILLEGAL", "F")
    assert bench.rows("SELECT count(*) FROM cancellations") == [(0,)]
