"""When the vault was asked for a customer's cards, and when it is asked again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from ...shared.runtime.database import table_of
from ..card_store import CardListRow
from ..store import CustomerRow

# Built once: every answer of the vault is kept by these.
HELD_CUSTOMER = (
    select(CustomerRow.id).where(CustomerRow.id == bindparam("customer_id")).with_for_update()
)
TIMES = select(CardListRow.asked_at, CardListRow.due_at).where(
    CardListRow.customer_id == bindparam("customer_id")
)
_LISTS = table_of(CardListRow)
NEW_TIMES = insert(_LISTS)
OTHER_TIMES = update(_LISTS).where(_LISTS.c.customer_id == bindparam("of_customer"))


@dataclass(frozen=True)
class ListTimes:
    """When a customer's list was asked for last, and when it is due; None: never yet."""

    asked_at: datetime | None
    due_at: datetime | None


def held_times(session: Session, customer_id: int) -> ListTimes:
    """Return the times, and hold them until the transaction ends."""
    # Two answers at once must meet here: the second one has to see what the first kept.
    session.execute(HELD_CUSTOMER, {"customer_id": customer_id})
    kept = session.execute(TIMES, {"customer_id": customer_id}).first()
    return ListTimes(None, None) if kept is None else ListTimes(kept.asked_at, kept.due_at)


def keep_times(session: Session, customer_id: int, before: ListTimes, now: ListTimes) -> None:
    """Keep the times ``now`` in the place of those of ``before``."""
    if before.due_at is None:
        session.execute(NEW_TIMES, {"customer_id": customer_id, **asdict(now)})
    else:
        session.execute(OTHER_TIMES, {"of_customer": customer_id, **asdict(now)})
