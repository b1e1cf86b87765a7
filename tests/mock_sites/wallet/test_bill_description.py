"""The bill protocol does what its description at ``/docs`` says, whatever is sent to it."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from schemathesis import GenerationMode

from mock_sites.shared.runtime.incoming import LARGEST_BODY_BYTES
from mock_sites.shared.web.openapi import described_rules
from mock_sites.wallet.bill_description import BILL_PROTOCOL
from tests.support.described import (
    ANSWER_CHECKS,
    CHECKS,
    assert_resolves,
    call_generated,
    example_of,
    operations_of,
)
from tests.support.wallet_fixture import WalletFixture

DESCRIPTION = "/docs/openapi.json"
KNOWN = {"bill_id": "paid", "refund_id": "r-1", "replay_id": "again", "day": "2026-01-31"}


@pytest.fixture
def seeded(fixture: WalletFixture) -> WalletFixture:
    """A wallet with a bill that is paid and in part refunded, and one that waits."""
    buyer = fixture.buyer()
    fixture.pay_bill(buyer, fixture.issue("paid"))
    amount = {"amount": {"currency": "RUB", "value": "1.00"}}
    assert fixture.merchant("PUT", "paid/refunds/r-1", amount).status_code == 200
    fixture.issue("waits")
    return fixture


def headers(fixture: WalletFixture) -> dict[str, str]:
    return {"Authorization": f"Bearer {fixture.stack.keys.merchant.secret_key}"}


def operations(fixture: WalletFixture) -> list[Any]:
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, fixture.site.app)
    return list(operations_of(schema))


def described(fixture: WalletFixture) -> Any:
    return fixture.site.app.test_client().get(DESCRIPTION).json


@pytest.mark.timeout(300)
@pytest.mark.parametrize("known", [True, False], ids=["known ids", "any ids"])
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_answer_is_broken_or_undocumented(
    seeded: WalletFixture, mode: GenerationMode, known: bool
) -> None:
    def name_known(case: schemathesis.Case[Any]) -> None:
        if known:
            case.path_parameters = {name: KNOWN[name] for name in case.path_parameters or {}}

    for operation in operations(seeded):
        if mode == GenerationMode.POSITIVE or list(operation.body):
            call_generated(operation, mode, CHECKS, headers(seeded), name_known)


def test_every_operation_succeeds_with_its_example(seeded: WalletFixture) -> None:
    for operation in operations(seeded):
        ids = {**KNOWN, "bill_id": "waits" if operation.path.endswith("/reject") else "paid"}
        if operation.label == "PUT /partner/bill/v1/bills/{bill_id}":
            ids["bill_id"] = "new"
        ids["refund_id"] = "r-1" if operation.method == "get" else "r-2"
        values = {each.name: ids[each.name] for each in operation.path_parameters}
        body = {"body": example} if (example := example_for(seeded, operation)) else {}
        case = operation.Case(path_parameters=values, **body)

        answer = case.call_and_validate(checks=ANSWER_CHECKS, headers=headers(seeded))

        assert answer.status_code == 200, (operation.label, answer.text)


def example_for(fixture: WalletFixture, operation: Any) -> Any:
    """The example of an operation's body; a refund is of what is left of the bill."""
    example = example_of(described(fixture), operation)
    if operation.path.endswith("/refunds/{refund_id}") and example is not None:
        return {"amount": {**example["amount"], "value": "199.34"}}
    return example


@pytest.mark.parametrize(
    ("status", "method", "path", "more"),
    [
        (400, "PUT", "/partner/bill/v1/bills/new", {"json": {}}),
        (400, "GET", "/partner/bill/v1/statements/2026-1-1.json", {}),
        (400, "GET", "/partner/bill/v1/notifications?outcome=lost", {}),
        (401, "GET", "/partner/bill/v1/bills/paid", {"headers": {}}),
        (404, "GET", "/partner/bill/v1/bills/nobody", {}),
        (405, "DELETE", "/partner/bill/v1/bills/paid", {}),
        (409, "POST", "/partner/bill/v1/bills/paid/reject", {}),
        *(
            (413, method, path, {"data": b"0" * (LARGEST_BODY_BYTES + 1)})
            for method, path in (
                ("PUT", "/partner/bill/v1/bills/new"),
                ("GET", "/partner/bill/v1/statements/2026-01-31.json"),
                ("PUT", "/partner/bill/v1/notifications/paid/replays/again"),
            )
        ),
    ],
)
def test_an_error_has_the_described_shape(
    seeded: WalletFixture, status: int, method: str, path: str, more: dict[str, Any]
) -> None:
    sent = {"headers": headers(seeded), **more}
    answer = seeded.site.app.test_client().open(path, method=method, **sent)

    assert answer.status_code == status
    assert answer.json is not None
    shape = described(seeded)["components"]["schemas"]["ProtocolError"]
    assert set(shape["required"]) == set(answer.json)


def test_every_operation_is_described(fixture: WalletFixture) -> None:
    routes = {
        (method, rule.rule.replace("<", "{").replace(">", "}"))
        for rule in fixture.site.app.url_map.iter_rules()
        if rule.rule.startswith("/partner/bill/v1/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    paths = described(fixture)["paths"]

    assert {(m.upper(), path) for path, methods in paths.items() for m in methods} == routes
    assert len(described_rules(fixture.site.app, BILL_PROTOCOL)) == len(routes)


def test_the_description_is_openapi_and_every_reference_leads_somewhere(
    fixture: WalletFixture,
) -> None:
    assert_resolves(described(fixture))
