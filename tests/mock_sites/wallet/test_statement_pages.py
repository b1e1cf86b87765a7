"""A merchant's statement as programs, tests and people get it: exports, control and page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mock_sites.wallet.store import MerchantRow
from tests.support.shop_fixture import words
from tests.support.wallet_fixture import WalletFixture, wallet_fixture


def today(fixture: WalletFixture) -> str:
    merchant = fixture.wallet.merchants.issuer(fixture.stack.keys.merchant.site_id)
    assert merchant is not None
    return fixture.wallet.statements.today(merchant).isoformat()


def _paid_and_refunded(fixture: WalletFixture) -> str:
    fixture.pay_bill(fixture.buyer(), fixture.issue("=order-1"))
    body = {"amount": {"currency": "RUB", "value": "0.34"}}
    assert fixture.merchant("PUT", "=order-1/refunds/r-1", body).status_code == 200
    return today(fixture)


def exported(fixture: WalletFixture, name: str, key: str | None = None) -> Any:
    secret = fixture.stack.keys.merchant.secret_key if key is None else key
    path = f"/partner/bill/v1/statements/{name}"
    return fixture.site.app.test_client().get(path, headers={"Authorization": f"Bearer {secret}"})


def test_programs_read_it_with_the_merchants_key(fixture: WalletFixture) -> None:
    day = _paid_and_refunded(fixture)

    facts, file = exported(fixture, f"{day}.json").json, exported(fixture, f"{day}.csv")

    [part] = facts["currencies"]
    assert (part["opening"]["minor"], part["closing"]["value"]) == (0, "200.00")
    assert (part["payments"]["minor"], part["refunds"]["minor"]) == (20_034, -34)
    assert facts["final"] is False
    assert file.content_type == "text/csv; charset=utf-8; header=present"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert ",'=order-1,r-1,-0.34,-34\r\n" in file.text


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("2026-02-30.csv", 400, "validation.error.day"),
        ("9998-01-01.json", 400, "validation.error.day"),
        ("2026-02-01.xml", 404, "validation.error.path"),
    ],
)
def test_programs_are_told_what_does_not_fit(
    fixture: WalletFixture, name: str, status: int, code: str
) -> None:
    answer = exported(fixture, name)
    assert (answer.status_code, answer.json["errorCode"]) == (status, code)
    assert exported(fixture, name, key="another").status_code == 401


def test_the_control_says_the_same(fixture: WalletFixture) -> None:
    day = _paid_and_refunded(fixture)
    client = fixture.site.app.test_client()
    headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}
    site_id = fixture.stack.keys.merchant.site_id

    said = client.get(f"/_control/statements?site_id={site_id}&day={day}", headers=headers)

    assert said.json == exported(fixture, f"{day}.json").json
    assert client.get("/_control/statements?site_id=x", headers=headers).status_code == 404
    assert (
        client.get(
            f"/_control/statements?site_id={site_id}&day=9000-01-01", headers=headers
        ).status_code
        == 409
    )


def test_a_person_with_the_key_sees_the_statement_and_both_files(fixture: WalletFixture) -> None:
    day = _paid_and_refunded(fixture)
    person = fixture.stranger()

    page = person.send("/merchant/sign-in", secret_key=fixture.stack.keys.merchant.secret_key)

    said = words(page.text)
    for part in ("Europe/Moscow", "Refund: =order-1", "+RUB 200.34", "-RUB 0.34", "RUB 200.00"):
        assert part in said
    assert "not over" in said
    assert person.open(f"/merchant/statement/{day}.csv").text.startswith("record,")
    facts = person.open(f"/merchant/statement/{day}.json").json
    assert facts == exported(fixture, f"{day}.json").json
    assert fixture.stack.keys.merchant.secret_key not in page.text


def test_nobody_else_sees_it(fixture: WalletFixture) -> None:
    day = today(fixture)
    paths = ("/merchant/statement", f"/merchant/statement/{day}.csv")
    buyer, stranger = fixture.buyer(), fixture.stranger()

    wrong = stranger.send("/merchant/sign-in", secret_key="another")

    assert "No merchant has this key" in wrong.text
    for visitor in (buyer, stranger):
        for path in paths:
            assert visitor.client.get(path).headers["Location"] == "/merchant/sign-in"


def test_another_key_ends_the_visit_and_so_does_forgetting(fixture: WalletFixture) -> None:
    keys = fixture.stack.keys.merchant
    person, other = fixture.stranger(), fixture.stranger()
    for each in (person, other):
        each.send("/merchant/sign-in", secret_key=keys.secret_key)

    token = person.open("/merchant/statement").text.split('name="csrf_token" value="')[1]
    person.client.post("/merchant/sign-out", data={"csrf_token": token.partition('"')[0]})
    renewed = MerchantRow(
        site_id=keys.site_id, name="Shop", secret_key="new", public_key="p", origins=[]
    )
    before = other.client.get("/merchant/statement").status_code
    fixture.wallet.merchants.register(renewed)

    assert person.client.get("/merchant/statement").status_code == 303
    assert (before, other.client.get("/merchant/statement").status_code) == (200, 303)


@pytest.mark.parametrize(
    ("day", "says"),
    [("", "Enter a day"), ("2026-02-30", "Enter a day"), ("9000-01-01", "not begun")],
)
def test_a_wrong_day_is_named_beside_the_field(fixture: WalletFixture, day: str, says: str) -> None:
    person = fixture.stranger()
    person.send("/merchant/sign-in", secret_key=fixture.stack.keys.merchant.secret_key)

    page = person.open(f"/merchant/statement?day={day}").text

    assert says in page
    assert 'id="day-error"' in page
    assert "<table" not in page


def test_the_zone_is_a_setting(tmp_path: Path) -> None:
    with wallet_fixture(tmp_path, merchant={"time_zone": "Asia/Tokyo"}) as fixture:
        day = today(fixture)
        assert exported(fixture, f"{day}.json").json["time_zone"] == "Asia/Tokyo"
    with (
        pytest.raises(ValueError, match="tz database"),
        wallet_fixture(tmp_path / "more", merchant={"time_zone": "../etc/passwd"}),
    ):
        pass
