"""What the wallet accepts from merchants: each value by its grammar, by API and payment form."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.wallet_fixture import WalletFixture, WalletVisitor

SHOP = "http://shop.localhost:2"


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, (answer.json or {}).get("errorCode", "")


@pytest.mark.parametrize(
    "value",
    [
        *("1e2", "١٠", " 10 ", "+10", "-1e30", "1_000", "10.", ".5", "1,5", "NaN", "Infinity", "0"),
        *("-1", "1000000", "1e-400", "0x10", "", "10\n", True, None, [], {}),
    ],
)
def test_an_amount_that_is_no_plain_decimal_is_rejected(fixture: WalletFixture, value: Any) -> None:
    amount = {"currency": "RUB", "value": value}
    answer = fixture.merchant("PUT", "order-1", fixture.bill(amount=amount))

    assert code_of(answer) == (400, "validation.error.amount.value")


@pytest.mark.parametrize("number", ["1e2", "1E400", "-1e30", "-5", "0.001", "1" * 5000, "NaN"])
def test_a_number_that_is_no_plain_decimal_is_rejected(fixture: WalletFixture, number: str) -> None:
    body = f'{{"amount": {{"currency": "RUB", "value": {number}}}}}'.encode()

    assert fixture.merchant("PUT", "order-1", body).status_code == 400


@pytest.mark.parametrize(
    ("value", "kept"), [("200.349", "200.34"), (10, "10.00"), (10.5, "10.50"), ("010", "10.00")]
)
def test_a_plain_decimal_is_cut_to_kopecks(fixture: WalletFixture, value: Any, kept: str) -> None:
    answer = fixture.merchant("PUT", "a", fixture.bill(amount={"currency": "RUB", "value": value}))

    assert answer.json is not None
    assert answer.json["amount"]["value"] == kept


@pytest.mark.parametrize("currency", ["ZZZ", "USD", "rub", "RUBLE", "", None, "РУБ"])
def test_a_currency_that_the_wallet_does_not_keep_is_rejected(
    fixture: WalletFixture, currency: Any
) -> None:
    amount = {"currency": currency, "value": "10"}
    answer = fixture.merchant("PUT", "order-1", fixture.bill(amount=amount))

    assert code_of(answer) == (400, "validation.error.amount.currency")


@pytest.mark.parametrize(
    "due",
    [
        *("1893456000", 1893456000, "2030-01-01", "2030-01-01T00:00:00", "2030-1-1T0:0:0Z", "soon"),
        *("10000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "2030-02-30T00:00Z"),
        "٢٠٣٠-01-01T00:00:00Z",
    ],
)
def test_a_due_date_that_is_not_iso_8601_with_an_offset_is_rejected(
    fixture: WalletFixture, due: Any
) -> None:
    answer = fixture.merchant("PUT", "order-1", fixture.bill(expirationDateTime=due))

    assert code_of(answer) == (400, "validation.error.expirationDateTime")


@pytest.mark.parametrize(
    "phone", ["8 916 123-45-67", "+7 916 1234567", "CALL-ME", "916", "٧٩١٦١٢٣٤٥٦٧"]
)
def test_a_phone_that_is_not_international_digits_is_rejected(
    fixture: WalletFixture, phone: str
) -> None:
    answer = fixture.merchant("PUT", "order-1", fixture.bill(customer={"phone": phone}))

    assert code_of(answer) == (400, "validation.error.customer.phone")


@pytest.mark.parametrize("phone", ["+79161234567", "79161234567"])
def test_a_phone_in_international_digits_is_kept(fixture: WalletFixture, phone: str) -> None:
    answer = fixture.merchant("PUT", "order-1", fixture.bill(customer={"phone": phone}))

    assert answer.json is not None
    assert answer.json["customer"]["phone"] == "+79161234567"


@pytest.mark.parametrize("path", ["%ff", "%fe", "%00", "a%0ab", "%ed%a0%80", "x" * 201])
@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_an_id_that_is_no_text_is_rejected(fixture: WalletFixture, path: str, method: str) -> None:
    answer = fixture.merchant(method, path, fixture.bill() if method == "PUT" else None)

    assert code_of(answer) == (400, "validation.error.billId")
    assert fixture.rows("SELECT bill_id FROM bills") == []


@pytest.mark.parametrize("path", ["%ff", "4111111111111111", "a%0ab"])
def test_a_refund_id_that_is_no_id_is_rejected(fixture: WalletFixture, path: str) -> None:
    fixture.issue()
    answer = fixture.merchant("GET", f"order-1/refunds/{path}")

    assert code_of(answer) == (400, "validation.error.refundId")


@pytest.mark.parametrize("bill_id", ["a/b", "", "x" * 201, "a\nb", "a\x00", "\ufffd"])
def test_an_id_that_the_protocol_rejects_opens_no_bill_either(
    fixture: WalletFixture, bill_id: str
) -> None:
    assert create(fixture, billId=bill_id) == 400
    assert fixture.rows("SELECT bill_id FROM bills") == []


@pytest.mark.parametrize("bill_id", ["order 1", "№ 7", "a%b", ".", "x" * 200])
def test_an_id_opens_the_same_bill_through_either_door(
    fixture: WalletFixture, bill_id: str
) -> None:
    assert create(fixture, billId=bill_id) == 303
    assert fixture.rows("SELECT bill_id FROM bills") == [(bill_id,)]


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "-1e30"},
        {"amount": "1e2"},
        {"amount": "١٠"},
        {"amount": " 10"},
        {"amount": ["10", "20"]},
        {"lifetime": "0000-00-00T0000"},
        {"lifetime": "2030-1-1T111"},
        {"lifetime": "٢٠٣٠-01-01T0000"},
        {"lifetime": "10000-01-01T0000"},
        {"currency": "ZZZ"},
        {"phone": "8 (916) 123-45-67"},
    ],
)
def test_an_address_with_a_value_that_does_not_fit_opens_no_bill(
    fixture: WalletFixture, changes: dict[str, Any]
) -> None:
    assert create(fixture, **changes) == 400


def create(fixture: WalletFixture, **changes: Any) -> int:
    """The status with which an address opens a bill for ten roubles, but for ``changes``."""
    query = {"publicKey": fixture.stack.keys.merchant.public_key, "amount": "10"} | changes
    return fixture.stranger().client.get("/create", query_string=query).status_code


@pytest.mark.parametrize(
    "ending", ["%0d%0aX-Injected:1", "a%09b", "%5C", "a%20b", "a" * 2000, "%22", "%E2%80%AE"]
)
def test_an_address_that_cannot_be_opened_is_told_before_and_paying_ends_on_the_receipt(
    fixture: WalletFixture, buyer: WalletVisitor, ending: str
) -> None:
    uid = fixture.issue()
    page = buyer.client.get(f"/invoices/{uid}?successUrl={SHOP}/{ending}")
    answer = fixture.pay_bill(buyer, uid, f"{SHOP}/{ending}")

    assert "so you will stay here after paying" in page.text
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/receipt")


@pytest.mark.parametrize("ending", ["%00", "%ff", "%ed%a0%80"])
def test_an_address_that_is_no_text_is_rejected_before_anything_is_paid(
    fixture: WalletFixture, buyer: WalletVisitor, ending: str
) -> None:
    query = f"successUrl={SHOP}/{ending}"

    answer = buyer.client.get(f"/invoices/{fixture.issue()}", query_string=query)

    assert answer.status_code == 400


def test_the_buyer_still_returns_to_an_address_of_the_shop(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    address = f"{SHOP}/orders/7?paid=%25D0%25B7"
    answer = fixture.pay_bill(buyer, fixture.issue(), address)

    assert answer.headers["Location"] == f"{SHOP}/orders/7?paid=%D0%B7"


@pytest.mark.parametrize("raw", ["%ff", "%fe", "%25FF"])
def test_bytes_that_are_no_text_open_no_bill(fixture: WalletFixture, raw: str) -> None:
    key = fixture.stack.keys.merchant.public_key
    query = f"publicKey={key}&amount=10&billId={raw}"

    answer = fixture.stranger().client.get("/create", query_string=query)

    assert answer.status_code == (303 if raw == "%25FF" else 400)
