"""A bill in the words of the bill protocol, as answers and notifications carry it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from ...shared.values.money import Money, protocol_value
from ..store import BillRow, BillStatus

# The wallet writes its moments in the time of Moscow, with milliseconds.
WALLET_ZONE = timezone(timedelta(hours=3))


# A moment in ISO 8601, for the description of the protocol.
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]


class ProtocolAmount(TypedDict):
    """An amount in major units with two decimals, or three in a currency that has three."""

    value: str
    currency: str


class ProtocolStatus(TypedDict):
    """The status of a bill, and since when it has it."""

    value: BillStatus
    changedDateTime: Moment


class ProtocolCustomer(TypedDict):
    """The customer of a bill, as the merchant named it."""

    phone: str | None
    email: str | None
    account: str | None


class ProtocolBill(TypedDict):
    """A bill."""

    siteId: str
    billId: str
    amount: ProtocolAmount
    status: ProtocolStatus
    customer: ProtocolCustomer
    customFields: dict[str, str]
    comment: str | None
    creationDateTime: Moment
    expirationDateTime: Moment


def moment_text(moment: datetime) -> str:
    """A moment in ISO 8601, as the protocol writes it."""
    return moment.astimezone(WALLET_ZONE).isoformat(timespec="milliseconds")


def amount_facts(money: Money) -> ProtocolAmount:
    """``{"value": "200.34", "currency": "RUB"}``."""
    return {"value": protocol_value(money.value, money.currency), "currency": money.currency}


def bill_facts(bill: BillRow) -> ProtocolBill:
    """Return a bill in the protocol's words, without the address where it is paid."""
    customer: Any = bill.customer
    return {
        "siteId": bill.site_id,
        "billId": bill.bill_id,
        "amount": amount_facts(bill.money),
        "status": {"value": bill.status, "changedDateTime": moment_text(bill.changed_at)},
        "customer": customer,
        "customFields": bill.custom_fields,
        "comment": bill.comment,
        "creationDateTime": moment_text(bill.created_at),
        "expirationDateTime": moment_text(bill.expires_at),
    }
