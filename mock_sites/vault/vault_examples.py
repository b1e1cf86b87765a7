"""An example of each request of the vault's protocol, for the description at ``/docs``."""

from __future__ import annotations

from typing import Any

from ..shared.values.published_cards import published_cards

Example = dict[str, Any]


def _example(**body: Any) -> Example:
    return {"examples": [body]}


CARD: Example = {
    "cardNo": published_cards()[0].number,
    "cvv": "123",
    "expiryYear": "40",
    "expiryMonth": "12",
    "cardholderName": {"firstName": "Anna", "lastName": "Petrova"},
}
BUYER = {"phone": "+79991234567"}
TOKEN = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
LINK = _example(
    vaultingRequestId="link-7",
    buyer=BUYER,
    paymentMethodDetail={"paymentMethodType": "CARD", "card": CARD},
)
OPEN = _example(paymentMethodType="CARD", vaultingRequestId="session-7")
INQUIRE_LINK = _example(vaultingRequestId="link-7")
LIST = _example(buyer=BUYER)
REMOVE = _example(buyer=BUYER, cardToken=TOKEN)
PAY = _example(
    paymentRequestId="order-7",
    buyer=BUYER,
    paymentAmount={"currency": "RUB", "value": "15000"},
    paymentMethod={"paymentMethodType": "CARD", "paymentMethodMetaData": CARD},
    order={"orderDescription": "Order 7"},
)
CANCEL = _example(paymentRequestId="order-8")
INQUIRE_PAYMENT = _example(paymentRequestId="order-7")
