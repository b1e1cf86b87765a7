"""The answers of the bill protocol, as its description has them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from ..shared.values.money import Money
from .domain.bill_view import Moment, ProtocolAmount, ProtocolBill, amount_facts, moment_text
from .notification_facts import NotificationFacts
from .store import BillRow, RefundRow, RefundStatus


class ShownBill(ProtocolBill):
    """A bill, with the address at which its buyer pays it."""

    payUrl: Annotated[str, Field(json_schema_extra={"format": "uri"})]


class ProtocolRefund(TypedDict):
    """A refund. PARTIAL: a rest of the bill can still be given back."""

    amount: ProtocolAmount
    dateTime: Moment
    refundId: str
    status: RefundStatus


class RefundList(TypedDict):
    """The refunds of a bill, oldest first."""

    refunds: list[ProtocolRefund]


class NotificationList(TypedDict):
    """Notifications of a merchant, newest first."""

    notifications: list[NotificationFacts]


class ProtocolError(TypedDict):
    """An error. ``errorCode`` names the rule, and the field if there is one."""

    serviceName: str
    errorCode: str
    description: str
    userMessage: str
    dateTime: Moment
    traceId: str


def shown_bill(bill: ProtocolBill, pay_url: str) -> ShownBill:
    """The bill with the address at which it is paid."""
    return {**bill, "payUrl": pay_url}


def refund_facts(bill: BillRow, refund: RefundRow) -> ProtocolRefund:
    """Return a refund of that bill in the protocol's words."""
    return ProtocolRefund(
        amount=amount_facts(Money(refund.amount, bill.currency)),
        dateTime=moment_text(refund.at),
        refundId=refund.refund_id,
        status=refund.status,
    )
