"""The wallet's bills as the shop reads them, and the check of a notification.

A bill is what the wallet keeps; the shop's own view of it is the invoice (``invoices.py``).
``clients/wallet.py`` speaks the protocol.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Protocol
from urllib.parse import parse_qs, quote, urlsplit

from pydantic import AwareDatetime, Field, ValidationError

from ...shared.values.money import protocol_value
from ...shared.values.refusal import Refusal
from ...shared.web.received import Received
from ..store import OrderRow

# By it the shop knows its own bills from others that were issued with the same keys.
COMMENT = "№ "


class WalletError(Exception):
    """The wallet did not do what it was asked. ``code`` tells the buyer's words for it."""

    code = "wallet.unreachable"


class BillRefused(WalletError):
    """The wallet understood, and said no."""

    code = "wallet.refused"


class BillUnknown(BillRefused):
    """The wallet has no bill of that id."""


class BillStatus(StrEnum):
    """The status of a bill; all but WAITING are final."""

    WAITING = "WAITING"
    PAID = "PAID"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"


class BillAmount(Received):
    """An amount as the protocol writes it, in major units."""

    value: Decimal = Field(ge=0, max_digits=9, decimal_places=3)
    currency: str = Field(max_length=3)


class BillState(Received):
    """The status of a bill."""

    value: BillStatus


class WalletAnswer(Received):
    """An answer of the wallet; ``noun`` names it in the log."""

    noun: ClassVar[str]


class Bill(WalletAnswer):
    """A bill in an answer or a notification of the wallet."""

    noun = "bill"

    site_id: str = Field(alias="siteId")
    bill_id: str = Field(alias="billId", max_length=200)
    amount: BillAmount
    status: BillState
    # Only answers carry it. It becomes a link, so it may be nothing but a web address.
    pay_url: str | None = Field(None, alias="payUrl", pattern=r"^https?://", max_length=2000)

    def is_for(self, order: OrderRow, site_id: str) -> bool:
        """Whether this is the bill of that order, for its whole amount."""
        return (self.site_id, self.bill_id) == (site_id, order.uid) and (
            (self.amount.value, self.amount.currency) == (order.total.value, order.currency)
        )


class BillRefund(Received):
    """A refund of a bill, as the wallet has made it."""

    refund_id: str = Field(alias="refundId", min_length=1, max_length=200)
    amount: BillAmount
    at: AwareDatetime = Field(alias="dateTime")


class BillRefunds(WalletAnswer):
    """All the refunds of a bill."""

    noun = "list of refunds"

    refunds: list[BillRefund]


class BillService(Protocol):
    """The wallet's bill protocol, as the rules use it for one merchant.

    Every call raises WalletError: the wallet is unreachable, slow or broken; BillRefused or
    BillUnknown if it refuses.
    """

    def issue(self, order: OrderRow) -> Bill:
        """Issue the order's bill (W2.2); the same again changes nothing."""

    def read(self, bill_id: str) -> Bill:
        """Read the bill as it stands."""

    def reject(self, bill_id: str) -> Bill:
        """Cancel a bill that is not paid."""

    def refunds(self, bill_id: str) -> list[BillRefund]:
        """List what was given back of a bill, by anybody in the merchant's name."""


class BillNotification(Received):
    """The notification that a bill is paid."""

    bill: Bill
    version: str


def notified_bill(body: bytes, given_signature: str, secret_keys: Sequence[str]) -> Bill:
    """The bill that a notification is about.

    Raises Refusal ``notification.unreadable``, or ``notification.forged`` where the
    signature (hex HMAC-SHA256) does not fit the body and any of the merchant's keys.
    """
    try:
        bill = BillNotification.model_validate_json(body).bill
    except ValidationError as error:
        raise Refusal("notification.unreadable") from error
    given = given_signature.encode()
    if not any(hmac.compare_digest(signature(bill, k).encode(), given) for k in secret_keys):
        raise Refusal("notification.forged")
    return bill


def is_own_comment(comment: str | None) -> bool:
    """Whether a bill of the merchant's was issued by the shop, for an order."""
    return (comment or "").startswith(COMMENT)


def signature(bill: Bill, secret_key: str) -> str:
    """Compute the signature of a notification: hex HMAC-SHA256 over five of its values."""
    facts = (
        bill.amount.currency,
        protocol_value(bill.amount.value, bill.amount.currency),
        bill.bill_id,
        bill.site_id,
        bill.status.value,
    )
    return hmac.new(secret_key.encode(), "|".join(facts).encode(), hashlib.sha256).hexdigest()


def invoice_uid(pay_url: str) -> str | None:
    """Return the id of a bill in the wallet, which its payment page names."""
    return next(iter(parse_qs(urlsplit(pay_url).query).get("invoice_uid", [])), None)


def returning_to(pay_url: str, address: str) -> str:
    """A bill's payment page, from which the buyer comes back to ``address`` after paying."""
    return f"{pay_url}&successUrl={quote(address, safe='')}"
