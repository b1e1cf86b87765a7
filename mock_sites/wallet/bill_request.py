"""The requests of the bill protocol, and their validation."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from ..shared.accounts.people import protocol_phone
from ..shared.values.money import Money, protocol_amount
from ..shared.values.refusal import Refusal
from ..shared.web.json_body import JsonNumber
from ..shared.web.received import Received
from .domain.bills import NewBill
from .domain.buyers import CURRENCIES

LARGEST = Decimal(10) ** 6
# ISO 8601 with its offset; a client may send fractions of a second.
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
    r"(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)"
)
# The value of an amount for the description: as it is written.
VALUE: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": r"^[0-9]{1,15}(\.[0-9]{1,30})?$"},
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": int(LARGEST)},
    ],
}
CUSTOM_FIELDS: dict[str, Any] = {
    "type": ["object", "null"],
    "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
}
EXAMPLE_AMOUNT = {"currency": "RUB", "value": "200.34"}
EXAMPLE_BILL = {
    "amount": EXAMPLE_AMOUNT,
    "expirationDateTime": "2040-01-31T22:00:00+03:00",
    "comment": "Order 7",
    "customer": {"phone": "+79991234567"},
    "customFields": {"order": 7},
}


def _known_currency(letters: str) -> str:
    if letters not in CURRENCIES:
        raise ValueError(f"use one of {', '.join(CURRENCIES)}")
    return letters


def _written(value: object) -> str:
    """The value as it was written: a string or a JSON number, ``1e2`` too."""
    if isinstance(value, JsonNumber):
        return value.text
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)
    raise ValueError("must be a string or a number")


def _payable(text: str) -> str:
    """At most six digits before the point. Decimals that the currency does not have are cut."""
    # The first currency has no part in it: the digits before the point are those of any.
    if protocol_amount(text, CURRENCIES[0]).value >= LARGEST:
        raise ValueError("at most six digits before the point")
    return text


def _moment(value: object) -> object:
    if not (isinstance(value, str) and MOMENT.fullmatch(value)):
        raise ValueError("must be a moment in ISO 8601 with its offset")
    return datetime.fromisoformat(value)


class Amount(Received):
    """An amount in major units of a currency; ``value`` is a text or a number."""

    currency: Annotated[
        str, AfterValidator(_known_currency), Field(json_schema_extra={"enum": [*CURRENCIES]})
    ]
    value: Annotated[
        str, BeforeValidator(_written), AfterValidator(_payable), WithJsonSchema(VALUE)
    ]

    @field_validator("value")
    @classmethod
    def _is_something(cls, value: str, info: ValidationInfo) -> str:
        # An unknown currency has an error of its own.
        currency = info.data.get("currency")
        if currency is not None and protocol_amount(value, currency).minor <= 0:
            raise ValueError("must be greater than zero")
        return value

    @property
    def money(self) -> Money:
        """The amount in minor units."""
        return protocol_amount(self.value, self.currency)


class Customer(Received):
    """The customer of a bill; each value may be missing."""

    phone: str | None = Field(None, max_length=40)
    email: str | None = Field(None, max_length=255)
    account: str | None = Field(None, max_length=255)

    @field_validator("phone")
    @classmethod
    def _a_phone(cls, phone: str | None) -> str | None:
        try:
            return protocol_phone(phone) if phone else None
        except Refusal:
            raise ValueError("must be a phone number in international form") from None


def _texts(value: object) -> object:
    """Custom fields as texts: a number as it was written, ``true`` and ``false``; no null."""
    if not isinstance(value, dict):
        return value
    return {name: _text(each) for name, each in value.items() if each is not None}


def _text(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, JsonNumber):
        return value.text
    return str(value) if isinstance(value, int) else value


class BillRequest(Received, json_schema_extra={"examples": [EXAMPLE_BILL]}):
    """The body that issues a bill."""

    amount: Amount
    expirationDateTime: Annotated[AwareDatetime, BeforeValidator(_moment)]
    comment: str | None = Field(None, max_length=255)
    customer: Customer | None = None
    customFields: Annotated[
        dict[str, str] | None, BeforeValidator(_texts), WithJsonSchema(CUSTOM_FIELDS)
    ] = None

    def as_new_bill(self, bill_id: str) -> NewBill:
        """The bill that is asked for, under the merchant's own id."""
        customer = self.customer or Customer()
        return NewBill(
            bill_id=bill_id,
            money=self.amount.money,
            expires_at=self.expirationDateTime,
            comment=self.comment,
            customer=customer.model_dump(),
            phone=customer.phone,
            custom_fields=self.customFields or {},
        )


class RefundRequest(Received, json_schema_extra={"examples": [{"amount": EXAMPLE_AMOUNT}]}):
    """The body that gives money back."""

    amount: Amount
