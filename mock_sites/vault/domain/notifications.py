"""The notifications to the shop: of a person's cards (C2.6), and of links it asked for."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..store import NotificationRow, VaultingRow, VaultingStatus
from .card_view import card_facts
from .owners import is_person

# In a session's info: this transaction has something to tell.
NOTIFICATION_QUEUED = "something to tell"


class Notifications:
    """Queues notifications in the transaction that makes them true: none can be forgotten."""

    def __init__(self, notification_url: str) -> None:
        self._url = notification_url

    def cards_changed(self, session: Session, phone: str, now: datetime) -> None:
        """A card of this person was linked, removed, made main or edited, or its link is final."""
        if not is_person(phone):
            return
        body = {"notifyType": "BUYER_CARDS_CHANGED", "buyer": {"phone": phone}}
        _queue(session, self._url, body, now)

    def outcome(self, session: Session, vaulting: VaultingRow, now: datetime) -> None:
        """A request to link a card has come to its end, good or bad."""
        done = vaulting.status == VaultingStatus.SUCCESS
        buyer = {"buyer": {"phone": vaulting.phone}} if is_person(vaulting.phone) else {}
        body: dict[str, Any] = {
            **buyer,
            "notifyType": "VAULTING_RESULT",
            "vaultingRequestId": vaulting.request_id,
            "vaultingStatus": vaulting.status,
            "vaultingCreateTime": vaulting.at.isoformat(timespec="seconds"),
            "result": {
                "resultCode": "SUCCESS" if done else "VAULTING_FAILED",
                "resultStatus": "S" if done else "F",
                "resultMessage": "success" if done else "the card is not linked",
            },
        }
        if vaulting.card is not None:
            card = card_facts(vaulting.card)
            body["paymentMethodDetail"] = {"paymentMethodType": "CARD", "card": card}
        _queue(session, vaulting.notification_url, body, now)


def _queue(session: Session, url: str, body: dict[str, Any], now: datetime) -> None:
    session.add(NotificationRow(url=url, body=json.dumps(body), created_at=now, due_at=now))
    session.info[NOTIFICATION_QUEUED] = True
