"""The bill protocol of the wallet, as ``bill-api.md`` has it, spoken by a merchant."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.support.wallet_bench import Bench

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


def test_a_bill_is_issued_and_read(bench: Bench) -> None:
    issued = bench.merchant("PUT", "order-1", bench.bill()).json
    read = bench.merchant("GET", "order-1").json

    assert issued is not None
    assert issued.keys() == BILL_FIELDS
    assert issued == read
    assert issued["siteId"] == bench.stack.keys.merchant.site_id
    assert issued["billId"] == "order-1"
    assert issued["amount"] == {"currency": "RUB", "value": "200.34"}
    assert issued["status"]["value"] == "WAITING"
    assert issued["customer"] == {"phone": bench.phone(), "email": None, "account": None}
    assert issued["comment"] == "Order 1"


def test_moments_are_told_in_the_time_of_moscow_with_milliseconds(bench: Bench) -> None:
    answer = bench.merchant(
        "PUT", "order-1", bench.bill(expirationDateTime="2040-01-31T22:00:00.5+00:00")
    )

    # A bill lives 45 days at most: what is told is when it ends.
    assert answer.json is not None
    told = answer.json["expirationDateTime"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+03:00", told)
    ends = bench.clock.now() + timedelta(days=45)
    assert abs(datetime.fromisoformat(told) - ends) < timedelta(milliseconds=1)


def test_a_pay_url_ends_in_the_uid_of_the_bill(bench: Bench) -> None:
    answer = bench.merchant("PUT", "order-1", bench.bill()).json

    assert answer is not None
    base, uid = answer["payUrl"][:-36], answer["payUrl"][-36:]
    assert base == "http://wallet.localhost:1/form/?invoice_uid="
    assert bench.rows("SELECT uid FROM bills") == [(uid,)]


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
    bench: Bench, value: Any, shown: str
) -> None:
    answer = bench.merchant("PUT", "b", bench.bill(amount={"currency": "RUB", "value": value}))

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
        ({"customFields": {"a": 1}}, "customFields.a"),
    ],
)
def test_what_cannot_be_is_refused_with_the_name_of_the_field(
    bench: Bench, change: dict[str, Any], code: str
) -> None:
    answer = bench.merchant("PUT", "order-1", bench.bill(**change))

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json.keys() == ERROR_FIELDS
    assert answer.json["errorCode"] == f"validation.error.{code}"
    assert bench.rows("SELECT count(*) FROM bills") == [(0,)]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"text"'])
def test_what_is_not_a_json_object_is_refused(bench: Bench, body: bytes) -> None:
    answer = bench.merchant("PUT", "order-1", body)

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["errorCode"].startswith("validation.error")


@pytest.mark.parametrize("customer", [None, {}, {"phone": None, "email": None, "account": None}])
def test_a_bill_may_be_for_nobody_in_particular(bench: Bench, customer: Any) -> None:
    answer = bench.merchant("PUT", "order-1", bench.bill(customer=customer))

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["customer"] == {"phone": None, "email": None, "account": None}


def test_fractions_of_a_second_are_taken(bench: Bench) -> None:
    due = (bench.clock.now() + timedelta(days=1)).replace(microsecond=123456).isoformat()

    assert bench.merchant("PUT", "b", bench.bill(expirationDateTime=due)).status_code == 200


def test_the_same_bill_again_is_the_same_bill(bench: Bench) -> None:
    body = bench.bill()

    first, again = (bench.merchant("PUT", "order-1", body).json for _ in range(2))

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
def test_other_data_under_the_same_id_is_a_conflict(bench: Bench, change: dict[str, Any]) -> None:
    body = bench.bill()
    before = bench.merchant("PUT", "order-1", body).json

    answer = bench.merchant("PUT", "order-1", body | change)

    assert answer.status_code == 409
    assert bench.merchant("GET", "order-1").json == before


@pytest.mark.parametrize("key", ["", "wrong", "\N{SNOWMAN}".encode().decode("latin1")])
def test_without_the_secret_key_nothing_is_answered(bench: Bench, key: str) -> None:
    bench.issue()

    answer = bench.merchant("GET", "order-1", key=key)

    assert answer.status_code == 401
    assert answer.json is not None
    assert answer.json["errorCode"] == "auth.unauthorized"


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "no"), ("POST", "no/reject"), ("PUT", "no/refunds/1"), ("GET", "no/refunds/1")],
)
def test_an_unknown_bill_is_not_found(bench: Bench, method: str, path: str) -> None:
    body = {"amount": {"currency": "RUB", "value": "1"}} if method == "PUT" else None

    answer = bench.merchant(method, path, body)

    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["errorCode"] == "api.invoice.not.found"
    assert answer.json["description"] == answer.json["userMessage"] == "Invoice not found"
    assert answer.json["serviceName"] == "invoicing-api"


def test_an_id_of_over_two_hundred_characters_is_refused(bench: Bench) -> None:
    fits = bench.merchant("PUT", "x" * 200, bench.bill())
    too_long = bench.merchant("PUT", "x" * 201, bench.bill())

    assert fits.status_code == 200
    assert too_long.status_code == 400
    assert too_long.json is not None
    assert too_long.json["errorCode"] == "validation.error.billId"


def test_an_unpaid_bill_is_cancelled_once_and_for_all(bench: Bench) -> None:
    uid = bench.issue()

    first = bench.merchant("POST", "order-1/reject").json
    again = bench.merchant("POST", "order-1/reject").json

    assert first is not None
    assert first == again
    assert first["status"]["value"] == "REJECTED"
    assert (
        "cancelled this invoice"
        in bench.buyer().send(f"/invoices/{uid}/pay?means=qw", page="/history").text
    )


def test_a_paid_bill_cannot_be_cancelled(bench: Bench) -> None:
    bench.pay_bill(bench.buyer(), bench.issue())

    answer = bench.merchant("POST", "order-1/reject")

    assert answer.status_code == 409
    read = bench.merchant("GET", "order-1").json
    assert read is not None
    assert read["status"]["value"] == "PAID"


def test_an_unpaid_bill_expires_at_its_moment(bench: Bench) -> None:
    due = bench.clock.now() + timedelta(hours=1)
    bench.issue(expirationDateTime=due.isoformat())
    bench.clock.advance(timedelta(hours=1))

    bill = bench.merchant("GET", "order-1").json

    assert bill is not None
    assert bill["status"]["value"] == "EXPIRED"
    changed = datetime.fromisoformat(bill["status"]["changedDateTime"])
    assert abs(changed - due) < timedelta(milliseconds=1)
    assert bench.merchant("POST", "order-1/reject").status_code == 409


def test_a_bill_lives_at_most_45_days(bench: Bench) -> None:
    bench.issue(expirationDateTime="2099-01-01T00:00:00+03:00")
    bench.clock.advance(timedelta(days=44, hours=23))
    alive = bench.merchant("GET", "order-1").json
    bench.clock.advance(timedelta(hours=1))
    dead = bench.merchant("GET", "order-1").json

    assert alive is not None
    assert dead is not None
    assert (alive["status"]["value"], dead["status"]["value"]) == ("WAITING", "EXPIRED")
