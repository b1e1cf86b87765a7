"""The ids that a merchant uses: the first use of one fixes the facts that it stands for.

Of the facts only a keyed fingerprint is kept, so that a card's whole number can be compared and is
not stored. A security code is no fact here: nothing that could tell it is kept.
"""

from __future__ import annotations

import hmac

from sqlalchemy.orm import Session

from ...shared.values.cards import Card
from ...shared.values.refusal import Refusal
from ..request_store import RequestRow

LINK, PAY = "link", "pay"


def claim(session: Session, operation: str, request_id: str, fingerprint: str) -> None:
    """Note what a request asks for under its id; the same again changes nothing.

    Raises Refusal ``request.conflict`` if the id was used for other facts, whether or not that
    request has been answered yet.
    """
    known = session.get(RequestRow, (operation, request_id))
    if known is None:
        row = RequestRow(operation=operation, request_id=request_id, fingerprint=fingerprint)
        session.add(row)
    elif not hmac.compare_digest(known.fingerprint, fingerprint):
        raise Refusal("request.conflict")


def facts_of(card: Card) -> tuple[object, ...]:
    """Return the facts that identify a typed card: number, holder and expiry."""
    return (card.number, card.holder, card.expiry.year, card.expiry.month)
