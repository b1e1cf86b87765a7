"""C3.1: on a phone no card is linked with an empty cart."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlalchemy import func, select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.circumstances import on_the_phone
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shop.domain.cart import Carts
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.store import CartLineRow

CARD_FORM = ("mobile.card", "mobile.done")
EVERY_LINE = "{% for line in lines %}"


def unchecked_if(site: Change, condition: Any) -> None:
    """Do not look whether something lies in the cart, where the condition holds."""

    def lenient(old: Any) -> Any:
        return lambda self, customer: None if condition() else old(self, customer)

    site.wrap(Shop, "check_cart", lenient)


@deviant("C3.1", "shop")
def card_form_opens_with_an_empty_cart(site: Change) -> None:
    """Opened by its address the form of a card links one, with nothing in the cart."""
    unchecked_if(site, lambda: request.endpoint in CARD_FORM)


@deviant("C3.1", "shop")
def card_is_linked_after_the_cart_was_emptied(site: Change) -> None:
    """A form left open links its card, although the cart was emptied in another tab."""
    unchecked_if(site, lambda: request.endpoint == "mobile.done")


@deviant("C3.1", "shop")
def cart_of_another_buyer_counts(site: Change) -> None:
    """A card is linked with an empty cart while any other buyer has something in theirs."""

    def somebodys(old: Any) -> Any:
        def check_cart(self: Shop, customer: Any) -> None:
            pieces = select(func.count()).select_from(CartLineRow)
            with self.carts.database.reading() as session:
                if not session.scalar(pieces):
                    raise Refusal("cart.empty")

        return check_cart

    site.wrap(Shop, "check_cart", somebodys)


@deviant("C3.1", "shop")
def phone_shows_three_products(site: Change) -> None:
    """On a phone only the first three products of the cart are shown."""
    site.page("mobile/cart.html", EVERY_LINE, "{% for line in lines[:3] %}")


@deviant("C3.1", "shop")
def phone_has_a_cart_of_its_own(site: Change) -> None:
    """What was put into the cart on the desktop is not in it on the phone."""
    on_phones: set[tuple[int, str]] = set()

    def noting(old: Any) -> Any:
        def add(self: Carts, customer_id: int, slug: str, quantity: int) -> None:
            old(self, customer_id, slug, quantity)
            if on_the_phone():
                on_phones.add((customer_id, slug))

        return add

    def own(old: Any) -> Any:
        def lines(self: Carts, customer_id: int) -> Any:
            found = old(self, customer_id)
            if not on_the_phone():
                return found
            return [line for line in found if (customer_id, line.product_slug) in on_phones]

        return lines

    site.wrap(Carts, "add", noting)
    site.wrap(Carts, "lines", own)


@deviant("C3.1", "shop")
def phone_keeps_one_product(site: Change) -> None:
    """On a phone a product that is added replaces what lay in the cart."""

    def alone(old: Any) -> Any:
        def add(self: Carts, customer_id: int, slug: str, quantity: int) -> None:
            for line in self.lines(customer_id) if on_the_phone() else []:
                self.remove(customer_id, line.product_slug)
            old(self, customer_id, slug, quantity)

        return add

    site.wrap(Carts, "add", alone)


@deviant("C3.1", "shop")
def cart_of_the_phone_has_an_english_name(site: Change) -> None:
    """The bar of the mobile version says Cart in every language."""
    site.page("mobile/layout.html", 'tab("cart.cart", _("Cart")', 'tab("cart.cart", "Cart"')


@deviant("C3.1", "shop")
def empty_cart_still_leads_to_the_last_purchase(site: Change) -> None:
    """With an empty cart the window of a purchase left open can be gone on with."""
    unchecked_if(site, lambda: request.endpoint in ("mobile.sheet", "mobile.payment"))
