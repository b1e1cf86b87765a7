"""The vault's merchant protocol: linking, listing, removing and paying (C1.5, C2.6, C3.5)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.vault_fixture import (
    AMEX,
    MASTERCARD,
    MIR,
    VISA,
    VaultFixture,
    month_after,
    number_of,
    typed_card,
)

LINK = "/vaults/vaultPaymentMethod"
OUTCOMES = [
    ("declined", "CARD_DECLINED", "F"),
    ("insufficient-funds", "INSUFFICIENT_FUNDS", "F"),
    ("expired", "EXPIRED_CARD", "F"),
    ("wrong-code", "INVALID_SECURITY_CODE", "F"),
    ("lost", "LOST_CARD", "F"),
    ("issuer-down", "ISSUER_UNAVAILABLE", "U"),
]


def code(answer: dict[str, Any]) -> str:
    return str(answer["result"]["resultCode"])


def status(answer: dict[str, Any]) -> str:
    return str(answer["result"]["resultStatus"])


def inquire(fixture: VaultFixture, request_id: str = "v-1") -> dict[str, Any]:
    return fixture.call("/vaults/inquireVaulting", {"vaultingRequestId": request_id})


def test_a_linked_card_is_pending_while_the_cent_is_held_and_then_final(
    fixture: VaultFixture,
) -> None:
    answer = fixture.vault()
    assert (code(answer), status(answer)) == ("SUCCESS", "S")
    assert answer["normalUrl"] == "http://shop.localhost:2/checkout/7"
    card = answer["paymentMethodDetail"]["card"]
    assert (card["maskedCardNo"], card["brand"]) == ("411111******1111", "VISA")

    fixture.advance(hours=23, minutes=59)
    assert inquire(fixture)["vaultingStatus"] == "PROCESSING"
    fixture.advance(minutes=1)
    final = inquire(fixture)
    assert final["vaultingStatus"] == "SUCCESS"
    assert final["paymentMethodDetail"]["card"] == card


def test_a_card_linked_by_the_shop_is_in_the_vault_without_an_account(
    fixture: VaultFixture,
) -> None:
    fixture.control("POST", "/holders", {"phone": "+79165550001", "password": "p", "name": "Ann"})
    body = {**fixture.vaulting(VISA), "buyer": {"phone": "+79165550002"}}
    assert code(fixture.call(LINK, body)) == "SUCCESS"
    later = {"phone": "+79165550002", "password": "p", "name": "Boris"}
    fixture.control("POST", "/holders", later)
    visitor = fixture.stranger()
    visitor.sign_in("+79165550002", "p")
    assert len(visitor.rows()) == 1


def test_the_same_request_links_once(fixture: VaultFixture) -> None:
    first, second = fixture.vault(), fixture.vault()
    assert first == second
    assert len(fixture.cards()) == len(fixture.holds()) == 1


@pytest.mark.parametrize(
    ("number", "change"), [(VISA, {"buyer": {"phone": "+79160000002"}}), (MIR, {})]
)
def test_a_used_request_id_with_other_data_is_a_conflict(
    fixture: VaultFixture, number: str, change: dict[str, Any]
) -> None:
    fixture.vault()
    body = fixture.vaulting(number) | change
    assert code(fixture.call(LINK, body)) == "REPEAT_REQ_INCONSISTENT"
    assert len(fixture.cards()) == 1


def test_the_same_card_under_another_id_is_linked_already(fixture: VaultFixture) -> None:
    fixture.vault()
    for _ in range(2):
        answer = fixture.vault(request_id="v-2")
        assert (code(answer), status(answer)) == ("CARD_ALREADY_LINKED", "F")
    assert inquire(fixture, "v-2")["vaultingStatus"] == "FAIL"
    assert len(fixture.holds()) == 1


@pytest.mark.parametrize(("outcome", "expected", "kind"), OUTCOMES)
def test_what_the_issuer_refuses_links_nothing(
    fixture: VaultFixture, outcome: str, expected: str, kind: str
) -> None:
    for _ in range(2):
        answer = fixture.vault(number_of(outcome))
        assert (code(answer), status(answer)) == (expected, kind)
    assert fixture.cards() == fixture.holds() == []
    known = inquire(fixture)
    if kind == "U":
        # Nothing is known of it, so the same request may be sent again.
        assert code(known) == "VAULTING_NOT_EXIST"
    else:
        assert known["vaultingStatus"] == "FAIL"
        assert known["vaultingResult"]["resultCode"] == expected


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"cardNo": ""}, "cardNo", "card_number.empty"),
        ({"cardNo": "4111111111111112"}, "cardNo", "card_number.mistyped"),
        ({"cardNo": "41111111"}, "cardNo", "card_number.wrong-length"),
        ({"cvv": "12"}, "cvv", "security_code.wrong-length"),
        ({"expiryMonth": "13"}, "expiry", "expiry.no-such-month"),
        ({"expiryYear": "20"}, "expiry", "expiry.past"),
        ({"cardholderName": {"firstName": "A2"}}, "cardholderName", "card_holder.not-a-name"),
        ({"cardholderName": {}}, "cardholderName", "card_holder.empty"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(
    fixture: VaultFixture, changes: dict[str, Any], field: str, reason: str
) -> None:
    answer = fixture.vault(**changes)
    assert (code(answer), status(answer)) == ("PARAM_ILLEGAL", "F")
    assert (answer["result"]["field"], answer["result"]["reason"]) == (field, reason)
    assert fixture.cards() == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (None, ""),
        ([], ""),
        ({}, "vaultingRequestId"),
        ({"vaultingRequestId": "x" * 65}, "vaultingRequestId"),
        ({"vaultingRequestId": "\ud800"}, "vaultingRequestId"),
        ({"buyer": {"phone": "12"}}, "buyer.phone"),
        ({"paymentMethodDetail": {"paymentMethodType": "GOLD"}}, "paymentMethodDetail"),
        ({"redirectUrl": "http://elsewhere.example/"}, "redirectUrl"),
        ({"redirectUrl": "http://shop.localhost:2.evil.example/"}, "redirectUrl"),
        ({"vaultingNotificationUrl": "http://127.0.0.1:22/"}, "vaultingNotificationUrl"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(
    fixture: VaultFixture, body: Any, field: str
) -> None:
    whole = {**fixture.vaulting(VISA), **body} if body else body
    answer = fixture.call(LINK, whole)
    assert code(answer) == "PARAM_ILLEGAL"
    assert answer["result"]["field"].startswith(field)
    assert fixture.cards() == []


def test_any_other_number_is_no_test_card(fixture: VaultFixture) -> None:
    assert code(fixture.vault("4242424242424242")) == "NOT_A_TEST_CARD"


def test_a_card_that_expires_this_month_is_taken_and_pays_until_it_ends(
    fixture: VaultFixture,
) -> None:
    month, year = month_after(fixture.clock.now()).split("/")
    fixture.vault(expiryMonth=month, expiryYear=f"20{year}")
    [card] = fixture.cards()
    fixture.advance(days=32)
    answer = fixture.pay(paymentMethodId=card["cardToken"])
    assert code(answer) == "EXPIRED_CARD"


def test_the_list_tells_everything_the_shop_shows(fixture: VaultFixture) -> None:
    fixture.vault()
    holder = fixture.holder()
    holder.add_card(AMEX, expiry="01/39", card_holder="Анна")
    amex, visa = fixture.cards()
    assert (amex["brand"], amex["expiryMonth"], amex["expiryYear"]) == ("AMEX", 1, 2039)
    assert amex["cardholderName"] == {"firstName": "", "lastName": "Анна"}
    assert visa["cardholderName"] == {"firstName": "Anna", "lastName": "Petrova"}
    assert (amex["main"], visa["main"]) == (False, True)
    assert (amex["status"], visa["status"]) == ("PENDING", "PENDING")
    assert fixture.cards(1) == []


def test_the_shop_may_remove_a_card(fixture: VaultFixture) -> None:
    token = fixture.vault()["paymentMethodDetail"]["card"]["cardToken"]
    body = {"buyer": {"phone": fixture.phone(1)}, "cardToken": token}
    assert code(fixture.call("/vaults/removePaymentMethod", body)) == "CARD_NOT_FOUND"
    body["buyer"] = {"phone": fixture.phone()}
    for _ in range(2):
        assert code(fixture.call("/vaults/removePaymentMethod", body)) == "SUCCESS"
    assert fixture.cards() == []
    assert inquire(fixture)["vaultingStatus"] == "FAIL"
    assert [hold["state"] for hold in fixture.holds()] == ["RETURNED"]


def test_a_linked_card_pays_once(fixture: VaultFixture) -> None:
    token = fixture.vault()["paymentMethodDetail"]["card"]["cardToken"]
    first = fixture.pay(paymentMethodId=token)
    assert (code(first), first["paymentStatus"]) == ("SUCCESS", "SUCCESS")
    body = {"buyer": {"phone": fixture.phone()}, "cardToken": token}
    fixture.call("/vaults/removePaymentMethod", body)
    assert fixture.pay(paymentMethodId=token) == first
    merchant = f"merchant:{fixture.stack.keys.vault.client_id}"
    assert fixture.money_of(merchant) == 15_000
    assert fixture.discrepancies() == []
    assert fixture.call("/payments/inquiryPayment", {"paymentRequestId": "p-1"}) == first
    assert code(fixture.pay("p-2", paymentMethodId=token)) == "CARD_NOT_FOUND"
    assert fixture.money_of(merchant) == 15_000


def test_a_card_not_saved_pays_once_and_is_gone(fixture: VaultFixture) -> None:
    first = fixture.pay(card=typed_card(MASTERCARD))
    assert fixture.pay(card=typed_card(MASTERCARD)) == first
    assert code(first) == "SUCCESS"
    assert fixture.cards() == fixture.holds() == []
    assert fixture.rows("SELECT source, amount FROM payments") == [("555555******4444", 15_000)]


@pytest.mark.parametrize(("outcome", "expected", "kind"), OUTCOMES)
def test_what_the_issuer_refuses_is_not_paid(
    fixture: VaultFixture, outcome: str, expected: str, kind: str
) -> None:
    for _ in range(2):
        answer = fixture.pay(card=typed_card(number_of(outcome)))
        assert (code(answer), status(answer)) == (expected, kind)
    known = fixture.call("/payments/inquiryPayment", {"paymentRequestId": "p-1"})
    if kind == "U":
        assert code(known) == "ORDER_NOT_EXIST"
    else:
        assert (known["paymentStatus"], known["paymentResult"]["resultCode"]) == ("FAIL", expected)
    assert fixture.rows("SELECT count(*) FROM movements") == [(0,)]


@pytest.mark.parametrize("change", ["minor", "card", "phone"])
def test_a_used_payment_id_with_other_data_is_a_conflict(
    fixture: VaultFixture, change: str
) -> None:
    fixture.pay(card=typed_card())
    minor, number = ("1" if change == "minor" else "15000"), (MIR if change == "card" else VISA)
    body = fixture.payment("p-1", minor, card=typed_card(number))
    if change == "phone":
        body["buyer"] = {"phone": fixture.phone(1)}
    assert code(fixture.call("/payments/pay", body)) == "REPEAT_REQ_INCONSISTENT"
    assert fixture.rows("SELECT count(*) FROM movements") == [(1,)]


def test_nobody_pays_with_anothers_card(fixture: VaultFixture) -> None:
    fixture.holder(1).add_card()
    [card] = fixture.cards(1)
    assert code(fixture.pay(paymentMethodId=card["cardToken"])) == "CARD_NOT_FOUND"


@pytest.mark.parametrize("minor", ["0", "-5", "1.5", "", "1" * 12, "ten"])
def test_an_amount_that_cannot_be_paid_is_refused(fixture: VaultFixture, minor: str) -> None:
    answer = fixture.pay(minor=minor, card=typed_card())
    assert code(answer) == "PARAM_ILLEGAL"
    assert answer["result"]["field"].startswith("paymentAmount")


@pytest.mark.parametrize("method", [{}, {"paymentMethodId": "t", "card": typed_card()}])
def test_a_payment_needs_one_card(fixture: VaultFixture, method: dict[str, Any]) -> None:
    assert code(fixture.pay(**method)) == "PARAM_ILLEGAL"


def test_an_unsigned_or_forged_call_does_nothing(fixture: VaultFixture) -> None:
    sent = json.dumps(fixture.vaulting(VISA)).encode()
    signed = fixture.signing.headers("/ams/api/v1" + LINK, sent)
    forged = [
        (sent, {}),
        (sent + b" ", signed),
        (sent, {**signed, "Signature": signed["Signature"][:-8]}),
        (sent, {**signed, "Client-Id": "SANDBOX_OTHER"}),
        (sent, fixture.signing.headers("/ams/api/v1/payments/pay", sent)),
    ]
    for body, headers in forged:
        answer = fixture.post(LINK, body, headers)
        assert answer.json is not None
        assert (code(answer.json), status(answer.json)) == ("INVALID_SIGNATURE", "F")
    assert fixture.cards() == []
    assert fixture.post(LINK, sent, signed).json is not None
    assert len(fixture.cards()) == 1


def test_a_body_that_is_too_large_is_refused_in_the_words_of_the_protocol(
    fixture: VaultFixture,
) -> None:
    answer = fixture.post(LINK, b"x" * 300_000, {})

    assert answer.status_code == 413
    assert answer.json is not None
    assert code(answer.json) == "PARAM_ILLEGAL"


def test_an_error_of_the_vaults_own_is_answered_and_signed(
    fixture: VaultFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("mock_sites.vault.domain.vaultings.Vaultings.vault", fail)
    answer = fixture.vault()
    assert (code(answer), status(answer)) == ("UNKNOWN_EXCEPTION", "U")
