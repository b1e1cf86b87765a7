"""The refunds of a payment, as its buyer sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...shared.values.money import Money
from ..store import RefundRow

# Built once: every page of an invoice asks for them.
OF_BILLS = (
    select(RefundRow)
    .where(RefundRow.bill_uid.in_(bindparam("bills", expanding=True)))
    .order_by(RefundRow.at, RefundRow.id)
)


class RefundState(StrEnum):
    """The extent of the refunds of a payment."""

    PARTLY = "PARTLY"
    WHOLLY = "WHOLLY"


@dataclass(frozen=True)
class PartBack:
    """One refund: how much, and when."""

    money: Money
    at: datetime


@dataclass(frozen=True)
class GivenBack:
    """The refunds of a payment of so much money, oldest first."""

    paid: Money
    refunds: tuple[PartBack, ...] = ()

    @property
    def total(self) -> Money:
        """The total of the refunds so far."""
        return Money(sum(part.money.minor for part in self.refunds), self.paid.currency)

    @property
    def left(self) -> Money:
        """The amount that is still paid."""
        return Money(self.paid.minor - self.total.minor, self.paid.currency)

    @property
    def state(self) -> RefundState | None:
        """``PARTLY`` or ``WHOLLY``; None if nothing was given back."""
        if not self.refunds:
            return None
        return RefundState.PARTLY if self.left.minor else RefundState.WHOLLY


def given_back(session: Session, paid: Iterable[tuple[str, Money]]) -> dict[str, GivenBack]:
    """Return the refunds of each bill, by its uid; ``paid`` has the uids and the amounts."""
    amounts = dict(paid)
    found: dict[str, list[PartBack]] = {uid: [] for uid in amounts}
    for refund in session.scalars(OF_BILLS, {"bills": list(amounts)}):
        money = Money(refund.amount, amounts[refund.bill_uid].currency)
        found[refund.bill_uid].append(PartBack(money, refund.at))
    return {uid: GivenBack(amounts[uid], tuple(parts)) for uid, parts in found.items()}
