"""A shop that a scenario has made a merchant of the wallet, and its signatures."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, StrictStr, ValidationError

from checkout_conformance.expectations import UnmetExpectation

from .receiver import Received

NATIVE_SIGNATURE = "x-api-signature-sha256"
# The days of a shop that a scenario makes a merchant: they do not begin with those of UTC.
ZONE = ZoneInfo("Europe/Moscow")
STANDARD = ("webhook-id", "webhook-timestamp")
STANDARD_SIGNATURE = "webhook-signature"
SECRET_PREFIX = "whsec_"


class _Amount(BaseModel):
    currency: StrictStr
    value: StrictStr


class _Status(BaseModel):
    value: StrictStr


class _Bill(BaseModel):
    bill_id: StrictStr = Field(alias="billId")
    site_id: StrictStr = Field(alias="siteId")
    amount: _Amount
    status: _Status


class _Notification(BaseModel):
    bill: _Bill


def _bill_in(told: Received) -> _Bill:
    """The signed facts of a notification. Raises UnmetExpectation if it does not have them."""
    try:
        return _Notification.model_validate_json(told.body).bill
    except ValidationError as error:
        # The places are named, not what stands there: it may be anything.
        places = {".".join(map(str, one["loc"])) or "the body" for one in error.errors()}
        wrong = ", ".join(sorted(places))
        what = "the notification has the fields that the bill protocol signs, as texts"
        raise UnmetExpectation(what, f"Wrong or missing: {wrong}") from None


@dataclass(frozen=True)
class ShopKey:
    """A secret key of the bill protocol, and the secret of Standard Webhooks that goes with it."""

    secret_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)

    def native_signature(self, told: Received) -> str:
        """The signature of a notification after the bill protocol.

        Raises UnmetExpectation if the notification lacks what is signed.
        """
        bill = _bill_in(told)
        amount = bill.amount
        facts = (amount.currency, amount.value, bill.bill_id, bill.site_id, bill.status.value)
        return hmac.new(self.secret_key.encode(), "|".join(facts).encode(), "sha256").hexdigest()

    def standard_signature(self, told: Received) -> str:
        """The signature of a notification after Standard Webhooks."""
        message, timestamp = (told.headers.get(name, "") for name in STANDARD)
        signed = f"{message}.{timestamp}.".encode() + told.body
        secret = b64decode(self.webhook_secret.removeprefix(SECRET_PREFIX))
        return f"v1,{b64encode(hmac.digest(secret, signed, 'sha256')).decode()}"


@dataclass(frozen=True)
class OtherShop:
    """The shop's number and name, and the key that it was given first."""

    site_id: str
    name: str
    first_key: ShopKey
