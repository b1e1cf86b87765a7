"""C1.1: the cart holds what was put there."""

from __future__ import annotations

from typing import Any

from flask import session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web.sign_in import is_signed_in, signed_in_person
from mock_sites.shop.domain.cart import Carts
from mock_sites.shop.routes import catalogue, current_shop

EVERY_LINE = "{% for line in lines %}"


@deviant("C1.1", "shop")
def cart_stays_in_the_browser(site: Change) -> None:
    """What was put into the cart on one device is missing on the other."""

    def noting(old: Any) -> Any:
        def add_to_cart(slug: str) -> Any:
            session["own_goods"] = [*session.get("own_goods", []), slug]
            return old(slug)

        return add_to_cart

    def own(old: Any) -> Any:
        def lines(self: Carts, customer_id: int) -> Any:
            known = session.get("own_goods", [])
            return [line for line in old(self, customer_id) if line.product_slug in known]

        return lines

    site.route("catalogue.add_to_cart", noting)
    site.wrap(Carts, "lines", own)


@deviant("C1.1", "shop")
def second_product_replaces_the_first(site: Change) -> None:
    """Putting a second product into the cart takes the first one out."""

    def alone(old: Any) -> Any:
        def add(self: Carts, customer_id: int, slug: str, quantity: int) -> None:
            for line in self.lines(customer_id):
                if line.product_slug != slug:
                    self.remove(customer_id, line.product_slug)
            old(self, customer_id, slug, quantity)

        return add

    site.wrap(Carts, "add", alone)


@deviant("C1.1", "shop")
def adding_again_forgets_the_earlier_pieces(site: Change) -> None:
    """A product that is added again lies in the cart in the number of the last time."""

    def anew(old: Any) -> Any:
        def add(self: Carts, customer_id: int, slug: str, quantity: int) -> None:
            self.remove(customer_id, slug)
            old(self, customer_id, slug, quantity)

        return add

    site.wrap(Carts, "add", anew)


@deviant("C1.1", "shop")
def three_pieces_are_put_in_as_one(site: Change) -> None:
    """However many pieces are added, one lies in the cart."""
    site.wrap(Carts, "add", lambda old: lambda self, who, slug, quantity: old(self, who, slug, 1))


@deviant("C1.1", "shop")
def product_wanted_before_signing_in_is_lost(site: Change) -> None:
    """A product that was added before the sign-in is not in the cart after it."""
    site.rule(catalogue, "add_wanted", lambda customer, address, typed: None)


@deviant("C1.1", "shop")
def cart_has_an_english_name_everywhere(site: Change) -> None:
    """The menu says Cart in every language."""
    site.page("shop_layout.html", 'entry("cart.cart", _("Cart"))', 'entry("cart.cart", "Cart")')


@deviant("C1.1", "shop")
def cart_shows_five_products(site: Change) -> None:
    """Of a fuller cart only the first five products are shown."""
    site.page("cart.html", EVERY_LINE, "{% for line in lines[:5] %}")


@deviant("C1.1", "shop")
def carts_of_all_buyers_are_one(site: Change) -> None:
    """A buyer's cart shows the product that another buyer has added last."""
    last: list[tuple[int, str, int]] = []

    def noting(old: Any) -> Any:
        def add(self: Carts, customer_id: int, slug: str, quantity: int) -> None:
            old(self, customer_id, slug, quantity)
            last.append((customer_id, slug, quantity))

        return add

    def shared(old: Any) -> Any:
        def lines(self: Carts, customer_id: int) -> Any:
            for other, slug, quantity in last[-1:]:
                own = [line.product_slug for line in old(self, customer_id)]
                if other != customer_id and slug not in own:
                    self.add(customer_id, slug, quantity)
            return old(self, customer_id)

        return lines

    site.wrap(Carts, "add", noting)
    site.wrap(Carts, "lines", shared)


@deviant("C1.1", "shop")
def signing_in_anew_empties_the_cart(site: Change) -> None:
    """The cart is empty after the buyer has signed out and in again."""

    def emptied(old: Any) -> Any:
        def sign_out() -> Any:
            if is_signed_in():
                carts, customer = current_shop.carts, signed_in_person().id
                for line in carts.lines(customer):
                    carts.remove(customer, line.product_slug)
            return old()

        return sign_out

    site.route("sign_in.sign_out", emptied)
