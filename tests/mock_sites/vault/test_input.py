"""What the vault accepts from its merchant: each value by its grammar."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.vault_fixture import VISA, VaultFixture

PAY, LINK = "/payments/pay", "/vaults/vaultPaymentMethod"


def payment(fixture: VaultFixture, **changes: Any) -> dict[str, Any]:
    """The body of a payment of ten roubles, but for ``changes``."""
    return {
        "paymentRequestId": "p-1",
        "buyer": {"phone": fixture.phone()},
        "paymentAmount": {"currency": "RUB", "value": "1000"},
        "paymentMethod": fixture.vaulting(VISA)["paymentMethodDetail"],
    } | changes


@pytest.mark.parametrize("currency", ["ZZZ", "XXX", "rub", "RUBLE", "", "ABC"])
def test_it_pays_in_no_currency_that_it_does_not_support(
    fixture: VaultFixture, currency: str
) -> None:
    amount = {"currency": currency, "value": "1000"}
    result = fixture.call(PAY, payment(fixture, paymentAmount=amount))["result"]

    assert (result["resultCode"], result["resultStatus"]) == ("CURRENCY_NOT_SUPPORT", "F")
    unknown = fixture.call("/payments/inquiryPayment", {"paymentRequestId": "p-1"})
    assert unknown["result"]["resultCode"] == "ORDER_NOT_EXIST"


@pytest.mark.parametrize("currency", ["RUB", "KZT", "USD", "EUR", "CNY"])
def test_it_pays_in_those_that_it_supports(fixture: VaultFixture, currency: str) -> None:
    amount = {"currency": currency, "value": "1000"}
    assert (
        fixture.call(PAY, payment(fixture, paymentAmount=amount))["result"]["resultStatus"] == "S"
    )


@pytest.mark.parametrize(
    "value", ["1e2", "10.0", "+10", " 10", "010", "١٠", "10\n", 10.5, "-1", ""]
)
def test_an_amount_is_whole_minor_units_in_ascii_digits(fixture: VaultFixture, value: Any) -> None:
    amount = {"currency": "RUB", "value": value}
    result = fixture.call(PAY, payment(fixture, paymentAmount=amount))["result"]

    assert (result["resultCode"], result["field"]) == ("PARAM_ILLEGAL", "paymentAmount.value")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cardNo": "4111 1111 1111 1111"}, "cardNo"),
        ({"cardNo": "٤١١١١١١١١١١١١١١١"}, "cardNo"),
        ({"cvv": " 123"}, "cvv"),
        ({"cvv": "١٢٣"}, "cvv"),
        ({"expiryMonth": " 12"}, "expiry"),
        ({"expiryMonth": "12/", "expiryYear": "40"}, "expiry"),
        ({"expiryYear": "٤٠"}, "expiry"),
    ],
)
def test_the_values_of_a_card_are_ascii_digits(
    fixture: VaultFixture, change: dict[str, str], field: str
) -> None:
    result = fixture.call(LINK, fixture.vaulting(VISA, **change))["result"]

    assert (result["resultCode"], result["field"]) == ("PARAM_ILLEGAL", field)


@pytest.mark.parametrize("ending", ["\r\nX: 1", " ", "\\", "\t"])
def test_an_address_of_the_shop_can_be_opened(fixture: VaultFixture, ending: str) -> None:
    body = fixture.vaulting(VISA) | {"redirectUrl": f"http://shop.localhost:2/{ending}"}
    result = fixture.call(LINK, body)["result"]

    assert (result["resultCode"], result["field"]) == ("PARAM_ILLEGAL", "redirectUrl")
