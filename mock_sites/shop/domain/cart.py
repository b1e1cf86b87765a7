"""The cart: what a customer has put aside to buy."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.values.money import Money, parse_digits
from ...shared.values.refusal import NotFound, Refusal
from ..store import CURRENCY, CartLineRow, CustomerRow
from .catalogue import product_of

LARGEST_QUANTITY = 20
LONGEST_QUANTITY = 6
# Built once: every page shows it.
PIECES = select(func.sum(CartLineRow.quantity)).where(
    CartLineRow.customer_id == bindparam("customer_id")
)

LINES = (
    select(CartLineRow)
    .where(CartLineRow.customer_id == bindparam("customer_id"))
    .order_by(CartLineRow.added_at, CartLineRow.product_slug)
)


def parse_quantity(text: str, field: str = "quantity") -> int:
    """Parse a number of pieces, in digits of any script.

    Raises Refusal ``quantity.wrong`` for anything but a whole number from 1 to the limit.
    """
    plain = parse_digits(text.strip())
    if not (plain.isascii() and plain.isdigit() and len(plain) <= LONGEST_QUANTITY):
        raise _wrong_quantity(field)
    quantity = int(plain)
    if not 1 <= quantity <= LARGEST_QUANTITY:
        raise _wrong_quantity(field)
    return quantity


def _wrong_quantity(field: str) -> Refusal:
    return Refusal("quantity.wrong", field, limit=LARGEST_QUANTITY)


class Carts:
    """Every customer's cart."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    def lines(self, customer_id: int) -> Sequence[CartLineRow]:
        """List the lines of the cart, in the order in which they were added."""
        with self.database.reading() as session:
            return lines_of(session, customer_id)

    def count(self, customer_id: int) -> int:
        """Count the pieces in the cart."""
        with self.database.reading() as session:
            return session.scalar(PIECES, {"customer_id": customer_id}) or 0

    def add(self, customer_id: int, slug: str, quantity: int) -> None:
        """Put that many more of a product into the cart.

        Raises NotFound for an unknown product, Refusal ``product.not-sold`` for one that was
        withdrawn and ``quantity.too-many`` if the cart would hold more than the limit.
        """
        with self.database.transaction() as session:
            # Two additions at once must meet here: the second one has to see the first's line.
            session.get(CustomerRow, customer_id, with_for_update=True)
            product = product_of(session, slug)
            if not product.on_sale:
                raise Refusal("product.not-sold", product=product.name)
            line = session.get(CartLineRow, (customer_id, slug)) or self._line(customer_id, slug)
            if line.quantity + quantity > LARGEST_QUANTITY:
                raise _too_many(line.quantity)
            line.quantity += quantity
            session.add(line)

    def change(self, customer_id: int, slug: str, quantity: int) -> None:
        """Set the quantity of a product in the cart. Raises NotFound if it is not in the cart."""
        with self.database.transaction() as session:
            line = session.get(CartLineRow, (customer_id, slug))
            if line is None:
                raise NotFound
            line.quantity = quantity

    def remove(self, customer_id: int, slug: str) -> None:
        """Take a product out of the cart; doing so twice is no error."""
        with self.database.transaction() as session:
            line = session.get(CartLineRow, (customer_id, slug))
            if line is not None:
                session.delete(line)

    def _line(self, customer_id: int, slug: str) -> CartLineRow:
        return CartLineRow(
            customer_id=customer_id, product_slug=slug, quantity=0, added_at=self.clock.now()
        )


def lines_of(session: Session, customer_id: int) -> Sequence[CartLineRow]:
    """The lines of a customer's cart, in the order they were put there."""
    return session.scalars(LINES, {"customer_id": customer_id}).all()


def total_of(lines: Sequence[CartLineRow]) -> Money:
    """Return the total of those lines whose products are still sold."""
    return Money(sum(line.total.minor for line in lines if line.product.on_sale), CURRENCY)


def _too_many(already: int) -> Refusal:
    return Refusal("quantity.too-many", "quantity", limit=LARGEST_QUANTITY, already=already)
