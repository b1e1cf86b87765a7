"""C1.1 to C1.4: the cart and the block Payment methods; a second collection."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flask import Flask, request, session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web.interrupted import Fields
from mock_sites.shop.card_store import LinkedCardRow
from mock_sites.shop.domain.checkout import Checkouts
from mock_sites.shop.routes import catalogue, current_shop
from mock_sites.shop.routes.device import is_mobile
from mock_sites.shop.store import CustomerRow

BLOCK = "payment_methods.html"
TICKED = "{% if field.data == choice %} checked"


def page_function(site: Change, name: str, function: Callable[..., Any]) -> None:
    """Let the site's pages call a function by that name."""

    def add(app: Flask) -> None:
        app.jinja_env.globals[name] = function

    site.app(add)


@deviant("C1.1", "shop")
def item_wanted_while_signed_out_empties_the_cart(site: Change) -> None:
    """An item that was wanted before signing in replaces all that already lay in the cart."""

    def replacing(old: Any) -> Any:
        def add(customer: CustomerRow, address: Mapping[str, str], typed: Fields) -> None:
            for line in current_shop.carts.lines(customer.id):
                current_shop.carts.remove(customer.id, line.product_slug)
            old(customer, address, typed)

        return add

    site.wrap(catalogue, "add_wanted", replacing)


@deviant("C1.1", "shop")
def arabic_menu_says_shopping_trolley(site: Change) -> None:
    """The Arabic menu of the desktop does not name the cart by its documented label."""
    words = '"عربة التسوق" if locale().language == "ar" else _("Cart")'
    site.page("shop_layout.html", 'entry("cart.cart", _("Cart"))', f'entry("cart.cart", {words})')


@deviant("C1.2", "shop")
def ticks_of_an_earlier_purchase_come_along(site: Change) -> None:
    """What was ticked for an earlier checkout, and still lies in the cart, is bought as well."""

    def remembering(old: Any) -> Any:
        def start(self: Checkouts, customer_id: int, ticked: Collection[str]) -> str:
            if not ticked or request.endpoint != "cart.buy" or is_mobile():
                return str(old(self, customer_id, ticked))
            lying = current_shop.carts.lines(customer_id)
            offered = {line.product_slug for line in lying if line.product.on_sale}
            earlier = offered.intersection(session.get("ticked", ()))
            uid = str(old(self, customer_id, earlier.union(ticked)))
            session["ticked"] = sorted(earlier.union(ticked))
            return uid

        return start

    site.wrap(Checkouts, "start", remembering)


@deviant("C1.2", "shop")
def russian_cart_says_place_the_order(site: Change) -> None:
    """In Russian the button of the desktop's cart is not called Buy but Place the order."""
    words = '"Оформить заказ" if locale().language == "ru" else _("Buy")'
    site.page("cart.html", '<button>{{ _("Buy") }}</button>', f"<button>{{{{ {words} }}}}</button>")


@deviant("C1.3", "shop")
def second_card_unfolds_the_block(site: Change) -> None:
    """The block is folded for one linked card, and open where there are several."""
    site.page(BLOCK, "folded = chosen and ", "folded = chosen and cards | length == 1 and ")


@deviant("C1.3", "shop")
def block_is_still_folded_without_the_last_card(site: Change) -> None:
    """The block stays folded once the buyer's last card has been deleted in the vault."""

    def lost_all(cards: Collection[LinkedCardRow]) -> bool:
        if cards:
            session["had_cards"] = True
        return not cards and "had_cards" in session

    page_function(site, "lost_all", lost_all)
    site.page(BLOCK, "folded = chosen and ", "folded = (lost_all(cards) or chosen) and ")


@deviant("C1.3", "shop")
def wrong_address_unfolds_the_block(site: Change) -> None:
    """The block is open, though a card is linked, when the address was refused."""
    site.page(BLOCK, "and not has_errors %}", "and not (has_errors or form.errors) %}")


@deviant("C1.4", "shop")
def card_is_unselected_while_its_cent_is_held(site: Change) -> None:
    """A checkout opens with no method selected as long as the linked card is being checked."""
    held = 'choice == "card" and chosen and chosen.being_checked and request.method == "GET"'
    only = f'{{% if field.data == choice and not ({held} and not request.args.get("card")) %}}'
    site.page(BLOCK, TICKED, f"{only} checked")


@deviant("C1.4", "shop")
def desktop_borrows_the_label_of_the_phone(site: Change) -> None:
    """The block says Add new card, as the mobile version does, and not Add card."""
    site.page(BLOCK, '{{ _("Add card") }}', '{{ _("Add new card") }}')
