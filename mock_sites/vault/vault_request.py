"""What the merchant may send through the vault's protocol, and what of it is refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, model_validator

from mock_sites.cards import (
    Card,
    network_of,
    typed_card_number,
    typed_expiry,
    typed_holder,
    typed_security_code,
)
from mock_sites.money import Money
from mock_sites.people import typed_phone
from mock_sites.refusal import Refusal
from mock_sites.vault.domain.payments import NewPayment
from mock_sites.vault.domain.shop import Shop
from mock_sites.vault.domain.vaultings import NewVaulting
from mock_sites.vault.store import LONGEST_REQUEST_ID

LARGEST_AMOUNT = 10**11
LONGEST_TYPED = 300


def _phone(text: str) -> str:
    try:
        return typed_phone(text)
    except Refusal as refusal:
        raise ValueError(refusal.code) from None


RequestId = Annotated[str, Field(min_length=1, max_length=LONGEST_REQUEST_ID)]
Token = Annotated[str, Field(min_length=1, max_length=64)]
# Neither the text of a model nor of its errors repeats what was typed for a card.
Typed = Annotated[str, Field(max_length=LONGEST_TYPED, repr=False)]


class Buyer(BaseModel):
    """Whose card it is: one person is one phone over all sites."""

    phone: Annotated[str, AfterValidator(_phone)]


class CardholderName(BaseModel):
    """The name on a card, whole or in parts."""

    firstName: Typed = ""
    middleName: Typed = ""
    lastName: Typed = ""
    fullName: Typed = ""

    def __str__(self) -> str:
        return self.fullName or " ".join((self.firstName, self.middleName, self.lastName))


class TypedCard(BaseModel, coerce_numbers_to_str=True):
    """The four values of a card, as the buyer typed them into the merchant's form."""

    cardNo: Typed
    cvv: Typed
    expiryYear: Typed
    expiryMonth: Typed
    cardholderName: CardholderName

    def judged(self, today: date) -> Card:
        """The card, if the rules accept it. Raises Refusal with the protocol's field name."""
        number = typed_card_number(self.cardNo, "cardNo")
        return Card(
            number=number,
            holder=typed_holder(str(self.cardholderName), "cardholderName"),
            expiry=typed_expiry(f"{self.expiryMonth}/{self.expiryYear}", today),
            security_code=typed_security_code(self.cvv, network_of(number), "cvv"),
        )


class CardDetail(BaseModel):
    """A means of payment that is a card just typed."""

    paymentMethodType: Literal["CARD"]
    card: TypedCard


class PaymentMethod(BaseModel):
    """A means of payment: a linked card by its token, or a card just typed."""

    paymentMethodType: Literal["CARD"]
    paymentMethodId: Token | None = None
    card: TypedCard | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> PaymentMethod:
        if (self.paymentMethodId is None) == (self.card is None):
            raise ValueError("give paymentMethodId or card, and not both")
        return self

    def source(self, today: date) -> str | Card:
        """The token, or the card if the rules accept it. Raises Refusal."""
        if self.card is not None:
            return self.card.judged(today)
        return self.paymentMethodId or ""


class PaymentAmount(BaseModel, coerce_numbers_to_str=True):
    """So many minor units of a currency."""

    currency: str = Field(pattern=r"^[A-Z]{3}$")
    value: str = Field(pattern=r"^[0-9]{1,12}$")

    @property
    def money(self) -> Money:
        """The amount. Raises Refusal ``amount.not-positive`` or ``amount.too-large``."""
        money = Money(int(self.value), self.currency)
        if money.minor <= 0:
            raise Refusal("amount.not-positive", "paymentAmount")
        if money.minor > LARGEST_AMOUNT:
            raise Refusal("amount.too-large", "paymentAmount")
        return money


class Order(BaseModel):
    """What is paid for."""

    orderDescription: str = Field("", max_length=256)


class VaultPaymentMethod(BaseModel):
    """Link a card."""

    vaultingRequestId: RequestId
    buyer: Buyer
    paymentMethodDetail: CardDetail
    vaultingNotificationUrl: str | None = Field(None, max_length=2000)
    redirectUrl: str | None = Field(None, max_length=2000)

    def as_new_vaulting(self, shop: Shop, today: date) -> NewVaulting:
        """What is asked for. Raises Refusal ``address.foreign``, or as a typed card does."""
        for name in ("vaultingNotificationUrl", "redirectUrl"):
            address = getattr(self, name)
            if address is not None and not shop.owns(address):
                raise Refusal("address.foreign", name)
        told_at = self.vaultingNotificationUrl
        return NewVaulting(
            request_id=self.vaultingRequestId,
            phone=self.buyer.phone,
            card=self.paymentMethodDetail.card.judged(today),
            billing=None,
            notification_url=shop.reachable(told_at) if told_at else shop.notification_url,
            redirect_url=self.redirectUrl,
        )


class InquireVaulting(BaseModel):
    """Read a request to link a card."""

    vaultingRequestId: RequestId


class InquireBuyerCards(BaseModel):
    """List a buyer's cards."""

    buyer: Buyer


class RemovePaymentMethod(BaseModel):
    """Delete a buyer's card."""

    buyer: Buyer
    cardToken: Token


class Pay(BaseModel):
    """Pay from a buyer's card."""

    paymentRequestId: RequestId
    buyer: Buyer
    paymentAmount: PaymentAmount
    paymentMethod: PaymentMethod
    order: Order = Order()

    def as_new_payment(self, today: date) -> NewPayment:
        """What is asked for. Raises Refusal."""
        return NewPayment(
            request_id=self.paymentRequestId,
            phone=self.buyer.phone,
            money=self.paymentAmount.money,
            source=self.paymentMethod.source(today),
            description=self.order.orderDescription,
        )


class CancelPayment(BaseModel):
    """See to it that a payment is never made."""

    paymentRequestId: RequestId


class InquirePayment(BaseModel):
    """Read a payment."""

    paymentRequestId: RequestId
