"""The bill protocol of the wallet, as ``bill-api.md`` has it, spoken by a merchant."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.support.wallet_fixture import WalletFixture

BILL_FIELDS = {
    "siteId",
    "billId",
    "amount",
    "status",
    "customer",
    "customFields",
    "comment",
    "creationDateTime",
    "expirationDateTime",
    "payUrl",
}
ERROR_FIELDS = {"serviceName", "errorCode", "description", "userMessage", "dateTime", "traceId"}


def test_a_bill_is_issued_and_read(fixture: WalletFixture) -> None:
    issued = fixture.merchant("PUT", "order-1", fixture.bill()).json
    read = fixture.merchant("GET", "order-1").json

    assert issued is not None
    assert issued.keys() == BILL_FIELDS
    assert issued == read
    assert issued["siteId"] == fixture.stack.keys.merchant.site_id
    assert issued["billId"] == "order-1"
    assert issued["amount"] == {"currency": "RUB", "value": "200.34"}
    assert issued["status"]["value"] == "WAITING"
    assert issued["customer"] == {"phone": fixture.phone(), "email": None, "account": None}
    assert issued["comment"] == "Order 1"


def test_moments_are_told_in_the_time_of_moscow_with_milliseconds(fixture: WalletFixture) -> None:
    answer = fixture.merchant(
        "PUT", "order-1", fixture.bill(expirationDateTime="2040-01-31T22:00:00.5+00:00")
    )

    # A bill lives 45 days at most: what is told is when it ends.
    assert answer.json is not None
    told = answer.json["expirationDateTime"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+03:00", told)
    ends = fixture.clock.now() + timedelta(days=45)
    assert abs(datetime.fromisoformat(told) - ends) < timedelta(milliseconds=1)


def test_a_pay_url_ends_in_the_uid_of_the_bill(fixture: WalletFixture) -> None:
    answer = fixture.merchant("PUT", "order-1", fixture.bill()).json

    assert answer is not None
    base, uid = answer["payUrl"][:-36], answer["payUrl"][-36:]
    assert base == "http://wallet.localhost:1/form/?invoice_uid="
    assert fixture.rows("SELECT uid FROM bills") == [(uid,)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("200.34", "200.34"),
        ("200.349", "200.34"),
        (200.349, "200.34"),
        (7, "7.00"),
        ("999999.99", "999999.99"),
        (0.29, "0.29"),
        ("0.019999999999", "0.01"),
    ],
)
def test_a_value_is_a_string_or_a_number_and_rounded_down(
    fixture: WalletFixture, value: Any, shown: str
) -> None:
    answer = fixture.merchant("PUT", "b", fixture.bill(amount={"currency": "RUB", "value": value}))

    assert answer.json is not None
    assert answer.json["amount"]["value"] == shown


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": {"currency": "RUB", "value": "1000000"}}, "amount.value"),
        ({"amount": {"currency": "RUB", "value": "0"}}, "amount.value"),
        ({"amount": {"currency": "RUB", "value": "0.009"}}, "amount.value"),
        ({"amount": {"currency": "RUB", "value": "-1"}}, "amount.value"),
        ({"amount": {"currency": "RUB", "value": "NaN"}}, "amount.value"),
        ({"amount": {"currency": "RUB", "value": "much"}}, "amount.value"),
        ({"amount": {"currency": "RUB"}}, "amount.value"),
        ({"amount": {"currency": "XYZ", "value": "1"}}, "amount.currency"),
        ({"amount": None}, "amount"),
        ({"expirationDateTime": "2020-01-01T00:00:00+03:00"}, "expirationDateTime"),
        ({"expirationDateTime": "2099-01-01T00:00:00"}, "expirationDateTime"),
        ({"expirationDateTime": "soon"}, "expirationDateTime"),
        ({"expirationDateTime": None}, "expirationDateTime"),
        ({"comment": "x" * 256}, "comment"),
        ({"customer": {"phone": "call me"}}, "customer.phone"),
        ({"customFields": {"a": [1]}}, "customFields.a"),
    ],
)
def test_what_cannot_be_is_refused_with_the_name_of_the_field(
    fixture: WalletFixture, change: dict[str, Any], code: str
) -> None:
    answer = fixture.merchant("PUT", "order-1", fixture.bill(**change))

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json.keys() == ERROR_FIELDS
    assert answer.json["errorCode"] == f"validation.error.{code}"
    assert fixture.rows("SELECT count(*) FROM bills") == [(0,)]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"text"'])
def test_what_is_not_a_json_object_is_refused(fixture: WalletFixture, body: bytes) -> None:
    answer = fixture.merchant("PUT", "order-1", body)

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["errorCode"].startswith("validation.error")


@pytest.mark.parametrize("customer", [None, {}, {"phone": None, "email": None, "account": None}])
def test_a_bill_may_be_for_nobody_in_particular(fixture: WalletFixture, customer: Any) -> None:
    answer = fixture.merchant("PUT", "order-1", fixture.bill(customer=customer))

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["customer"] == {"phone": None, "email": None, "account": None}


def test_fractions_of_a_second_are_taken(fixture: WalletFixture) -> None:
    due = (fixture.clock.now() + timedelta(days=1)).replace(microsecond=123456).isoformat()

    assert fixture.merchant("PUT", "b", fixture.bill(expirationDateTime=due)).status_code == 200


def test_the_same_bill_again_is_the_same_bill(fixture: WalletFixture) -> None:
    body = fixture.bill()

    first, again = (fixture.merchant("PUT", "order-1", body).json for _ in range(2))

    assert first == again


@pytest.mark.parametrize(
    "change",
    [
        {"amount": {"currency": "RUB", "value": "200.35"}},
        {"amount": {"currency": "KZT", "value": "200.34"}},
        {"comment": "Order 2"},
        {"customer": {}},
        {"customFields": {"themeCode": "x"}},
        {"expirationDateTime": "2099-01-01T00:00:00+03:00"},
    ],
)
def test_other_data_under_the_same_id_is_a_conflict(
    fixture: WalletFixture, change: dict[str, Any]
) -> None:
    body = fixture.bill()
    before = fixture.merchant("PUT", "order-1", body).json

    answer = fixture.merchant("PUT", "order-1", body | change)

    assert answer.status_code == 409
    assert fixture.merchant("GET", "order-1").json == before


@pytest.mark.parametrize("key", ["", "wrong", "\N{SNOWMAN}".encode().decode("latin1")])
def test_without_the_secret_key_nothing_is_answered(fixture: WalletFixture, key: str) -> None:
    fixture.issue()

    answer = fixture.merchant("GET", "order-1", key=key)

    assert answer.status_code == 401
    assert answer.json is not None
    assert answer.json["errorCode"] == "auth.unauthorized"


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "no"), ("POST", "no/reject"), ("PUT", "no/refunds/1"), ("GET", "no/refunds/1")],
)
def test_an_unknown_bill_is_not_found(fixture: WalletFixture, method: str, path: str) -> None:
    body = {"amount": {"currency": "RUB", "value": "1"}} if method == "PUT" else None

    answer = fixture.merchant(method, path, body)

    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["errorCode"] == "api.invoice.not.found"
    assert answer.json["description"] == answer.json["userMessage"] == "Invoice not found"
    assert answer.json["serviceName"] == "invoicing-api"


def test_an_id_of_over_two_hundred_characters_is_refused(fixture: WalletFixture) -> None:
    fits = fixture.merchant("PUT", "x" * 200, fixture.bill())
    too_long = fixture.merchant("PUT", "x" * 201, fixture.bill())

    assert fits.status_code == 200
    assert too_long.status_code == 400
    assert too_long.json is not None
    assert too_long.json["errorCode"] == "validation.error.billId"


def test_an_unpaid_bill_is_cancelled_once_and_for_all(fixture: WalletFixture) -> None:
    uid = fixture.issue()

    first = fixture.merchant("POST", "order-1/reject").json
    again = fixture.merchant("POST", "order-1/reject").json

    assert first is not None
    assert first == again
    assert first["status"]["value"] == "REJECTED"
    assert (
        "cancelled this invoice"
        in fixture.buyer().send(f"/invoices/{uid}/pay?means=qw", page="/history").text
    )


def test_a_paid_bill_cannot_be_cancelled(fixture: WalletFixture) -> None:
    fixture.pay_bill(fixture.buyer(), fixture.issue())

    answer = fixture.merchant("POST", "order-1/reject")

    assert answer.status_code == 409
    read = fixture.merchant("GET", "order-1").json
    assert read is not None
    assert read["status"]["value"] == "PAID"


def test_an_unpaid_bill_expires_at_its_moment(fixture: WalletFixture) -> None:
    due = fixture.clock.now() + timedelta(hours=1)
    fixture.issue(expirationDateTime=due.isoformat())
    fixture.clock.advance(timedelta(hours=1))

    bill = fixture.merchant("GET", "order-1").json

    assert bill is not None
    assert bill["status"]["value"] == "EXPIRED"
    changed = datetime.fromisoformat(bill["status"]["changedDateTime"])
    assert abs(changed - due) < timedelta(milliseconds=1)
    assert fixture.merchant("POST", "order-1/reject").status_code == 409


def test_a_bill_lives_at_most_45_days(fixture: WalletFixture) -> None:
    fixture.issue(expirationDateTime="2099-01-01T00:00:00+03:00")
    fixture.clock.advance(timedelta(days=44, hours=23))
    alive = fixture.merchant("GET", "order-1").json
    fixture.clock.advance(timedelta(hours=1))
    dead = fixture.merchant("GET", "order-1").json

    assert alive is not None
    assert dead is not None
    assert (alive["status"]["value"], dead["status"]["value"]) == ("WAITING", "EXPIRED")
