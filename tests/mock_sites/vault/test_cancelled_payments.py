"""Cancelling: nothing is ever captured under that id, whatever arrives later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.vault_fixture import MASTERCARD, VaultFixture, number_of, typed_card

SLOW = number_of("slow")
CANCELLED, CAPTURED = ("ORDER_IS_CANCELED", "F"), ("ORDER_STATUS_INVALID", "F")
DONE = ("SUCCESS", "S")


def result(answer: dict[str, Any]) -> tuple[str, str]:
    return answer["result"]["resultCode"], answer["result"]["resultStatus"]


def cancel(fixture: VaultFixture, request_id: str = "p-1") -> dict[str, Any]:
    return fixture.call("/payments/cancel", {"paymentRequestId": request_id})


def status(fixture: VaultFixture) -> str:
    return str(
        fixture.call("/payments/inquiryPayment", {"paymentRequestId": "p-1"})["paymentStatus"]
    )


def captured(fixture: VaultFixture) -> int:
    return int(fixture.rows("SELECT count(*) FROM movements WHERE key LIKE 'payment:%'")[0][0])


def test_a_payment_that_arrives_after_its_cancellation_takes_nothing(fixture: VaultFixture) -> None:
    first = cancel(fixture)
    fixture.advance(days=30)

    paid = [fixture.pay(card=typed_card(MASTERCARD)) for _ in range(2)]

    assert result(first) == DONE
    assert [result(answer) for answer in paid] == [CANCELLED, CANCELLED]
    assert (status(fixture), captured(fixture)) == ("CANCELLED", 0)


def test_cancelling_again_is_answered_as_before(fixture: VaultFixture) -> None:
    first = cancel(fixture)
    fixture.advance(hours=1)
    assert cancel(fixture) == first
    assert (
        first["cancelTime"]
        == fixture.rows("SELECT at FROM cancellations")[0][0].replace(" ", "T").partition(".")[0]
        + "+00:00"
    )


def test_a_payment_that_is_cancelled_while_its_issuer_thinks_takes_nothing(
    fixture: VaultFixture, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    answers = []
    meanwhile(lambda: answers.append(cancel(fixture)))

    answers.append(fixture.pay(card=typed_card(SLOW)))

    assert [result(answer) for answer in answers] == [DONE, CANCELLED]
    assert (status(fixture), captured(fixture)) == ("CANCELLED", 0)
    assert fixture.discrepancies() == []


def test_captured_money_is_not_given_back_by_a_cancellation(fixture: VaultFixture) -> None:
    fixture.pay(card=typed_card(MASTERCARD))

    assert [result(cancel(fixture)) for _ in range(2)] == [CAPTURED, CAPTURED]
    assert (status(fixture), captured(fixture)) == ("SUCCESS", 1)


def test_a_refused_payment_is_as_good_as_cancelled(fixture: VaultFixture) -> None:
    fixture.pay(card=typed_card(number_of("lost")))

    assert [result(cancel(fixture)) for _ in range(2)] == [DONE, DONE]
    assert (status(fixture), captured(fixture)) == ("FAIL", 0)


def test_the_cancellation_of_one_payment_leaves_the_others(fixture: VaultFixture) -> None:
    cancel(fixture, "p-2")
    assert result(fixture.pay(card=typed_card(MASTERCARD))) == DONE


@pytest.mark.parametrize("body", [{}, {"paymentRequestId": ""}, {"paymentRequestId": "x" * 65}])
def test_a_cancellation_without_a_usable_id_is_refused(
    fixture: VaultFixture, body: dict[str, str]
) -> None:
    assert result(fixture.call("/payments/cancel", body)) == ("PARAM_ILLEGAL", "F")
    assert fixture.rows("SELECT count(*) FROM cancellations") == [(0,)]
