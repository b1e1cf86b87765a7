"""The signature of a notification is made from the fields that the bill protocol names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from checkout_conformance.expectations import UnmetExpectation
from steps.support.merchants import ShopKey
from steps.support.receiver import Received

KEY = ShopKey("key-1", "whsec_")
BILL = {
    "siteId": "books",
    "billId": "order-1",
    "amount": {"currency": "RUB", "value": "250.00"},
    "status": {"value": "PAID"},
}
# The HMAC-SHA256 of "RUB|250.00|order-1|books|PAID" by openssl.
SIGNATURE = "8c6f5f5ec5243bb0506713fc182325fb032c4a6ce3f6c645e4dfed29fd07eae9"


def told(bill: Any) -> Received:
    return Received({}, json.dumps({"bill": bill}).encode())


def test_five_fields_are_signed() -> None:
    assert KEY.native_signature(told({**BILL, "comment": "of no account"})) == SIGNATURE


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        (b"paid", "the body"),
        (b"[]", "the body"),
        (b"{}", "bill"),
        (told(None).body, "bill"),
        (told({**BILL, "amount": {"value": 250}}).body, "bill.amount.currency, bill.amount.value"),
        (told({name: BILL[name] for name in BILL if name != "siteId"}).body, "bill.siteId"),
    ],
)
def test_a_notification_without_them_is_the_sites_mistake(body: bytes, missing: str) -> None:
    with pytest.raises(UnmetExpectation) as unmet:
        KEY.native_signature(Received({}, body))
    assert unmet.value.showed == f"Wrong or missing: {missing}"
