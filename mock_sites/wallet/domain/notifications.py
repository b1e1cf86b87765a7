"""Telling a merchant that its bill was paid, until it acknowledges or a day has passed."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mock_sites.clock import Clock
from mock_sites.database import Database
from mock_sites.wallet.domain.bill_view import bill_facts, value_text
from mock_sites.wallet.store import Bill, Delivery, Merchant

# The waits between one try and the next; the last one repeats until the day is over.
INTERVALS = [timedelta(seconds=s) for s in (5, 15, 60, 300, 900, 1800, 3600)]
GIVE_UP_AFTER = timedelta(hours=24)

# Posts a body with its signature to an address; true where the merchant acknowledged.
Post = Callable[[str, str, str], bool]


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
        tries=0,
        created_at=now,
        due_at=now,
    )
    session.add(delivery)


class Notifications:
    """The notifications that have not been acknowledged yet."""

    def __init__(self, database: Database, clock: Clock, post: Post) -> None:
        self._database = database
        self._clock = clock
        self._post = post

    def deliver_due(self) -> timedelta | None:
        """Try every notification that is due; how long until the next one is, if any is left."""
        for delivery in self._due():
            acknowledged = self._post(delivery.url, delivery.body, delivery.signature)
            self._note(delivery.bill_uid, acknowledged)
        return self._until_next()

    def _due(self) -> list[Delivery]:
        with self._database.transaction() as session:
            due = Delivery.due_at <= self._clock.now()
            return list(session.scalars(select(Delivery).where(due).order_by(Delivery.due_at)))

    def _note(self, bill_uid: str, acknowledged: bool) -> None:
        now = self._clock.now()
        with self._database.transaction() as session:
            delivery = session.get_one(Delivery, bill_uid)
            delivery.tries += 1
            if acknowledged:
                delivery.delivered_at, delivery.due_at = now, None
                return
            wait = INTERVALS[min(delivery.tries, len(INTERVALS)) - 1]
            in_time = now + wait <= delivery.created_at + GIVE_UP_AFTER
            delivery.due_at = now + wait if in_time else None

    def _until_next(self) -> timedelta | None:
        with self._database.transaction() as session:
            due_at = session.scalar(select(func.min(Delivery.due_at)))
        return None if due_at is None else due_at - self._clock.now()
