"""Telling a merchant that its bill was paid: what it is told, and how that is signed."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..notification_store import NotificationRow
from ..store import BillRow, MerchantRow
from .bill_view import bill_facts


def signature(secret_key: str, bill: Mapping[str, Any]) -> str:
    """The hex HMAC-SHA256 that goes with a notification of these facts of a bill."""
    amount = bill["amount"]
    status = bill["status"]["value"]
    facts = (amount["currency"], amount["value"], bill["billId"], bill["siteId"], status)
    return hmac.new(secret_key.encode(), "|".join(facts).encode(), "sha256").hexdigest()


def bill_in(notification: NotificationRow) -> Mapping[str, Any]:
    """The facts of the bill that the notification tells."""
    facts: Mapping[str, Any] = json.loads(notification.body)["bill"]
    return facts


def merchant_of(notification: NotificationRow) -> str:
    """The number of the merchant that the notification is for."""
    return str(bill_in(notification)["siteId"])


def queue(session: Session, bill: BillRow, now: datetime) -> None:
    """Queue the notification of the merchant in the transaction that pays the bill."""
    merchant = session.get_one(MerchantRow, bill.site_id)
    if merchant.notification_url is None:
        return
    notification = NotificationRow(
        bill_uid=bill.uid,
        body=json.dumps({"bill": bill_facts(bill), "version": "1"}, ensure_ascii=False),
        url=merchant.notification_url,
        created_at=now,
        due_at=now,
    )
    session.add(notification)
