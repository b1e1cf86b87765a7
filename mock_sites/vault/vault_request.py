"""The requests of the vault's protocol, and their validation."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from ..shared.accounts.people import protocol_phone
from ..shared.values.cards import (
    Card,
    network_of,
    parse_card_number,
    parse_expiry,
    parse_holder,
    parse_security_code,
)
from ..shared.values.money import Money
from ..shared.values.refusal import Refusal
from ..shared.web.received import CardNumber, Received
from . import vault_examples as examples
from .domain.merchant import Merchant
from .domain.owners import without_person
from .domain.payments import NewPayment
from .domain.vaulting_sessions import NewSession
from .domain.vaultings import NewVaulting
from .store import LONGEST_REQUEST_ID

LARGEST_AMOUNT = 10**11
# By ISO 4217. In these the simulated issuers pay.
CURRENCIES = ("RUB", "KZT", "USD", "EUR", "CNY", "JPY", "KWD")
LONGEST_TYPED = 300


def _phone(text: str) -> str:
    try:
        return protocol_phone(text)
    except Refusal as refusal:
        raise ValueError(refusal.code) from None


def _digits(text: str, field: str, code: str) -> str:
    """Values of the protocol are ASCII digits: only people group them."""
    if text and not (text.isascii() and text.isdigit()):
        raise Refusal(code, field)
    return text


RequestId = Annotated[str, Field(min_length=1, max_length=LONGEST_REQUEST_ID)]
Token = Annotated[str, Field(min_length=1, max_length=64)]
# Neither the text of a model nor of its errors repeats what was typed for a card.
Typed = Annotated[str, Field(max_length=LONGEST_TYPED, repr=False)]
# For the description: a whole number is taken as its digits.
TEXT_OR_NUMBER: dict[str, Any] = {"type": ["string", "integer"]}
Digits = Annotated[Typed, Field(json_schema_extra=TEXT_OR_NUMBER)]


class BuyerReference(Received):
    """The buyer of a request: one person has one phone on all sites."""

    phone: Annotated[str, AfterValidator(_phone)]


class CardholderName(Received):
    """The name on a card, whole or in parts."""

    firstName: Typed = ""
    middleName: Typed = ""
    lastName: Typed = ""
    fullName: Typed = ""

    def __str__(self) -> str:
        return self.fullName or " ".join((self.firstName, self.middleName, self.lastName))


class TypedCard(Received, coerce_numbers_to_str=True):
    """The four values of a card, as the buyer typed them into the merchant's form."""

    cardNo: Annotated[Digits, CardNumber()]
    cvv: Digits
    expiryYear: Digits
    expiryMonth: Digits
    cardholderName: CardholderName

    def judged(self, today: date) -> Card:
        """The card, if the rules accept it. Raises Refusal with the protocol's field name."""
        number = parse_card_number(
            _digits(self.cardNo, "cardNo", "card_number.not-digits"), "cardNo"
        )
        code = _digits(self.cvv, "cvv", "security_code.wrong-length")
        return Card(
            number=number,
            holder=parse_holder(str(self.cardholderName), "cardholderName"),
            expiry=parse_expiry(self._expiry(), today),
            security_code=parse_security_code(code, network_of(number), "cvv"),
        )

    def _expiry(self) -> str:
        parts = (self.expiryMonth, self.expiryYear)
        return "/".join(_digits(part, "expiry", "expiry.unreadable") for part in parts)


class CardDetail(Received):
    """A payment method that is a card just typed."""

    paymentMethodType: Literal["CARD"]
    card: TypedCard


class PaymentMethodData(Received):
    """A payment method: a linked card by its token, or a card just typed.

    The published protocol has a typed card in ``paymentMethodMetaData``; ``card`` is our own name.
    """

    paymentMethodType: Literal["CARD"]
    paymentMethodId: Token | None = None
    card: TypedCard | None = None
    paymentMethodMetaData: TypedCard | None = None

    @model_validator(mode="after")
    def _one_of_all(self) -> PaymentMethodData:
        given = (self.paymentMethodId, self.card, self.paymentMethodMetaData)
        if sum(each is not None for each in given) != 1:
            raise ValueError("give one of paymentMethodId, paymentMethodMetaData and card")
        return self

    def source(self, today: date) -> str | Card:
        """The token, or the card if the rules accept it. Raises Refusal."""
        typed = self.card or self.paymentMethodMetaData
        return (self.paymentMethodId or "") if typed is None else typed.judged(today)


class PaymentAmount(Received, coerce_numbers_to_str=True):
    """An amount in minor units of a currency."""

    currency: str = Field(json_schema_extra={"enum": [*CURRENCIES]})
    value: str = Field(pattern=r"^(0|[1-9][0-9]{0,11})$", json_schema_extra=TEXT_OR_NUMBER)

    @property
    def money(self) -> Money:
        """The amount.

        Raises Refusal ``currency.not-supported``, ``amount.not-positive`` or
        ``amount.too-large``.
        """
        if self.currency not in CURRENCIES:
            raise Refusal("currency.not-supported", "paymentAmount.currency")
        money = Money(int(self.value), self.currency)
        if money.minor <= 0:
            raise Refusal("amount.not-positive", "paymentAmount")
        if money.minor > LARGEST_AMOUNT:
            raise Refusal("amount.too-large", "paymentAmount")
        return money


