"""Lists of the shop that have something twice, something of others, or the neighbour's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request
from flask_login import current_user
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop.card_store import AddressRow, LinkedCardRow
from mock_sites.shop.domain.addresses import Addresses, Draft, address_of
from mock_sites.shop.domain.cards import Cards as ShopCards
from mock_sites.shop.domain.cart import Carts
from mock_sites.shop.domain.orders import Orders
from mock_sites.shop.routes import current_shop

PAYMENT = "mobile/payment.html"
NAMED = "{{ words_of.named(card) }}"
FIRST_OF_BRAND = '{{ words_of.named(cards | selectattr("brand", "eq", card.brand) | first) }}'
FIVE_CARDS = "Five linked cards come before Add new card, and no other buyer's card is there"


@deviant("C3.4", "shop", FIVE_CARDS)
def list_names_the_first_card_of_a_brand(site: Change) -> None:
    """The list on the phone names the first card of a brand for every card of that brand."""
    site.page(PAYMENT, NAMED, FIRST_OF_BRAND)


@deviant("C2.6", "shop", "Two cards that are deleted at once both disappear")
def shop_forgets_other_cards_than_were_deleted(site: Change) -> None:
    """After a deletion in the vault the shop forgets as many cards, but others."""
    before: dict[int, list[Any]] = {}

    def by_number(keep: Any) -> Any:
        def keep_as_many(self: ShopCards, customer_id: int, listed: Any, *at: Any) -> None:
            known = before.get(customer_id, [])
            if len(listed) < len(known):
                gone = [card for card in known if card not in listed]
                listed = [*gone, *listed][: len(listed)]
            else:
                before[customer_id] = list(listed)
            keep(self, customer_id, listed, *at)

        return keep_as_many

    site.wrap(ShopCards, "keep", by_number)


@deviant("C3.4", "shop", FIVE_CARDS)
def list_goes_on_with_the_cards_of_others(site: Change) -> None:
    """Below Add new card the list on the phone has the cards of other buyers."""
    site.app(lambda app: app.add_template_global(_cards_of_others, "cards_of_others"))
    others = "  {% for value, payment_method"
    entry = "  {% for card in cards_of_others() %}<li>{{ words_of.named(card) }}</li>{% endfor %}\n"
    site.page(PAYMENT, others, f"{entry}{others}")


def _cards_of_others() -> list[LinkedCardRow]:
    others = LinkedCardRow.customer_id != current_user.person.id
    with current_shop.cards.database.reading() as session:
        return list(session.scalars(select(LinkedCardRow).where(others)))


@deviant(
    "C3.4",
    "shop",
    "A card is linked on the phone under circumstances, from start to finish [Arabic",
)
def list_tells_no_digits_after_the_first_card(site: Change) -> None:
    """After the first card, the list on the phone names a card by its brand alone."""
    site.page(
        PAYMENT, NAMED, f"{{% if loop.first %}}{NAMED}{{% else %}}{{{{ card.brand }}}}{{% endif %}}"
    )


@deviant("C2.3", "shop", "The main card is selected in the list on the phone")
def no_card_is_selected_on_the_phone(site: Change) -> None:
    """In the list on the phone no card is selected."""
    site.page(PAYMENT, "{%- if card.token == chosen %} checked{% endif %}")


@deviant("C3.5", "shop", "A card is linked on the phone and the product is bought")
def selected_card_is_disabled_on_the_phone(site: Change) -> None:
    """In the list on the phone the selected card cannot be used."""
    disabled = "{% if card is expired %} disabled"
    site.page(PAYMENT, disabled, "{% if card.token == chosen %} disabled")


@deviant("C3.3", "shop", "The window offers every address of the buyer, and no other buyer's")
def window_offers_everybodys_addresses(site: Change) -> None:
    """The window offers the addresses of all buyers."""

    def of_all(self: Addresses, customer_id: int) -> list[AddressRow]:
        with self.database.reading() as session:
            return list(session.scalars(select(AddressRow).order_by(AddressRow.used_at.desc())))

    site.rule(Addresses, "used", of_all)


@deviant("C3.3", "shop", "The window still has the chosen address when the buyer comes back to it")
def window_goes_back_to_the_last_address(site: Change) -> None:
    """A buyer who comes back to the window finds the address of the last order chosen."""
    site.page("mobile/sheet.html", "{% if kept == chosen %} checked", "{% if loop.first %} checked")


@deviant("C3.3", "shop", "The chosen address stays while a card is linked")
def order_goes_to_the_last_address(site: Change) -> None:
    """Whichever address is chosen on the phone, the order goes to that of the last order."""

    def of_last_order(draft: Any) -> Any:
        def last_used(self: Addresses, customer: Any, checkout_uid: str) -> Draft:
            found: Draft = draft(self, customer, checkout_uid)
            if request.endpoint != "mobile.pay":
                return found
            return replace(found, **address_of(self.used(customer.id)[0]))

        return last_used

    site.wrap(Addresses, "draft", of_last_order)


@deviant("W2.6", "shop", "Of three equal orders the one whose link was followed is paid")
def oldest_order_is_listed_twice(site: Change) -> None:
    """The list of orders has the oldest order twice."""
    site.page("orders.html", "in orders %}", "in orders + orders[-1:] %}")


def _leave_in_the_cart(site: Change, which: slice) -> None:
    """An order leaves some of what was ordered in the cart."""

    def keep(place: Any) -> Any:
        def place_and_keep(self: Orders, customer_id: int, *more: Any) -> Any:
            before = current_shop.carts.lines(customer_id)
            order = place(self, customer_id, *more)
            left = {line.product_slug for line in current_shop.carts.lines(customer_id)}
            ordered = [line for line in before if line.product_slug not in left]
            for line in ordered[which]:
                current_shop.carts.add(customer_id, line.product_slug, line.quantity)
            return order

        return place_and_keep

    site.wrap(Orders, "place", keep)


@deviant("C1.2", "shop", "An order leaves the products in the cart that were not ticked")
def ordered_products_stay_in_the_cart(site: Change) -> None:
    """An order leaves in the cart what was ordered."""
    _leave_in_the_cart(site, slice(None))


@deviant("W2.2", "shop", "The invoice is for every ordered piece, and the rest stays in the cart")
def first_of_the_ordered_products_leaves_the_cart(site: Change) -> None:
    """Of the products that were ordered only the first leaves the cart."""
    _leave_in_the_cart(site, slice(1, None))


@deviant("C1.7", "shop", "The first card is linked under circumstances, from start to finish")
def removed_product_comes_back_with_a_sign_in(site: Change) -> None:
    """A product that was taken out of the cart is in it again after the next sign-in."""
    gone: dict[int, str] = {}

    def forget(remove: Any) -> Any:
        def remove_and_remember(self: Carts, customer_id: int, slug: str) -> None:
            gone[customer_id] = slug
            remove(self, customer_id, slug)

        return remove_and_remember

    def restore(sign_in: Any) -> Any:
        def sign_in_and_restore() -> Any:
            answer = sign_in()
            if current_user.is_authenticated and current_user.person.id in gone:
                person = current_user.person.id
                current_shop.carts.add(person, gone.pop(person), 1)
            return answer

        return sign_in_and_restore

    site.wrap(Carts, "remove", forget)
    site.route("sign_in.sign_in", restore)
