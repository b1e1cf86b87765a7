"""Several merchants in one wallet: each has its own bills, money, statement and settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mock_sites.shared.runtime.keys import MerchantKeys
from tests.support.shop_fixture import words
from tests.support.visitor import TOKEN
from tests.support.wallet_fixture import WalletFixture, wallet_fixture

BOOKS = MerchantKeys(
    site_id="books",
    name="Book shop",
    notification_url="http://127.0.0.1:2/books",
    return_origins=["https://books.test"],
    time_zone="Asia/Tokyo",
    notification_schedule="quarters-and-hours",
)


@pytest.fixture
def fixture(tmp_path: Path) -> Iterator[WalletFixture]:
    with wallet_fixture(tmp_path, others=[BOOKS]) as wallet:
        yield wallet


def theirs(fixture: WalletFixture, method: str, path: str, body: Any = None) -> Any:
    return fixture.merchant(method, path, body, key=BOOKS.secret_key)


def issue_theirs(fixture: WalletFixture, value: str = "77.00") -> str:
    amount = {"currency": "RUB", "value": value}
    answer = theirs(fixture, "PUT", "order-1", fixture.bill(amount=amount))
    assert answer.status_code == 200, answer.json
    return str(answer.json["payUrl"][-36:])


def test_the_same_id_at_two_merchants_is_two_bills(fixture: WalletFixture) -> None:
    fixture.issue()
    issue_theirs(fixture)

    ours, other = fixture.merchant("GET", "order-1").json, theirs(fixture, "GET", "order-1").json

    assert ours is not None
    assert (ours["amount"]["value"], other["amount"]["value"]) == ("200.34", "77.00")
    assert other["siteId"] == "books"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "order-1", None),
        ("POST", "order-1/reject", None),
        ("PUT", "order-1/refunds/r", {"amount": {"currency": "RUB", "value": "1.00"}}),
        ("GET", "order-1/refunds", None),
        ("GET", "order-1/refunds/r", None),
    ],
)
def test_no_merchant_reaches_anothers_bill(
    fixture: WalletFixture, method: str, path: str, body: Any
) -> None:
    fixture.pay_bill(fixture.buyer(), fixture.issue())

    assert theirs(fixture, method, path, body).status_code == 404

    bill = fixture.merchant("GET", "order-1").json
    assert bill is not None
    assert bill["status"]["value"] == "PAID"
    assert fixture.merchant("GET", "order-1/refunds").json == {"refunds": []}


def test_one_list_has_the_invoices_of_both_with_their_names(fixture: WalletFixture) -> None:
    fixture.issue()
    issue_theirs(fixture)

    said = words(fixture.buyer().open("/invoices").text)

    assert "Book shop" in said
    assert "Samovar shop" in said


def test_each_is_paid_and_told_at_its_own_address(fixture: WalletFixture) -> None:
    buyer = fixture.buyer()
    fixture.pay_bill(buyer, fixture.issue())
    fixture.pay_bill(buyer, issue_theirs(fixture))
    fixture.deliver()

    told = {
        request.url.path: json.loads(request.content)["bill"]["siteId"]
        for request in fixture.outside.notifications
    }
    accounts = dict(
        fixture.rows("SELECT owner, balance FROM accounts WHERE owner LIKE 'merchant:%'")
    )
    shop = fixture.stack.keys.merchant.site_id
    assert told == {"/notifications/qiwi": shop, "/books": "books"}
    assert accounts == {f"merchant:{shop}": 20_034, "merchant:books": 7_700}
    assert fixture.discrepancies() == []


def test_each_has_its_own_statement_in_its_own_zone(fixture: WalletFixture) -> None:
    fixture.pay_bill(fixture.buyer(), issue_theirs(fixture))
    client = fixture.site.app.test_client()
    headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}

    books = client.get("/_control/statements?site_id=books", headers=headers).json
    shop = fixture.stack.keys.merchant.site_id
    ours = client.get(f"/_control/statements?site_id={shop}", headers=headers).json

    assert books is not None
    assert ours is not None
    assert (books["time_zone"], ours["time_zone"]) == ("Asia/Tokyo", "Europe/Moscow")
    assert [each["closing"]["minor"] for each in books["currencies"]] == [7_700]
    assert ours["currencies"] == []


def test_each_is_repeated_to_after_its_own_schedule(fixture: WalletFixture) -> None:
    buyer = fixture.buyer()
    fixture.outside.shop_answers = 500
    fixture.pay_bill(buyer, issue_theirs(fixture))
    quarter = fixture.deliver()
    fixture.pay_bill(buyer, fixture.issue())
    seconds = fixture.deliver()

    assert quarter is not None
    assert seconds is not None
    assert (quarter.total_seconds(), seconds.total_seconds()) == (900, 5)


def test_a_buyer_returns_to_the_merchants_own_pages_only(fixture: WalletFixture) -> None:
    buyer = fixture.buyer()
    uid = issue_theirs(fixture)
    shop = fixture.stack.public_url("shop")

    with_ours = buyer.open(f"/invoices/{uid}?successUrl={shop}/").text
    with_theirs = buyer.open(f"/invoices/{uid}?successUrl=https://books.test/x").text

    assert "books.test" in with_theirs
    assert f"successUrl={shop}" not in with_ours


def test_a_merchant_is_added_while_the_wallet_runs(fixture: WalletFixture) -> None:
    headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}
    client = fixture.site.app.test_client()
    body = {"name": "Toy shop", "site_id": "toys", "notification_url": None}

    added = client.post("/_control/merchants", json=body, headers=headers)
    again = client.post("/_control/merchants", json=body, headers=headers)
    key = added.json["secret_key"]  # type: ignore[index]

    assert (added.status_code, again.status_code) == (201, 409)
    assert fixture.merchant("PUT", "order-1", fixture.bill(), key=key).json["siteId"] == "toys"  # type: ignore[index]
    listed = client.get("/_control/merchants", headers=headers).json
    assert listed is not None
    assert {"books", "toys"} < {each["site_id"] for each in listed}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "A", "site_id": "a b"},
        {"name": "A", "time_zone": "Mars"},
        {"name": "A", "return_origins": ["https://a.test/page"]},
    ],
)
def test_a_merchant_that_does_not_fit_is_not_added(
    fixture: WalletFixture, body: dict[str, Any]
) -> None:
    headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}

    answer = fixture.site.app.test_client().post("/_control/merchants", json=body, headers=headers)

    assert answer.status_code == 422
    assert fixture.rows("SELECT count(*) FROM merchants") == [(2,)]


def test_a_payment_page_names_the_merchant(fixture: WalletFixture) -> None:
    page = fixture.buyer().open(f"/invoices/{issue_theirs(fixture)}")

    assert TOKEN.search(page.text)
    assert "Book shop" in words(page.text)