class OrderBuyer(Received):
    """The buyer of an order, by the fields of the published protocol."""

    referenceBuyerId: str = Field("", max_length=64)
    buyerPhoneNo: Annotated[str, AfterValidator(_phone)] | None = None

    @property
    def phone(self) -> str | None:
        """The buyer's phone (E.164); None if neither field holds one."""
        if self.buyerPhoneNo is not None:
            return self.buyerPhoneNo
        try:
            return _phone(self.referenceBuyerId)
        except ValueError:
            return None


class Order(Received):
    """The order that is paid."""

    orderDescription: str = Field("", max_length=256)
    buyer: OrderBuyer = OrderBuyer()


class VaultPaymentMethod(Received, json_schema_extra=examples.LINK):
    """Link a card."""

    vaultingRequestId: RequestId
    buyer: BuyerReference | None = None
    paymentMethodDetail: CardDetail
    vaultingNotificationUrl: str | None = Field(None, max_length=2000)
    redirectUrl: str | None = Field(None, max_length=2000)

    def as_new_vaulting(self, merchant: Merchant, today: date) -> NewVaulting:
        """Convert the request. Raises Refusal ``address.foreign``, or as a typed card does."""
        told_at = _own_addresses(self, merchant)
        return NewVaulting(
            request_id=self.vaultingRequestId,
            phone=self.buyer.phone if self.buyer else without_person(self.vaultingRequestId),
            card=self.paymentMethodDetail.card.judged(today),
            billing=None,
            notification_url=told_at,
            redirect_url=self.redirectUrl,
        )


class CreateVaultingSession(Received, json_schema_extra=examples.OPEN):
    """Open a session in which the buyer links a card on a page of the vault."""

    paymentMethodType: Literal["CARD"]
    vaultingRequestId: RequestId
    vaultingNotificationUrl: str | None = Field(None, max_length=2000)
    redirectUrl: str | None = Field(None, max_length=2000)

    def as_new_session(self, merchant: Merchant) -> NewSession:
        """Convert the request. Raises Refusal ``address.foreign``."""
        told_at = _own_addresses(self, merchant)
        return NewSession(self.vaultingRequestId, told_at, self.redirectUrl)


class InquireVaulting(Received, json_schema_extra=examples.INQUIRE_LINK):
    """Read a request to link a card."""

    vaultingRequestId: RequestId


class InquireBuyerCards(Received, json_schema_extra=examples.LIST):
    """List a buyer's cards."""

    buyer: BuyerReference


class RemovePaymentMethod(Received, json_schema_extra=examples.REMOVE):
    """Delete a buyer's card."""

    buyer: BuyerReference | None = None
    cardToken: Token

    @property
    def phone(self) -> str | None:
        """The phone (E.164) of the buyer, if one is named."""
        return self.buyer.phone if self.buyer else None


class Pay(Received, json_schema_extra=examples.PAY):
    """Pay from a buyer's card."""

    paymentRequestId: RequestId
    buyer: BuyerReference | None = None
    paymentAmount: PaymentAmount
    paymentMethod: PaymentMethodData
    order: Order = Order()
    paymentRedirectUrl: str | None = Field(None, max_length=2000)

    def as_new_payment(self, merchant: Merchant, today: date) -> NewPayment:
        """Convert the request. Raises Refusal, ``address.foreign`` among them."""
        back = self.paymentRedirectUrl
        if back is not None and not merchant.owns(back):
            raise Refusal("address.foreign", "paymentRedirectUrl")
        return NewPayment(
            request_id=self.paymentRequestId,
            phone=self.buyer.phone if self.buyer else self.order.buyer.phone,
            money=self.paymentAmount.money,
            source=self.paymentMethod.source(today),
            description=self.order.orderDescription,
            redirect_url=back,
        )


class CancelPayment(Received, json_schema_extra=examples.CANCEL):
    """See to it that a payment is never made."""

    paymentRequestId: RequestId


class InquirePayment(Received, json_schema_extra=examples.INQUIRE_PAYMENT):
    """Read a payment, by the merchant's id or by the vault's."""

    paymentRequestId: RequestId | None = None
    paymentId: RequestId = ""

    @model_validator(mode="after")
    def _one_id(self) -> InquirePayment:
        if not (self.paymentRequestId or self.paymentId):
            raise ValueError("give paymentRequestId or paymentId")
        return self


def _own_addresses(wanted: VaultPaymentMethod | CreateVaultingSession, merchant: Merchant) -> str:
    """Return where the outcome is told. Raises Refusal ``address.foreign``."""
    for name in ("vaultingNotificationUrl", "redirectUrl"):
        address = getattr(wanted, name)
        if address is not None and not merchant.owns(address):
            raise Refusal("address.foreign", name)
    told_at = wanted.vaultingNotificationUrl
    return merchant.reachable(told_at) if told_at else merchant.notification_url
