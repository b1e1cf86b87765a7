"""What a merchant may send through the bill protocol, and what of it is refused."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, field_validator

from mock_sites.money import Money
from mock_sites.people import typed_phone
from mock_sites.refusal import Refusal
from mock_sites.wallet.domain.bills import NewBill
from mock_sites.wallet.domain.buyers import CURRENCIES

LARGEST_VALUE = Decimal(10) ** 6
KOPECK = Decimal("0.01")


def _known_currency(letters: str) -> str:
    if letters not in CURRENCIES:
        raise ValueError(f"use one of {', '.join(CURRENCIES)}")
    return letters


def _payable(value: Decimal) -> Decimal:
    """At most six digits before the point; what stands after the second one behind it is cut."""
    if value >= LARGEST_VALUE:
        raise ValueError("at most six digits before the point")
    rounded = value.quantize(KOPECK, ROUND_DOWN)
    if rounded <= 0:
        raise ValueError("must be greater than zero")
    return rounded


class Amount(BaseModel):
    """So many units of a currency."""

    currency: Annotated[str, AfterValidator(_known_currency)]
    value: Annotated[Decimal, Field(allow_inf_nan=False), AfterValidator(_payable)]

    @property
    def money(self) -> Money:
        """The amount in minor units."""
        return Money(int(self.value.scaleb(2)), self.currency)


class Customer(BaseModel):
    """Whom the bill is for; each may be missing."""

    phone: str | None = Field(None, max_length=40)
    email: str | None = Field(None, max_length=255)
    account: str | None = Field(None, max_length=255)

    @field_validator("phone")
    @classmethod
    def _a_phone(cls, phone: str | None) -> str | None:
        try:
            return typed_phone(phone) if phone else None
        except Refusal:
            raise ValueError("must be a phone number in international form") from None


class BillRequest(BaseModel):
    """The body that issues a bill."""

    amount: Amount
    expirationDateTime: AwareDatetime
    comment: str | None = Field(None, max_length=255)
    customer: Customer | None = None
    customFields: dict[str, str] | None = None

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


class RefundRequest(BaseModel):
    """The body that gives money back."""

    amount: Amount
