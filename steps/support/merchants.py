"""A shop that a scenario has made a merchant of the wallet, and its signatures."""

from __future__ import annotations

import hmac
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from .receiver import Received

NATIVE_SIGNATURE = "x-api-signature-sha256"
# The days of a shop that a scenario makes a merchant: they do not begin with those of UTC.
ZONE = ZoneInfo("Europe/Moscow")
STANDARD = ("webhook-id", "webhook-timestamp")
STANDARD_SIGNATURE = "webhook-signature"
SECRET_PREFIX = "whsec_"


@dataclass(frozen=True)
class ShopKey:
    """A secret key of the bill protocol, and the secret of Standard Webhooks that goes with it."""

    secret_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)

    def native_signature(self, told: Received) -> str:
        """The signature of a notification after the bill protocol."""
        bill = json.loads(told.body)["bill"]
        amount, status = bill["amount"], bill["status"]["value"]
        facts = (amount["currency"], amount["value"], bill["billId"], bill["siteId"], status)
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
