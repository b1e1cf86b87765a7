"""C3.2: on a phone Pay takes the ticked products."""

from __future__ import annotations

from typing import Any

from flask import session
from sqlalchemy import delete, select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.circumstances import on_the_phone
from mock_sites.shop.domain.cart import Carts, lines_of
from mock_sites.shop.domain.checkout import Checkouts
from mock_sites.shop.domain.orders import Orders
from mock_sites.shop.store import CartLineRow, CheckoutRow


def ticking(site: Change, choose: Any) -> None:
    """On a phone, begin with other products than were ticked: ``choose(in_cart, ticked)``."""

    def other(old: Any) -> Any:
        def start(self: Checkouts, customer_id: int, ticked: Any) -> str:
            if on_the_phone():
                with self.database.reading() as reading:
                    in_cart = [line.product_slug for line in lines_of(reading, customer_id)]
                ticked = choose(in_cart, list(ticked))
            return str(old(self, customer_id, ticked))

        return start

    site.wrap(Checkouts, "start", other)


@deviant("C3.2", "shop")
def phone_buys_the_whole_cart(site: Change) -> None:
    """On a phone products that were not ticked are bought too."""
    ticking(site, lambda in_cart, ticked: in_cart if ticked else [])


@deviant("C3.2", "shop")
def phone_buys_the_first_ticked_product(site: Change) -> None:
    """On a phone only the first of several ticked products is bought."""
    ticking(site, lambda in_cart, ticked: ticked[:1])


@deviant("C3.2", "shop")
def phone_buys_the_newest_without_a_tick(site: Change) -> None:
    """On a phone Pay without a tick takes the product that was added last."""
    ticking(site, lambda in_cart, ticked: ticked or in_cart[-1:])


@deviant("C3.2", "shop")
def phone_remembers_the_first_ticks(site: Change) -> None:
    """On a phone the products ticked the first time are taken again, whatever is ticked now."""

    def first(in_cart: list[str], ticked: list[str]) -> list[str]:
        known = session.setdefault("ticked", ticked) if ticked else []
        still_there = [slug for slug in known if slug in in_cart]
        return still_there or ticked

    ticking(site, first)


@deviant("C3.2", "shop")
def phone_opens_the_purchase_begun_before(site: Change) -> None:
    """On a phone Pay opens the purchase that was begun before, with what was ticked then."""

    def earlier(old: Any) -> Any:
        def start(self: Checkouts, customer_id: int, ticked: Any) -> str:
            own = select(CheckoutRow).where(CheckoutRow.customer_id == customer_id)
            with self.database.reading() as reading:
                begun = reading.scalars(own.order_by(CheckoutRow.started_at)).all()
            open_ones = [one.uid for one in begun if one.order is None and on_the_phone()]
            return open_ones[0] if open_ones and ticked else str(old(self, customer_id, ticked))

        return start

    site.wrap(Checkouts, "start", earlier)


@deviant("C3.2", "shop")
def rest_of_the_cart_is_lost_on_the_phone(site: Change) -> None:
    """On a phone an order empties the whole cart, of products that were not ticked too."""

    def emptying(old: Any) -> Any:
        def place(self: Orders, customer_id: int, *rest: Any) -> Any:
            order = old(self, customer_id, *rest)
            if on_the_phone():
                with self.database.transaction() as writing:
                    own = CartLineRow.customer_id == customer_id
                    writing.execute(delete(CartLineRow).where(own))
            return order

        return place

    site.wrap(Orders, "place", emptying)


@deviant("C3.2", "shop")
def phone_ignores_a_changed_quantity(site: Change) -> None:
    """On a phone the purchase has the number of pieces that was added, not the changed one."""

    def unchanged(old: Any) -> Any:
        def change(self: Carts, customer_id: int, slug: str, quantity: int) -> None:
            if not on_the_phone():
                old(self, customer_id, slug, quantity)

        return change

    site.wrap(Carts, "change", unchanged)
