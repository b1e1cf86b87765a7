"""Invoices in the wallet, by its pages but without a browser."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from tests.support.wallet_bench import Bench

SHOP = "http://shop.localhost:2"


def create_address(bench: Bench, **given: str) -> str:
    facts = {"publicKey": bench.stack.keys.merchant.public_key, "amount": "200.34"} | given
    return f"/create?{urlencode(facts)}"


def test_a_bill_is_paid_once_by_whoever_it_is_made_out_to(bench: Bench) -> None:
    buyer, uid = bench.buyer(), bench.issue()

    bench.pay_bill(buyer, uid)

    assert buyer.balance() == "RUB 9,799.66"
    assert bench.rows("SELECT status FROM bills") == [("PAID",)]
    again = buyer.send(f"/invoices/{uid}/pay?means=qw", page="/history")
    assert "already paid" in again.text
    assert bench.rows("SELECT count(*) FROM movements WHERE key LIKE 'bill:%'") == [(1,)]
    assert bench.discrepancies() == []


@pytest.mark.parametrize("path", ["/invoices/{}", "/invoices/{}/pay?means=qw"])
def test_another_buyers_invoice_is_not_there(bench: Bench, path: str) -> None:
    uid = bench.issue()

    assert bench.buyer(1).open(path.format(uid)).status_code == 404
    assert bench.buyer(1).send(path.format(uid), page="/history").status_code in (404, 405)


def test_a_bill_for_nobody_is_paid_by_who_has_its_address(bench: Bench) -> None:
    uid = bench.issue(customer=None)

    bench.pay_bill(bench.buyer(1), uid)

    assert bench.rows("SELECT status FROM bills") == [("PAID",)]


def test_what_is_paid_is_the_bill_whatever_the_form_says(bench: Bench) -> None:
    buyer, uid = bench.buyer(), bench.issue()
    page = buyer.send(f"/invoices/{uid}/pay?means=qw", amount="1.00", value="1.00")

    buyer.send(page.request.path, code=bench.outside.codes[-1], amount="1.00")

    assert buyer.balance() == "RUB 9,799.66"


def test_a_balance_that_is_short_pays_nothing(bench: Bench) -> None:
    buyer = bench.buyer()
    uid = bench.issue(amount={"currency": "RUB", "value": "10000.01"})

    answer = buyer.send(f"/invoices/{uid}/pay?means=qw")

    assert "you need RUB\N{NO-BREAK SPACE}0.01 more." in answer.text
    assert bench.outside.codes == []
    assert buyer.balance() == "RUB 10,000.00"


def test_an_invoice_that_expires_while_it_is_confirmed_is_not_paid(bench: Bench) -> None:
    buyer = bench.buyer()
    due = bench.clock.now() + timedelta(minutes=2)
    uid = bench.issue(expirationDateTime=due.isoformat())
    page = buyer.send(f"/invoices/{uid}/pay?means=qw")
    bench.clock.advance(timedelta(minutes=2))

    answer = buyer.send(page.request.path, code=bench.outside.codes[-1])

    assert "This invoice has expired." in answer.text
    assert buyer.balance() == "RUB 10,000.00"


def test_only_the_means_that_the_shop_takes_are_offered(bench: Bench) -> None:
    all_of_them = bench.buyer().open(f"/invoices/{bench.issue('a')}").text
    wallet_only = bench.issue("b", customFields={"paySourcesFilter": "qw"})
    card_only = bench.issue("c", customFields={"paySourcesFilter": "card"})

    assert all(f'value="{means}"' in all_of_them for means in ("qw", "card", "mobile"))
    page = bench.buyer().open(f"/invoices/{wallet_only}").text
    assert 'value="qw"' in page
    assert 'value="card"' not in page
    assert 'value="qw"' not in bench.buyer().open(f"/invoices/{card_only}").text


def test_a_bill_that_does_not_take_the_wallet_cannot_be_paid_from_it(bench: Bench) -> None:
    buyer = bench.buyer()
    uid = bench.issue(customFields={"paySourcesFilter": "card"})

    answer = buyer.send(f"/invoices/{uid}/pay?means=qw", page="/history")

    assert "not enabled for you" in answer.text
    assert bench.outside.codes == []


def test_the_pay_url_opens_the_payment_form(bench: Bench) -> None:
    uid = bench.issue()

    page = bench.buyer().open(f"/form/?invoice_uid={uid}")

    assert page.request.path == f"/invoices/{uid}"


def test_an_unknown_pay_url_leads_nowhere(bench: Bench) -> None:
    assert bench.buyer().open("/form/?invoice_uid=nothing").status_code == 404
    assert bench.buyer().open("/form/").status_code == 404


@pytest.mark.parametrize("address", [SHOP, f"{SHOP}/orders/1?x=1", f"{SHOP}?done=1"])
def test_after_paying_the_buyer_goes_to_the_shops_own_address(bench: Bench, address: str) -> None:
    answer = bench.pay_bill(bench.buyer(), bench.issue(), leave_to=address)

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
def test_no_other_address_is_gone_to(bench: Bench, address: str) -> None:
    uid = bench.issue()
    form = bench.buyer().open(f"/form/?{urlencode({'invoice_uid': uid, 'successUrl': address})}")

    answer = bench.pay_bill(bench.buyer(), uid, leave_to=address)

    assert "does not belong to this shop" in form.text
    assert answer.location.startswith("/payments/")


def test_a_shop_opens_a_bill_without_the_api(bench: Bench) -> None:
    address = create_address(
        bench,
        billId="order-7",
        phone=bench.phone(),
        comment="Seven",
        lifetime="2099-12-31T2359",
        **{"customFields[themeCode]": "x", "customFields[paySourcesFilter]": "qw"},
    )

    page = bench.buyer().open(address)
    bill = bench.merchant("GET", "order-7").json

    assert page.request.path.startswith("/invoices/")
    assert bill is not None
    assert bill["amount"] == {"currency": "RUB", "value": "200.34"}
    assert bill["comment"] == "Seven"
    assert bill["customFields"] == {"themeCode": "x", "paySourcesFilter": "qw"}


def test_opening_it_again_issues_no_second_bill(bench: Bench) -> None:
    address = create_address(bench, billId="order-7", lifetime="2099-12-31T2359")
    for _ in range(2):
        bench.buyer().open(address)

    assert bench.rows("SELECT count(*) FROM bills") == [(1,)]


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
    bench: Bench, given: dict[str, str], reason: str
) -> None:
    answer = bench.stranger().open(create_address(bench, **given))

    assert answer.status_code == 400
    assert f"({reason})" in answer.text
    assert bench.rows("SELECT count(*) FROM bills") == [(0,)]


def test_an_address_with_other_data_for_a_bill_that_exists_names_its_id(bench: Bench) -> None:
    bench.stranger().open(create_address(bench, billId="order-7", lifetime="2099-12-31T2359"))

    other = create_address(bench, billId="order-7", lifetime="2099-12-31T2359", amount="1.00")
    answer = bench.stranger().open(other)

    assert answer.status_code == 400
    assert "(billId)" in answer.text


def test_a_comment_with_markup_is_shown_as_text(bench: Bench) -> None:
    bench.issue(comment="<script>alert(1)</script>")

    page = bench.buyer().open("/invoices").text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
