"""The wallet's controls that begin payments."""

from __future__ import annotations

from typing import Any

import pytest

from mock_sites.wallet.store import PaymentStatus
from tests.support.wallet_fixture import WalletFixture, WalletVisitor

RETURN = "http://shop.localhost:2/orders/7"


def control(fixture: WalletFixture, path: str, **body: Any) -> Any:
    """What a control answers: the status of its HTTP answer, and its JSON."""
    headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}
    client = fixture.site.app.test_client()
    answer = client.post(f"/_control{path}", json=body, headers=headers)
    return answer.status_code, answer.json


def begin(fixture: WalletFixture, state: str = "checked", **changes: Any) -> Any:
    """Begin a payment of the first buyer to Steam."""
    body = {
        "phone": fixture.phone(),
        "payee": "steam",
        "account": "night_owl_42",
        "amount": "150.00",
        "currency": "RUB",
        "state": state,
    }
    return control(fixture, "/payments", **body | changes)


def refusal(code: str) -> tuple[int, dict[str, str]]:
    return 409, {"error": code}


@pytest.mark.parametrize("payee", ["steam", "Steam"])
def test_a_payment_is_begun_up_to_the_check_page(
    fixture: WalletFixture, buyer: WalletVisitor, payee: str
) -> None:
    status, payment = begin(fixture, payee=payee)

    path = f"/payments/{payment['uid']}/check"
    assert (status, payment["status"], payment["path"]) == (201, PaymentStatus.ENTERED, path)
    page = buyer.open(path)
    assert page.request.path == path
    for text in ("Steam", "night_owl_42", "150.00"):
        assert text in page.text
    assert fixture.outside.messages == []


def test_a_payment_is_begun_up_to_the_code(fixture: WalletFixture, buyer: WalletVisitor) -> None:
    status, payment = begin(fixture, "code sent")

    path = f"/payments/{payment['uid']}/code"
    assert (status, payment["status"], payment["path"]) == (201, PaymentStatus.CONFIRMING, path)
    [code] = fixture.outside.codes
    assert buyer.send(path, code=code).request.path == f"/payments/{payment['uid']}/receipt"
    assert fixture.discrepancies() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"account": "!"}, "account.wrong-shape"),
        ({"account": ""}, "account.empty"),
        ({"amount": "0.50"}, "amount.too-small"),
        ({"amount": "1,2,3"}, "amount.not-a-number"),
        ({"amount": "14999.00"}, "amount.above-balance"),
    ],
)
def test_what_the_form_refuses_is_refused(
    fixture: WalletFixture, changes: dict[str, str], code: str
) -> None:
    assert begin(fixture, "code sent", **changes) == refusal(code)
    assert fixture.outside.messages == []
    assert fixture.rows("SELECT count(*) FROM payments") == [(0,)]


@pytest.mark.parametrize("changes", [{"payee": "nobody"}, {"phone": "+79169999999"}])
def test_no_payment_to_nobody_and_of_nobody(
    fixture: WalletFixture, changes: dict[str, str]
) -> None:
    assert begin(fixture, **changes) == (404, {"error": "there is nothing of that name"})


@pytest.mark.parametrize("changes", [{"currency": "KZT"}, {"state": "paid"}, {"code": "1"}])
def test_a_body_that_does_not_fit_begins_nothing(
    fixture: WalletFixture, changes: dict[str, str]
) -> None:
    assert begin(fixture, **changes)[0] == 422


def test_a_message_that_cannot_be_sent_is_reported(fixture: WalletFixture) -> None:
    fixture.outside.phone_answers = 503

    assert begin(fixture, "code sent") == refusal("code.not-sent")


def test_an_invoice_is_begun_to_be_paid(fixture: WalletFixture, buyer: WalletVisitor) -> None:
    uid = fixture.issue()

    status, payment = control(fixture, f"/invoices/{uid}/code", phone=fixture.phone())

    path = f"/payments/{payment['uid']}/code"
    assert (status, payment["status"], payment["path"]) == (201, PaymentStatus.CONFIRMING, path)
    page = buyer.open(path)
    assert (page.request.path, "200.34" in page.text) == (path, True)
    paid = buyer.send(path, code=fixture.outside.codes[-1])
    assert paid.request.path == f"/payments/{payment['uid']}/receipt"
    assert fixture.rows(f"SELECT status FROM bills WHERE uid = '{uid}'") == [("PAID",)]


def test_asking_again_sends_no_second_code(fixture: WalletFixture) -> None:
    uid = fixture.issue()

    first, again = (
        control(fixture, f"/invoices/{uid}/code", phone=fixture.phone()) for _ in range(2)
    )

    assert first == again
    assert len(fixture.outside.codes) == 1


@pytest.mark.parametrize(
    ("address", "leads"), [(RETURN, RETURN), ("http://evil.example/", None), (None, None)]
)
def test_the_buyer_returns_to_the_shops_own_address_only(
    fixture: WalletFixture, address: str | None, leads: str | None
) -> None:
    uid = fixture.issue()

    control(fixture, f"/invoices/{uid}/code", phone=fixture.phone(), success_url=address)

    assert fixture.rows("SELECT success_url FROM payments") == [(leads,)]


def test_an_invoice_that_cannot_be_paid_is_refused(fixture: WalletFixture) -> None:
    uid = fixture.issue(amount={"currency": "RUB", "value": "10000.01"})
    path, phone = f"/invoices/{uid}/code", fixture.phone()

    assert control(fixture, path, phone=phone) == refusal("balance.insufficient")
    fixture.merchant("POST", "order-1/reject")
    assert control(fixture, path, phone=phone) == refusal("bill.rejected")
    assert fixture.outside.messages == []


def test_anothers_invoice_is_not_found(fixture: WalletFixture) -> None:
    path = f"/invoices/{fixture.issue()}/code"

    assert control(fixture, path, phone=fixture.phone(1))[0] == 404
    assert control(fixture, "/invoices/none/code", phone=fixture.phone())[0] == 404


def test_a_payment_is_confirmed_with_its_code(fixture: WalletFixture) -> None:
    _, payment = begin(fixture, "code sent")
    path, [code] = f"/payments/{payment['uid']}/code", fixture.outside.codes
    wrong = f"{(int(code) + 1) % 10**6:06}"

    assert control(fixture, path, phone=fixture.phone(), code=wrong) == refusal("code.wrong")
    status, paid = control(fixture, path, phone=fixture.phone(), code=code)

    assert (status, paid["status"]) == (200, PaymentStatus.PAID)
    assert paid["path"] == f"/payments/{payment['uid']}/receipt"
    assert control(fixture, path, phone=fixture.phone(), code=code) == (200, paid)
    assert fixture.discrepancies() == []


def test_anothers_payment_is_not_confirmed(fixture: WalletFixture) -> None:
    _, payment = begin(fixture, "code sent")
    body = {"phone": fixture.phone(1), "code": fixture.outside.codes[0]}
    assert control(fixture, f"/payments/{payment['uid']}/code", **body)[0] == 404


def test_the_invoices_of_a_buyer_are_listed(fixture: WalletFixture) -> None:
    headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}
    client, uid = fixture.site.app.test_client(), fixture.issue()

    def listed(phone: str) -> Any:
        return client.get("/_control/invoices", query_string={"phone": phone}, headers=headers).json

    wanted = {"uid": uid, "amount_minor": 20034, "currency": "RUB", "status": "WAITING"}
    assert listed(fixture.phone()) == [wanted]
    assert listed(fixture.phone(1)) == listed("+79169999999") == []
