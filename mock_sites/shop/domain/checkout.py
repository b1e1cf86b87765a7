"""The checkout: what the customer is about to buy, at the prices that were shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import uuid4

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database, only_reads
from ...shared.values.money import Money
from ...shared.values.refusal import NotFound, Refusal
from ..store import (
    CURRENCY,
    CartLineRow,
    CheckoutLineRow,
    CheckoutRow,
)
from .cart import lines_of

# The bill protocol writes an amount with at most six digits before the point.
LARGEST_ORDER = Money(999_999_99, CURRENCY)

# Built once: every page of a checkout begins with it.
OF_UID = select(CheckoutRow).where(CheckoutRow.uid == bindparam("uid"))
HELD = OF_UID.with_for_update()


class Checkouts:
    """Purchases that were begun."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    def start(self, customer_id: int, ticked: Collection[str]) -> str:
        """Begin to buy the ticked lines of the cart (C1.2); gives the checkout's uid.

        Raises Refusal: ``cart.nothing-ticked``, ``cart.not-there`` if something ticked has
        left the cart, ``product.not-sold``, or ``cart.too-expensive`` above the largest order.
        """
        if not ticked:
            raise Refusal("cart.nothing-ticked")
        with self.database.transaction() as session:
            chosen = [x for x in lines_of(session, customer_id) if x.product_slug in ticked]
            if len(chosen) < len(set(ticked)):
                raise Refusal("cart.not-there")
            checkout = CheckoutRow(
                uid=str(uuid4()), customer_id=customer_id, started_at=self.clock.now()
            )
            checkout.lines = [_as_shown(line, n) for n, line in enumerate(chosen)]
            check_size(checkout)
            session.add(checkout)
        return checkout.uid

    def get(self, customer_id: int, uid: str) -> CheckoutRow:
        """The customer's own checkout. Raises NotFound, for another's too."""
        with self.database.reading() as session:
            return checkout_of(session, customer_id, uid)


def checkout_of(session: Session, customer_id: int, uid: str) -> CheckoutRow:
    """The customer's own checkout, held until a transaction ends that writes. Raises NotFound."""
    checkout = session.scalar(OF_UID if only_reads(session) else HELD, {"uid": uid})
    if checkout is None or checkout.customer_id != customer_id:
        raise NotFound
    return checkout


def bring_up_to_date(session: Session, checkout: CheckoutRow) -> list[Refusal]:
    """Make the checkout say what holds now, and tell what differs from what was shown.

    The answers are ``line.gone`` (no longer sold, or taken out of the cart),
    ``line.new-price`` and ``line.new-quantity``; none if all still stands.
    """
    cart = {line.product_slug: line for line in lines_of(session, checkout.customer_id)}
    changes: list[Refusal] = []
    for line in list(checkout.lines):
        now = cart.get(line.product_slug)
        if now is None or not line.product.on_sale:
            checkout.lines.remove(line)
            changes.append(Refusal("line.gone", product=line.product.name))
        else:
            changes.extend(_adopt(line, now))
    return changes


def check_size(checkout: CheckoutRow) -> None:
    """Raises Refusal ``cart.too-expensive`` if the wallet could not invoice so much."""
    if checkout.total > LARGEST_ORDER:
        raise Refusal("cart.too-expensive", limit=LARGEST_ORDER)


def _adopt(line: CheckoutLineRow, now: CartLineRow) -> Sequence[Refusal]:
    changes = []
    name = line.product.name
    if line.price != now.product.price:
        changes.append(
            Refusal("line.new-price", product=name, old=line.price, new=now.product.price)
        )
    if line.quantity != now.quantity:
        changes.append(Refusal("line.new-quantity", product=name, quantity=now.quantity))
    line.price_minor, line.quantity = now.product.price_minor, now.quantity
    return changes


def _as_shown(line: CartLineRow, position: int) -> CheckoutLineRow:
    if not line.product.on_sale:
        raise Refusal("product.not-sold", product=line.product.name)
    return CheckoutLineRow(
        product_slug=line.product_slug,
        position=position,
        quantity=line.quantity,
        price_minor=line.product.price_minor,
    )
