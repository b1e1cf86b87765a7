"""The vault's answers and notifications, and the refusals that its result codes mean."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, field_validator

from ...shared.values.refusal import Refusal
from ...shared.web.received import Received
from ..card_store import LONGEST_TOKEN
from ..store import OrderRow

# Result code → what the shop calls it, and the field of the card form that it belongs beside.
REFUSALS = {
    "CARD_DECLINED": ("card.declined", "card_number"),
    "INSUFFICIENT_FUNDS": ("card.insufficient-funds", "card_number"),
    "EXPIRED_CARD": ("card.expired", "expiry"),
    "INVALID_SECURITY_CODE": ("card.wrong-code", "security_code"),
    "LOST_CARD": ("card.lost", "card_number"),
    "NOT_A_TEST_CARD": ("card_number.not-a-test-card", "card_number"),
    "CARD_ALREADY_LINKED": ("card.already-linked", "card_number"),
    "ISSUER_UNAVAILABLE": ("card.issuer-down", "card_number"),
    "AUTHENTICATION_FAILED": ("card.not-authenticated", "card_number"),
    "AUTHENTICATION_ABANDONED": ("card.challenge-abandoned", "card_number"),
    "AUTHENTICATION_EXPIRED": ("card.challenge-expired", "card_number"),
    "AUTHENTICATION_UNAVAILABLE": ("card.authentication-unavailable", "card_number"),
    "CARD_NOT_FOUND": ("card.unknown", "card"),
    "ORDER_IS_CANCELED": ("card.not-paid", "payment"),
    "REPEAT_REQ_INCONSISTENT": ("request.conflict", "card_number"),
}
# The protocol's name of a value → the field of the card form.
FIELDS = {
    "cardNo": "card_number",
    "cardholderName": "card_holder",
    "expiry": "expiry",
    "cvv": "security_code",
}
# The protocol's word for a card network → the name that people read.
BRANDS = {
    "VISA": "Visa",
    "MASTERCARD": "Mastercard",
    "AMEX": "American Express",
    "MIR": "Mir",
}


class Result(Received):
    """The result of a call: S done, F refused, U unknown."""

    code: str = Field(alias="resultCode", max_length=64)
    status: str = Field(alias="resultStatus", pattern="^[SFU]$")
    # Of PARAM_ILLEGAL: the value that cannot be used.
    field: str = Field("", max_length=64)

    @property
    def done(self) -> bool:
        """Whether what was asked for has been done."""
        return self.status == "S"

    @property
    def unknown(self) -> bool:
        """Whether it may or may not be done. Of an issuer that is down one knows: it is not."""
        return self.status == "U" and self.code not in REFUSALS

    def refusal(self) -> Refusal:
        """The vault's or the issuer's no, as the shop's rules say it."""
        if self.code in REFUSALS:
            return Refusal(*REFUSALS[self.code])
        return Refusal("card.refused", FIELDS.get(self.field, "card_number"))


class Answer(Received):
    """Any answer of the vault."""

    result: Result
    # Where the buyer has to go on.
    normal_url: str | None = Field(None, alias="normalUrl", max_length=2000)


class CardToken(Received):
    """The one value of a linked card that the shop acts upon."""

    card_token: str | None = Field(None, alias="cardToken", max_length=LONGEST_TOKEN)


class LinkedDetail(Received):
    """The payment method that was linked."""

    card: CardToken


class LinkingAnswer(Answer):
    """The state of a request to link a card."""

    status: str = Field("", alias="vaultingStatus", max_length=20)
    # Why nothing was linked, if the request was answered before.
    outcome: Result | None = Field(None, alias="vaultingResult")
    detail: LinkedDetail | None = Field(None, alias="paymentMethodDetail")

    @property
    def card_token(self) -> str | None:
        """The token of the card that came of it, if any."""
        return self.detail.card.card_token if self.detail else None


class HolderName(Received):
    """A card holder's name; a single name is the last name."""

    first: str = Field("", alias="firstName", max_length=100)
    last: str = Field("", alias="lastName", max_length=100)

    def __str__(self) -> str:
        return f"{self.first} {self.last}".strip()


class CardStatus(StrEnum):
    """PENDING while the cent is held, SUCCESS once the link is final."""

    PENDING = "PENDING"
    SUCCESS = "SUCCESS"


class BuyerCard(Received):
    """A linked card, as the vault lists it."""

    token: str = Field(alias="cardToken", min_length=1, max_length=LONGEST_TOKEN)
    masked_number: str = Field(alias="maskedCardNo", pattern=r"\d{4}$", max_length=40)
    brand: str = Field(max_length=40)
    expiry_month: int = Field(alias="expiryMonth", ge=1, le=12)
    expiry_year: int = Field(alias="expiryYear", ge=0, le=9999)
    holder: HolderName = Field(alias="cardholderName")
    main: bool
    status: CardStatus

    @field_validator("brand")
    @classmethod
    def _as_people_call_it(cls, brand: str) -> str:
        return BRANDS.get(brand, brand)


class BuyerCards(Answer):
    """All cards of a buyer."""

    cards: list[BuyerCard] = Field(default_factory=list, max_length=100)

    @field_validator("cards")
    @classmethod
    def _each_once(cls, cards: list[BuyerCard]) -> list[BuyerCard]:
        if len({card.token for card in cards}) < len(cards):
            raise ValueError("a token names one card")
        return cards


class VaultPaymentStatus(StrEnum):
    """The status of a payment."""

    SUCCESS = "SUCCESS"
    FAIL = "FAIL"
    CANCELLED = "CANCELLED"
    PROCESSING = "PROCESSING"


class PaidAmount(Received):
    """An amount as the protocol writes it, in minor units."""

    value: str = Field(pattern="^[0-9]{1,16}$")
    currency: str = Field(max_length=3)


class PaymentAnswer(Answer):
    """The state of a payment."""

    status: VaultPaymentStatus | None = Field(None, alias="paymentStatus")
    amount: PaidAmount | None = Field(None, alias="paymentAmount")

    def is_for(self, order: OrderRow) -> bool:
        """Return whether the amount is the order's; an answer may leave it out."""
        if self.amount is None:
            return True
        return (int(self.amount.value), self.amount.currency) == (order.total_minor, order.currency)


class NotifiedBuyer(Received):
    """The buyer that a notification is about."""

    phone: str = Field(max_length=16)


class VaultNotification(Received):
    """A notification of the vault: the outcome of a linking, or a change among a buyer's cards."""

    buyer: NotifiedBuyer | None = None
    request_id: str | None = Field(None, alias="vaultingRequestId", max_length=64)
