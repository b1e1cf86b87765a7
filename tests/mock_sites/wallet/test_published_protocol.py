"""The bill protocol as published clients use it: fields, moments, errors, addresses, repeats."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from mock_sites.shared.runtime.keys import MerchantKeys
from mock_sites.wallet.clients.merchants import _says_no_error
from tests.support.wallet_fixture import WalletFixture, wallet_fixture

OTHER_SHOP = "https://other.test"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (7, "7"),
        (-7, "-7"),
        (1.5, "1.5"),
        (True, "true"),
        (False, "false"),
        ("text", "text"),
        ("", ""),
    ],
)
def test_a_custom_field_is_kept_as_text(fixture: WalletFixture, sent: Any, kept: str) -> None:
    bill = fixture.bill(customFields={"plug-in": sent})
    answer = fixture.merchant("PUT", "order-1", bill)

    assert answer.json is not None
    assert answer.json["customFields"] == {"plug-in": kept}
    assert fixture.merchant("PUT", "order-1", bill).status_code == 200


def test_a_custom_field_of_null_is_left_out(fixture: WalletFixture) -> None:
    bill = fixture.bill(customFields={"note": None, "a": "1"})
    answer = fixture.merchant("PUT", "order-1", bill)

    assert answer.json is not None
    assert answer.json["customFields"] == {"a": "1"}


@pytest.mark.parametrize("sent", [[], {}, ["a"], {"a": "1"}])
def test_a_custom_field_that_is_no_value_is_rejected_by_its_name(
    fixture: WalletFixture, sent: Any
) -> None:
    answer = fixture.merchant("PUT", "order-1", fixture.bill(customFields={"plug-in": sent}))

    assert error(answer) == (400, "validation.error.customFields.plug-in")


@pytest.mark.parametrize(
    ("form", "hours"),
    [
        ("%Y-%m-%dT%H:%M:00+03:00", 3),
        ("%Y-%m-%dT%H:%M:00+0300", 3),
        ("%Y-%m-%dT%H:%M:00+03", 3),
        ("%Y-%m-%dT%H:%M:00.000+03:00", 3),
        ("%Y-%m-%dT%H:%M:00.000000000+03:00", 3),
        ("%Y-%m-%dT%H:%M+03:00", 3),
        ("%Y-%m-%dT%H:%M:00Z", 0),
        ("%Y-%m-%dT%H:%M:00.000Z", 0),
        ("%Y-%m-%dT%H:%M:00-05:00", -5),
    ],
)
def test_a_due_date_in_any_documented_form_is_one_moment(
    fixture: WalletFixture, form: str, hours: int
) -> None:
    due = (fixture.clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    fixture.issue(expirationDateTime=(due + timedelta(hours=hours)).strftime(form))

    answer = fixture.merchant("GET", "order-1")
    assert answer.json is not None
    assert datetime.fromisoformat(answer.json["expirationDateTime"]) == due


def error(answer: TestResponse) -> tuple[int, str]:
    assert answer.json is not None
    assert answer.json["serviceName"] == "invoicing-api"
    return answer.status_code, answer.json["errorCode"]


def called(fixture: WalletFixture, method: str, path: str, key: str | None = None) -> TestResponse:
    secret = fixture.stack.keys.merchant.secret_key if key is None else key
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    client = fixture.site.app.test_client()
    return client.open(path, method=method, data=b"{}", headers=headers)


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("PUT", "/partner/bill/", (404, "validation.error.path")),
        ("PUT", "/partner/bill/v2/bills/a", (404, "validation.error.path")),
        ("GET", "/partner/bill/v1/bill/a", (404, "validation.error.path")),
        ("PUT", "/partner/bill/v1/bills", (400, "validation.error.billId")),
        ("PUT", "/partner/bill/v1/bills/", (400, "validation.error.billId")),
        ("PUT", "/partner/bill/v1/bills/a/b/c/d", (400, "validation.error.billId")),
        ("DELETE", "/partner/bill/v1/bills/a", (405, "validation.error.method")),
        ("GET", "/partner/bill/v1/bills/a/reject", (405, "validation.error.method")),
        ("POST", "/partner/bill/v1/bills/a/refunds/b", (405, "validation.error.method")),
    ],
)
def test_each_path_below_the_prefix_answers_with_an_error_that_names_the_field(
    fixture: WalletFixture, method: str, path: str, expected: tuple[int, str]
) -> None:
    assert error(called(fixture, method, path)) == expected
    assert error(called(fixture, method, path, "other")) == (401, "auth.unauthorized")


def test_too_large_a_body_gets_an_error_of_the_protocol(fixture: WalletFixture) -> None:
    client = fixture.site.app.test_client()
    answer = client.put("/partner/bill/none", data=b"x" * 300_000)

    assert error(answer) == (413, "validation.error")


def opened(fixture: WalletFixture, **changes: str) -> TestResponse:
    query = {"publicKey": fixture.stack.keys.merchant.public_key, "amount": "10", **changes}
    return fixture.stranger().client.get("/create", query_string=query)


def test_an_address_opens_no_bill_without_an_amount(fixture: WalletFixture) -> None:
    query = {"publicKey": fixture.stack.keys.merchant.public_key}
    answer = fixture.stranger().client.get("/create", query_string=query)

    assert (answer.status_code, "(amount.value)" in answer.text) == (400, True)


def test_an_address_for_another_phone_opens_a_bill_that_only_this_phone_sees(
    fixture: WalletFixture,
) -> None:
    address = opened(fixture, phone=fixture.phone(1)).headers["Location"].split("?")[0]

    assert fixture.buyer(0).open(address).status_code == 404
    assert fixture.buyer(1).open(address).status_code == 200


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_the_lifetime_of_an_address_is_moscow_time_wherever_the_server_stands(
    fixture: WalletFixture, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    until = fixture.clock.now() + timedelta(days=2)
    opened(fixture, billId="a", lifetime=f"{until:%Y-%m-%dT%H%M}")

    answer = fixture.merchant("GET", "a")
    assert answer.json is not None
    assert answer.json["expirationDateTime"].startswith(f"{until:%Y-%m-%dT%H:%M}")
    assert answer.json["expirationDateTime"].endswith("+03:00")


def test_an_address_takes_custom_fields_with_hyphens(fixture: WalletFixture) -> None:
    opened(fixture, billId="a", **{"customFields[plug-in]": "woo"})

    answer = fixture.merchant("GET", "a")
    assert answer.json is not None
    assert answer.json["customFields"] == {"plug-in": "woo"}


@pytest.mark.parametrize(
    "origin", ["other.test", "https://", "https://a.test/path", "ftp://a.test"]
)
def test_a_return_address_is_declared_as_an_origin(origin: str) -> None:
    with pytest.raises(ValueError, match="an origin is"):
        MerchantKeys(return_origins=[origin])


def test_a_buyer_returns_to_a_declared_address(tmp_path: Path) -> None:
    keys = {"return_origins": [OTHER_SHOP], "notification_schedule": "quarters-and-hours"}
    with wallet_with(tmp_path, **keys) as fixture:
        uid = fixture.issue()
        answer = fixture.pay_bill(fixture.buyer(), uid, f"{OTHER_SHOP}/thanks")
        foreign = fixture.issue("order-2")
        stays = fixture.pay_bill(fixture.buyer(), foreign, "https://evil.test/thanks")

        assert answer.headers["Location"] == f"{OTHER_SHOP}/thanks"
        assert stays.headers["Location"].endswith("/receipt")


def wallet_with(data: Path, **keys: Any) -> Any:
    """A wallet whose merchant has these keys beside its own."""
    return wallet_fixture(data, merchant=keys)


@pytest.mark.parametrize(
    ("schedule", "answers", "due"),
    [
        ("growing", "1", None),
        ("quarters-and-hours", "0", None),
        ("quarters-and-hours", "1", timedelta(minutes=15)),
    ],
)
def test_a_schedule_says_what_acknowledges(
    tmp_path: Path, schedule: str, answers: str, due: timedelta | None
) -> None:
    with wallet_with(tmp_path, notification_schedule=schedule) as fixture:
        fixture.outside.shop_says = answers
        fixture.pay_bill(fixture.buyer(), fixture.issue())

        assert fixture.deliver() == due


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        (b'{"error": "0"}', True),
        (b'{"error": 0}', True),
        (b'{"error": "13"}', False),
        (b"{}", False),
        (b"OK", False),
        (b"[]", False),
    ],
)
def test_an_acknowledgement_says_error_0(body: bytes, fits: bool) -> None:
    assert _says_no_error(body) is fits
