"""The shop's orders against the money that wallet and vault have taken for them.

A pure rule over what each site says of itself: no site looks into another one's data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ...shared.values.money import Money
from ..store import OrderState, PaymentMethod

# An order that may still hear of its money.
OPEN = (OrderState.PAYING, OrderState.AWAITING_PAYMENT)


@dataclass(frozen=True)
class Ordered:
    """An order as the shop has it."""

    uid: str
    payment_method: PaymentMethod
    state: OrderState
    total: Money


@dataclass(frozen=True)
class Taken:
    """Money that a site has taken for an order: how often, and how much in all."""

    uid: str
    times: int
    money: Money


@dataclass
class Findings:
    """The result of a comparison: discrepancies and pending items, in words, and skipped sites."""

    discrepancies: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    not_compared: list[str] = field(default_factory=list)


def compare(
    site: str,
    payment_method: PaymentMethod,
    before: Iterable[Ordered],
    taken: Iterable[Taken],
    after: Iterable[Ordered],
) -> Findings:
    """Hold the orders that are paid through ``site`` against what it has taken.

    ``before`` are the orders as they stood before the site was asked, ``after`` those after it:
    what was paid in between is no mismatch. Every paid order has to be taken for once, in its
    whole amount, and everything taken has to belong to such an order.
    """
    takings = {each.uid: each for each in taken if each.times}
    findings = Findings()
    orders = {order.uid: order for order in after if order.payment_method == payment_method}
    for each in takings.values():
        findings.discrepancies.extend(_wrong(site, each, orders))
        order = orders.get(each.uid)
        if order is not None and order.state in OPEN:
            findings.pending.append(f"order {each.uid}: the {site} has its money, the shop waits")
    for order in before:
        if (
            order.payment_method == payment_method
            and order.uid not in takings
            and order.uid in orders
        ):
            _look_at_untaken(site, order, findings)
    return findings


def _wrong(site: str, taken: Taken, orders: Mapping[str, Ordered]) -> Iterator[str]:
    order = orders.get(taken.uid)
    told = f"the {site} has taken {taken.money}"
    if order is None:
        yield f"{told} for {taken.uid}, and the shop has no such order"
        return
    if taken.times != 1:
        yield f"order {order.uid}: {told} in {taken.times} payments"
    if taken.money != order.total:
        yield f"order {order.uid}: {told}, and the order is of {order.total}"
    if order.state not in (*OPEN, OrderState.PAID):
        yield f"order {order.uid}: {told}, and the order is {order.state}"


def _look_at_untaken(site: str, order: Ordered, findings: Findings) -> None:
    if order.state == OrderState.PAID:
        told = f"order {order.uid} is paid, and the {site} has taken nothing for it"
        findings.discrepancies.append(told)
    elif order.state == OrderState.PAYING:
        findings.pending.append(f"order {order.uid} is being paid")
