"""The vault's protocol as published clients use it: paths, signed answers, buyers, sessions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from mock_sites.shared.messaging.signing import RESPONSE_TIME
from tests.support.vault_fixture import (
    BILLING,
    MIR,
    VISA,
    VaultFixture,
    code_for,
    number_of,
    typed_card,
)
from tests.support.visitor import form_key

SANDBOX = "/ams/sandbox/api/v1"
PAY, LINK = "/payments/pay", "/vaults/vaultPaymentMethod"
TOLD_AT = "http://shop.localhost:2/told"


def sent(
    fixture: VaultFixture, path: str, body: bytes = b"{}", method: str = "POST"
) -> TestResponse:
    """A signed call of that path; the signature of its answer is checked."""
    headers = fixture.signing.headers(path, body)
    client = fixture.site.app.test_client()
    answer = client.open(path, method=method, data=body, headers=headers)
    fixture.signing.check(path, dict(answer.headers), answer.get_data(), RESPONSE_TIME)
    return answer


def code(answer: dict[str, Any] | TestResponse) -> str:
    facts = answer if isinstance(answer, dict) else answer.get_json()
    return str(facts["result"]["resultCode"])


def anonymous(number: str = VISA, request_id: str = "v-1") -> dict[str, Any]:
    """A request to link a card that names no buyer, as the published protocol has it."""
    detail = {"paymentMethodType": "CARD", "card": typed_card(number)}
    return {"vaultingRequestId": request_id, "paymentMethodDetail": detail}


def token_of(answer: dict[str, Any]) -> str:
    return str(answer["paymentMethodDetail"]["card"]["cardToken"])


def test_the_sandbox_path_is_the_same_interface(fixture: VaultFixture) -> None:
    body = json.dumps(fixture.vaulting(VISA)).encode()
    assert code(sent(fixture, SANDBOX + LINK, body)) == "SUCCESS"
    assert sent(fixture, SANDBOX + LINK, body).json == fixture.vault()
    assert len(fixture.cards()) == 1


@pytest.mark.parametrize(
    ("path", "method", "status", "expected"),
    [
        ("/ams/api/v1/payments/none", "POST", 404, "NO_INTERFACE_DEF"),
        ("/ams/sandbox/api/v2/payments/pay", "POST", 404, "NO_INTERFACE_DEF"),
        ("/ams/", "POST", 404, "NO_INTERFACE_DEF"),
        ("/ams/api/v1/payments/pay", "GET", 405, "METHOD_NOT_SUPPORTED"),
        ("/ams/api/v1/payments/pay", "PUT", 405, "METHOD_NOT_SUPPORTED"),
        ("/ams/api/v1/payments/pay", "POST", 200, "PARAM_ILLEGAL"),
    ],
)
def test_every_answer_is_signed(
    fixture: VaultFixture, path: str, method: str, status: int, expected: str
) -> None:
    answer = sent(fixture, path, method=method)
    assert (answer.status_code, code(answer)) == (status, expected)


def test_too_large_a_body_gets_a_signed_answer(fixture: VaultFixture) -> None:
    answer = sent(fixture, SANDBOX + PAY, b"x" * 300_000)
    assert (answer.status_code, code(answer)) == (413, "PARAM_ILLEGAL")


def test_the_headers_of_an_answer_are_in_lower_case(fixture: VaultFixture) -> None:
    names = [name for name, _ in sent(fixture, SANDBOX + PAY).headers]
    assert {"client-id", "response-time", "signature"} <= set(names)


def test_a_wrong_signature_is_explained(fixture: VaultFixture) -> None:
    path, body = SANDBOX + PAY, b"{}"
    headers = fixture.signing.headers("/ams/api/v1/payments/pay", body)
    answer = fixture.site.app.test_client().post(path, data=body, headers=headers)
    assert code(answer) == "INVALID_SIGNATURE"
    assert answer.get_json()["signature"]["differs"] == "path"


def test_only_a_test_instance_explains_a_signature(fixture: VaultFixture) -> None:
    fixture.site.app.extensions["explains_signatures"] = False
    answer = fixture.site.app.test_client().post(SANDBOX + PAY, data=b"{}")
    assert answer.get_json().keys() == {"result"}


def test_a_card_without_a_buyer_belongs_to_its_request(fixture: VaultFixture) -> None:
    first, again = (fixture.call(LINK, anonymous()) for _ in range(2))
    other = fixture.call(LINK, anonymous(request_id="v-2"))
    assert code(first) == code(other) == "SUCCESS"
    assert first == again
    assert "buyer" not in first
    assert token_of(first) != token_of(other)
    assert fixture.cards() == []
    fixture.advance(hours=24)
    fixture.vault_itself.upkeep.settle_due()
    fixture.deliver()
    assert [told["notifyType"] for told in fixture.shop.told] == ["VAULTING_RESULT"] * 2
    assert all("buyer" not in told for told in fixture.shop.told)


def test_a_card_without_a_buyer_pays_by_its_token(fixture: VaultFixture) -> None:
    token = token_of(fixture.call(LINK, anonymous()))
    body = fixture.payment("p-1", "15000", paymentMethodId=token)
    del body["buyer"]
    assert code(fixture.call(PAY, body)) == code(fixture.call(PAY, body)) == "SUCCESS"
    assert fixture.money_of(f"merchant:{fixture.stack.keys.vault.client_id}") == 15_000
    assert fixture.discrepancies() == []


@pytest.mark.parametrize("field", ["buyerPhoneNo", "referenceBuyerId"])
def test_the_order_names_the_buyer(fixture: VaultFixture, field: str) -> None:
    token = token_of(fixture.vault())
    for number, expected in ((1, "CARD_NOT_FOUND"), (0, "SUCCESS")):
        body = fixture.payment(f"p-{number}", "15000", paymentMethodId=token)
        del body["buyer"]
        body["order"]["buyer"] = {field: fixture.phone(number)}
        assert code(fixture.call(PAY, body)) == expected


def test_a_reference_that_is_no_phone_leaves_the_token_to_say_whose_card_it_is(
    fixture: VaultFixture,
) -> None:
    body = fixture.payment("p-1", "15000", paymentMethodId=token_of(fixture.vault()))
    del body["buyer"]
    body["order"]["buyer"] = {"referenceBuyerId": "buyer-7"}
    assert code(fixture.call(PAY, body)) == "SUCCESS"
    assert fixture.rows("SELECT phone FROM payments") == [(fixture.phone(),)]


def test_a_typed_card_pays_by_its_published_name(fixture: VaultFixture) -> None:
    body = fixture.payment("p-1", "15000", paymentMethodMetaData=typed_card(MIR))
    del body["buyer"]
    answer = fixture.call(PAY, body)
    assert code(answer) == "SUCCESS"
    read = fixture.call("/payments/inquiryPayment", {"paymentId": answer["paymentId"]})
    assert (read["paymentRequestId"], read["paymentResultCode"]) == ("p-1", "SUCCESS")


def test_an_inquiry_needs_an_id_that_there_is(fixture: VaultFixture) -> None:
    ask = "/payments/inquiryPayment"
    assert code(fixture.call(ask, {})) == "PARAM_ILLEGAL"
    assert code(fixture.call(ask, {"paymentId": "none"})) == "ORDER_NOT_EXIST"


def test_a_card_without_a_buyer_is_removed_by_its_token(fixture: VaultFixture) -> None:
    token = token_of(fixture.call(LINK, anonymous()))
    remove = "/vaults/removePaymentMethod"
    assert code(fixture.call(remove, {"cardToken": token})) == "SUCCESS"
    assert code(fixture.call(remove, {"cardToken": token})) == "CARD_NOT_FOUND"


def session(fixture: VaultFixture, request_id: str = "s-1") -> dict[str, Any]:
    body = {
        "paymentMethodType": "CARD",
        "vaultingRequestId": request_id,
        "vaultingNotificationUrl": TOLD_AT,
        "redirectUrl": "http://shop.localhost:2/profile",
    }
    return fixture.call("/vaults/createVaultingSession", body)


def filled(number: str) -> dict[str, str]:
    return {
        "card_number": number,
        "card_holder": "Anna Petrova",
        "expiry": "12/40",
        "security_code": code_for(number),
        **BILLING,
    }


def status(fixture: VaultFixture, request_id: str = "s-1") -> str:
    answer = fixture.call("/vaults/inquireVaulting", {"vaultingRequestId": request_id})
    return str(answer["vaultingStatus"])


def test_a_buyer_links_a_card_in_a_session(fixture: VaultFixture) -> None:
    page = f"/sessions/{session(fixture)['vaultingSessionId']}"
    holder = fixture.holder()

    refused = holder.send(page, **filled(number_of("declined")))
    assert (refused.status_code, fixture.cards()) == (200, [])
    assert status(fixture) == "PROCESSING"
    key = form_key(holder.open(page).text, page)
    linked = holder.client.post(page, data={"csrf_token": key, **filled(VISA)})

    assert len(fixture.cards()) == 1
    assert fixture.rows("SELECT request_id FROM vaultings") == [("s-1",)]
    assert holder.open(page).status_code == 404
    fixture.advance(hours=24)
    assert status(fixture) == "SUCCESS"
    fixture.deliver()
    assert [str(one.url) for one in fixture.shop.requests].count("http://127.0.0.1:2/told") == 1
    assert linked.headers.get("Location") == "http://shop.localhost:2/profile"


def test_a_session_ends_after_an_hour(fixture: VaultFixture) -> None:
    page = f"/sessions/{session(fixture)['vaultingSessionId']}"
    holder = fixture.holder()
    assert holder.open(page).status_code == 200
    fixture.advance(hours=1)
    assert holder.open(page).status_code == 404
    assert status(fixture) == "FAIL"


def test_a_session_of_a_used_id_is_a_conflict(fixture: VaultFixture) -> None:
    fixture.vault(request_id="s-1")
    assert code(session(fixture)) == "REPEAT_REQ_INCONSISTENT"
    assert code(session(fixture, "s-2")) == "SUCCESS"
    assert code(fixture.vault(MIR, request_id="s-2")) == "REPEAT_REQ_INCONSISTENT"


def test_a_session_leads_to_no_foreign_address(fixture: VaultFixture) -> None:
    body = {
        "paymentMethodType": "CARD",
        "vaultingRequestId": "s-1",
        "redirectUrl": "http://evil.test/",
    }
    answer = fixture.call("/vaults/createVaultingSession", body)
    assert answer["result"]["field"] == "redirectUrl"


def test_nobody_opens_an_unknown_session(fixture: VaultFixture) -> None:
    assert fixture.holder().open("/sessions/none").status_code == 404
