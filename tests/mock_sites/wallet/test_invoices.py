"""Invoices in the wallet, by its pages but without a browser."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from tests.support.wallet_fixture import WalletFixture

SHOP = "http://shop.localhost:2"


def create_address(fixture: WalletFixture, **given: str) -> str:
    facts = {"publicKey": fixture.stack.keys.merchant.public_key, "amount": "200.34"} | given
    return f"/create?{urlencode(facts)}"


def test_a_bill_is_paid_once_by_whoever_it_is_made_out_to(fixture: WalletFixture) -> None:
    buyer, uid = fixture.buyer(), fixture.issue()

    fixture.pay_bill(buyer, uid)

    assert buyer.balance() == "RUB 9,799.66"
    assert fixture.rows("SELECT status FROM bills") == [("PAID",)]
    again = buyer.send(f"/invoices/{uid}/pay?means=qw", page="/history")
    assert "already paid" in again.text
    assert fixture.rows("SELECT count(*) FROM movements WHERE key LIKE 'bill:%'") == [(1,)]
    assert fixture.discrepancies() == []


@pytest.mark.parametrize("path", ["/invoices/{}", "/invoices/{}/pay?means=qw"])
def test_another_buyers_invoice_is_not_there(fixture: WalletFixture, path: str) -> None:
    uid = fixture.issue()

    assert fixture.buyer(1).open(path.format(uid)).status_code == 404
    assert fixture.buyer(1).send(path.format(uid), page="/history").status_code in (404, 405)


def test_a_bill_for_nobody_is_paid_by_who_has_its_address(fixture: WalletFixture) -> None:
    uid = fixture.issue(customer=None)

    fixture.pay_bill(fixture.buyer(1), uid)

    assert fixture.rows("SELECT status FROM bills") == [("PAID",)]


def test_what_is_paid_is_the_bill_whatever_the_form_says(fixture: WalletFixture) -> None:
    buyer, uid = fixture.buyer(), fixture.issue()
    page = buyer.send(f"/invoices/{uid}/pay?means=qw", amount="1.00", value="1.00")

    buyer.send(page.request.path, code=fixture.outside.codes[-1], amount="1.00")

    assert buyer.balance() == "RUB 9,799.66"


def test_a_balance_that_is_short_pays_nothing(fixture: WalletFixture) -> None:
    buyer = fixture.buyer()
    uid = fixture.issue(amount={"currency": "RUB", "value": "10000.01"})

    answer = buyer.send(f"/invoices/{uid}/pay?means=qw")

    assert "you need RUB\N{NO-BREAK SPACE}0.01 more." in answer.text
    assert fixture.outside.codes == []
    assert buyer.balance() == "RUB 10,000.00"


def test_an_invoice_that_expires_while_it_is_confirmed_is_not_paid(fixture: WalletFixture) -> None:
    buyer = fixture.buyer()
    due = fixture.clock.now() + timedelta(minutes=2)
    uid = fixture.issue(expirationDateTime=due.isoformat())
    page = buyer.send(f"/invoices/{uid}/pay?means=qw")
    fixture.clock.advance(timedelta(minutes=2))

    answer = buyer.send(page.request.path, code=fixture.outside.codes[-1])

    assert "This invoice has expired." in answer.text
    assert buyer.balance() == "RUB 10,000.00"


def test_only_the_payment_methods_that_the_shop_takes_are_offered(fixture: WalletFixture) -> None:
    all_of_them = fixture.buyer().open(f"/invoices/{fixture.issue('a')}").text
    wallet_only = fixture.issue("b", customFields={"paySourcesFilter": "qw"})
    card_only = fixture.issue("c", customFields={"paySourcesFilter": "card"})

    assert all(
        f'value="{payment_method}"' in all_of_them for payment_method in ("qw", "card", "mobile")
    )
    page = fixture.buyer().open(f"/invoices/{wallet_only}").text
    assert 'value="qw"' in page
    assert 'value="card"' not in page
    assert 'value="qw"' not in fixture.buyer().open(f"/invoices/{card_only}").text


def test_a_bill_that_does_not_take_the_wallet_cannot_be_paid_from_it(
    fixture: WalletFixture,
) -> None:
    buyer = fixture.buyer()
    uid = fixture.issue(customFields={"paySourcesFilter": "card"})

    answer = buyer.send(f"/invoices/{uid}/pay?means=qw", page="/history")

    assert "not enabled for you" in answer.text
    assert fixture.outside.codes == []


def test_the_pay_url_opens_the_payment_form(fixture: WalletFixture) -> None:
    uid = fixture.issue()

    page = fixture.buyer().open(f"/form/?invoice_uid={uid}")

    assert page.request.path == f"/invoices/{uid}"


def test_an_unknown_pay_url_leads_nowhere(fixture: WalletFixture) -> None:
    assert fixture.buyer().open("/form/?invoice_uid=nothing").status_code == 404
    assert fixture.buyer().open("/form/").status_code == 404


@pytest.mark.parametrize("address", [SHOP, f"{SHOP}/orders/1?x=1", f"{SHOP}?done=1"])
def test_after_paying_the_buyer_goes_to_the_shops_own_address(
    fixture: WalletFixture, address: str
) -> None:
    answer = fixture.pay_bill(fixture.buyer(), fixture.issue(), leave_to=address)

    assert answer.status_code == 303
    assert answer.location == address


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "http://shop.localhost:2.evil.example/",
        "http://shop.localhost:2@evil.example/",
        "http://shop.localhost:23/",
        "//evil.example",
        "javascript:alert(1)",
        "/orders/1",
    ],
)
def test_no_other_address_is_gone_to(fixture: WalletFixture, address: str) -> None:
    uid = fixture.issue()
    form = fixture.buyer().open(f"/form/?{urlencode({'invoice_uid': uid, 'successUrl': address})}")

    answer = fixture.pay_bill(fixture.buyer(), uid, leave_to=address)

    assert "does not belong to this shop" in form.text
    assert answer.location.startswith("/payments/")


def test_a_shop_opens_a_bill_without_the_api(fixture: WalletFixture) -> None:
    address = create_address(
        fixture,
        billId="order-7",
        phone=fixture.phone(),
        comment="Seven",
        lifetime="2099-12-31T2359",
        **{"customFields[themeCode]": "x", "customFields[paySourcesFilter]": "qw"},
    )

    page = fixture.buyer().open(address)
    bill = fixture.merchant("GET", "order-7").json

    assert page.request.path.startswith("/invoices/")
    assert bill is not None
    assert bill["amount"] == {"currency": "RUB", "value": "200.34"}
    assert bill["comment"] == "Seven"
    assert bill["customFields"] == {"themeCode": "x", "paySourcesFilter": "qw"}


def test_opening_it_again_issues_no_second_bill(fixture: WalletFixture) -> None:
    address = create_address(fixture, billId="order-7", lifetime="2099-12-31T2359")
    for _ in range(2):
        fixture.buyer().open(address)

    assert fixture.rows("SELECT count(*) FROM bills") == [(1,)]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"publicKey": "unknown"}, "publicKey"),
        ({"amount": "much"}, "amount.value"),
        ({"lifetime": "tomorrow"}, "expirationDateTime"),
        ({"lifetime": "2020-01-01T0000"}, "expirationDateTime"),
        ({"phone": "call me"}, "customer.phone"),
    ],
)
def test_an_address_that_makes_no_bill_says_what_is_wrong(
    fixture: WalletFixture, given: dict[str, str], reason: str
) -> None:
    answer = fixture.stranger().open(create_address(fixture, **given))

    assert answer.status_code == 400
    assert f"({reason})" in answer.text
    assert fixture.rows("SELECT count(*) FROM bills") == [(0,)]


def test_an_address_with_other_data_for_a_bill_that_exists_names_its_id(
    fixture: WalletFixture,
) -> None:
    fixture.stranger().open(create_address(fixture, billId="order-7", lifetime="2099-12-31T2359"))

    other = create_address(fixture, billId="order-7", lifetime="2099-12-31T2359", amount="1.00")
    answer = fixture.stranger().open(other)

    assert answer.status_code == 400
    assert "(billId)" in answer.text


def test_a_comment_with_markup_is_shown_as_text(fixture: WalletFixture) -> None:
    fixture.issue(comment="<script>alert(1)</script>")

    page = fixture.buyer().open("/invoices").text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
