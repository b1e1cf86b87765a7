"""The vault's protocol does what its description at ``/docs`` says, whatever is sent to it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation

from mock_sites.shared.runtime.incoming import LARGEST_BODY_BYTES
from tests.support.described import (
    ANSWER_CHECKS,
    assert_resolves,
    call_generated,
    example_of,
    operations_of,
)
from tests.support.signing_client import SigningClient
from tests.support.vault_fixture import MASTERCARD, MIR, VISA, VaultFixture, number_of, typed_card

DESCRIPTION = "/docs/openapi.json"
API, SANDBOX = "/ams/api/v1", "/ams/sandbox/api/v1"


@pytest.fixture
def token(fixture: VaultFixture) -> str:
    """The token of a card that is linked (v-1) and has paid (p-1)."""
    linked = fixture.vault()["paymentMethodDetail"]["card"]["cardToken"]
    assert fixture.pay("p-1", paymentMethodId=linked)["result"]["resultStatus"] == "S"
    return str(linked)


def operations(fixture: VaultFixture) -> list[Any]:
    signing = SigningClient(fixture.site.app, fixture.signing)
    return list(operations_of(schemathesis.openapi.from_wsgi(DESCRIPTION, signing)))


def described(fixture: VaultFixture) -> Any:
    return fixture.site.app.test_client().get(DESCRIPTION).json


def refuses(_context: Any, response: Any, case: Any) -> None:
    """The protocol refuses with HTTP 200: its result tells."""
    body = case.meta.components.get(ParameterLocation.BODY)
    if body is not None and body.mode.is_negative:
        assert response.json()["result"]["resultStatus"] != "S"


@pytest.mark.timeout(300)
def test_no_answer_is_broken_or_undocumented(fixture: VaultFixture, token: str) -> None:
    known = {
        "vaultingRequestId": "v-1",
        "paymentRequestId": "p-1",
        "cardToken": token,
        "buyer": {"phone": fixture.phone()},
    }

    def name_known(case: Any) -> None:
        case.body = {name: known.get(name, value) for name, value in case.body.items()}

    for operation in operations(fixture):
        call_generated(operation, GenerationMode.POSITIVE, ANSWER_CHECKS)
        call_generated(operation, GenerationMode.POSITIVE, ANSWER_CHECKS, change=name_known)


@pytest.mark.timeout(300)
def test_a_body_that_does_not_fit_is_refused_as_described(fixture: VaultFixture) -> None:
    for operation in operations(fixture):
        call_generated(operation, GenerationMode.NEGATIVE, [*ANSWER_CHECKS, refuses])


def test_every_operation_succeeds_with_its_example(fixture: VaultFixture, token: str) -> None:
    other = fixture.vault(MASTERCARD, "v-2")["paymentMethodDetail"]["card"]["cardToken"]
    tokens = {API: token, SANDBOX: str(other)}
    facts = described(fixture)
    # What is read was made before.
    for operation in sorted(operations(fixture), key=lambda each: "/inqui" in each.path):
        example = example_of(facts, operation)
        if operation.path.endswith("/removePaymentMethod"):
            prefix = operation.path.removesuffix("/vaults/removePaymentMethod")
            example = {"cardToken": tokens[prefix]}

        answer = operation.Case(body=example).call_and_validate(checks=ANSWER_CHECKS)

        assert answer.json()["result"]["resultCode"] == "SUCCESS", (operation.label, answer.text)


@pytest.mark.parametrize(
    "number", [VISA, MIR, number_of("declined"), number_of("issuer-down")], ids=str
)
def test_an_answer_about_any_card_fits_its_description(fixture: VaultFixture, number: str) -> None:
    link, pay, read = (
        next(each for each in operations(fixture) if each.path == API + path)
        for path in ("/vaults/vaultPaymentMethod", "/payments/pay", "/payments/inquiryPayment")
    )
    card = typed_card(number)
    payment = fixture.payment("p-9", "100", paymentMethodMetaData=card)
    bodies = [(link, fixture.vaulting(number, "v-9")), (pay, payment)]
    for operation, body in [*bodies, (read, {"paymentRequestId": "p-9"})]:
        operation.Case(body=body).call_and_validate(checks=ANSWER_CHECKS)


def test_every_operation_is_described(fixture: VaultFixture) -> None:
    routes = {
        rule.rule
        for rule in fixture.site.app.url_map.iter_rules()
        if rule.rule.startswith("/ams/") and "<" not in rule.rule and rule.rule != "/ams/"
    }

    paths = described(fixture)["paths"]

    assert set(paths) == routes
    assert {path.removeprefix(API) for path in paths if path.startswith(API)} == {
        path.removeprefix(SANDBOX) for path in paths if path.startswith(SANDBOX)
    }
    assert all(list(methods) == ["post"] for methods in paths.values())


@pytest.mark.parametrize(
    ("status", "method", "body"),
    [(200, "POST", b"{}"), (405, "GET", b""), (413, "POST", b"0" * (LARGEST_BODY_BYTES + 1))],
)
def test_an_error_has_the_described_shape(
    fixture: VaultFixture, status: int, method: str, body: bytes
) -> None:
    path = f"{API}/payments/pay"
    answer = fixture.site.app.test_client().open(path, method=method, data=body)

    assert answer.status_code == status
    facts = described(fixture)
    schemas = facts["components"]["schemas"]
    assert str(status) in facts["paths"][path]["post"]["responses"]
    assert set(answer.json or {}) <= set(schemas["RefusedAnswer"]["properties"])
    assert (answer.json or {})["result"]["resultCode"] in (
        schemas["RefusedResult"]["properties"]["resultCode"]["enum"]
    )


def test_the_description_is_openapi_and_every_reference_leads_somewhere(
    fixture: VaultFixture,
) -> None:
    facts = described(fixture)

    assert_resolves(facts)
    assert facts["security"] == [{"clientId": [], "requestTime": [], "signature": []}]
    assert json.dumps(facts).count(VISA) == 2
