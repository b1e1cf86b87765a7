"""Telling a merchant that its bill was paid: what it is told, and how that is signed."""

from __future__ import annotations

import hmac
import json
from datetime import datetime

from sqlalchemy.orm import Session

from mock_sites.wallet.domain.bill_view import bill_facts, value_text
from mock_sites.wallet.store import Bill, Delivery, Merchant


def signature(secret_key: str, bill: Bill) -> str:
    """The hex HMAC-SHA256 that goes with a bill's notification."""
    facts = (bill.currency, value_text(bill.money), bill.bill_id, bill.site_id, bill.status)
    return hmac.new(secret_key.encode(), "|".join(facts).encode(), "sha256").hexdigest()


def queue(session: Session, bill: Bill, now: datetime) -> None:
    """Have the bill's merchant told, in the transaction that pays: it cannot be forgotten."""
    merchant = session.get_one(Merchant, bill.site_id)
    if merchant.notification_url is None:
        return
    delivery = Delivery(
        bill_uid=bill.uid,
        body=json.dumps({"bill": bill_facts(bill), "version": "1"}, ensure_ascii=False),
        signature=signature(merchant.secret_key, bill),
        url=merchant.notification_url,
        created_at=now,
        due_at=now,
    )
    session.add(delivery)
