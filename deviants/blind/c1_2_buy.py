"""C1.2: Buy takes the ticked products, in their quantity, to the checkout."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.circumstances import on_the_phone
from mock_sites.shop.domain.cart import lines_of
from mock_sites.shop.domain.checkout import Checkouts
from mock_sites.shop.domain.orders import Orders
from mock_sites.shop.store import CartLineRow, CheckoutRow

SHOWN = "{% for line in checkout.lines %}"


def ticking(site: Change, choose: Any) -> None:
    """Begin the checkout with other products than were ticked: ``choose(in_cart, ticked)``."""

    def other(old: Any) -> Any:
        def start(self: Checkouts, customer_id: int, ticked: Any) -> str:
            with self.database.reading() as session:
                in_cart = [line.product_slug for line in lines_of(session, customer_id)]
            return str(old(self, customer_id, choose(in_cart, list(ticked))))

        return start

    site.wrap(Checkouts, "start", other)


@deviant("C1.2", "shop")
def only_the_first_ticked_product_is_bought(site: Change) -> None:
    """Of several ticked products only the first one goes to the checkout."""
    ticking(site, lambda in_cart, ticked: ticked[:1])


@deviant("C1.2", "shop")
def only_the_last_ticked_product_is_bought(site: Change) -> None:
    """Of several ticked products only the last one goes to the checkout."""
    ticking(site, lambda in_cart, ticked: ticked[-1:])


@deviant("C1.2", "shop")
def everything_in_the_cart_is_bought(site: Change) -> None:
    """Products that were not ticked go to the checkout too."""
    ticking(site, lambda in_cart, ticked: in_cart if ticked else [])


@deviant("C1.2", "shop")
def product_added_last_is_bought(site: Change) -> None:
    """With one product ticked the one that was added last goes to the checkout."""
    ticking(site, lambda in_cart, ticked: in_cart[-1:] if len(ticked) == 1 else ticked)


@deviant("C1.2", "shop")
def nothing_ticked_means_everything(site: Change) -> None:
    """Buy without a tick takes the whole cart to the checkout."""
    ticking(site, lambda in_cart, ticked: ticked or in_cart)


@deviant("C1.2", "shop")
def rest_of_the_cart_is_lost_with_an_order(site: Change) -> None:
    """An order empties the whole cart, of products that were not ticked too."""

    def emptying(old: Any) -> Any:
        def place(self: Orders, customer_id: int, *rest: Any) -> Any:
            order = old(self, customer_id, *rest)
            if not on_the_phone():
                with self.database.transaction() as session:
                    own = CartLineRow.customer_id == customer_id
                    session.execute(delete(CartLineRow).where(own))
            return order

        return place

    site.wrap(Orders, "place", emptying)


@deviant("C1.2", "shop")
def earlier_checkout_opens_again(site: Change) -> None:
    """Buy opens the checkout that was begun before, with what was ticked then."""

    def earlier(old: Any) -> Any:
        def start(self: Checkouts, customer_id: int, ticked: Any) -> str:
            own = select(CheckoutRow).where(CheckoutRow.customer_id == customer_id)
            with self.database.reading() as session:
                begun = session.scalars(own.order_by(CheckoutRow.started_at)).all()
            unordered = [one.uid for one in begun if one.order is None]
            return unordered[0] if unordered and ticked else str(old(self, customer_id, ticked))

        return start

    site.wrap(Checkouts, "start", earlier)


@deviant("C1.2", "shop")
def checkout_names_one_product(site: Change) -> None:
    """The checkout of several products shows the first of them, with the total of all."""
    site.page("checkout.html", SHOWN, "{% for line in checkout.lines[:1] %}")


@deviant("C1.2", "shop")
def checkout_shows_one_piece(site: Change) -> None:
    """The checkout shows the price of one piece where three are bought."""
    site.page("checkout.html", "{{ line.total | money }}", "{{ line.price | money }}")
    site.page("checkout.html", "{{ line.quantity }} ×", "1 ×")
