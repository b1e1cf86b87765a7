"""Telling a merchant that its bill was paid: what it is told, and how that is signed."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..store import BillRow, MerchantRow, NotificationRow
from .bill_view import bill_facts
from .merchants import Merchants


def signature(secret_key: str, bill: Mapping[str, Any]) -> str:
    """The hex HMAC-SHA256 that goes with a notification of these facts of a bill."""
    amount = bill["amount"]
    status = bill["status"]["value"]
    facts = (amount["currency"], amount["value"], bill["billId"], bill["siteId"], status)
    return hmac.new(secret_key.encode(), "|".join(facts).encode(), "sha256").hexdigest()


def signature_of(merchants: Merchants, body: str) -> str:
    """The signature of a notification, made with the key that its merchant has now."""
    bill = json.loads(body)["bill"]
    merchant = merchants.issuer(bill["siteId"])
    return "" if merchant is None else signature(merchant.secret_key, bill)


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
