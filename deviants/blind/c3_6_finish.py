"""C3.6: the item is bought or deleted from the cart; the card stays linked either way."""

from __future__ import annotations

from typing import Any

from flask import url_for

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.circumstances import on_the_phone
from mock_sites.shared.web.sign_in import is_signed_in, signed_in_person
from mock_sites.shared.web.web import redirect_after_post
from mock_sites.shop.domain.card_payments import CardPayments
from mock_sites.shop.domain.cards import Cards
from mock_sites.shop.routes import current_shop
from mock_sites.shop.store import PaymentMethod


def leaving(site: Change, take_out: Any) -> None:
    """Remove otherwise from the cart than the purchase's goods: ``take_out(customer, lines)``."""

    def other(old: Any) -> Any:
        def leave(uid: str) -> Any:
            customer = signed_in_person()
            take_out(customer, current_shop.checkouts.get(customer.id, uid).lines)
            return redirect_after_post(url_for("cart.cart"))

        return leave

    site.route("mobile.leave", other)


def hiding(site: Change, hidden: set[str]) -> None:
    """Show none of these cards, by their tokens."""

    def others(old: Any) -> Any:
        def known(self: Cards, customer_id: int) -> Any:
            return [card for card in old(self, customer_id) if card.token not in hidden]

        return known

    site.wrap(Cards, "known", others)


@deviant("C3.6", "shop")
def deleting_the_purchase_empties_the_cart(site: Change) -> None:
    """Deleting the purchase takes everything out of the cart."""

    def everything(customer: Any, lines: Any) -> None:
        for line in current_shop.carts.lines(customer.id):
            current_shop.carts.remove(customer.id, line.product_slug)

    leaving(site, everything)


@deviant("C3.6", "shop")
def deleting_the_purchase_leaves_its_second_product(site: Change) -> None:
    """Deleting a purchase of two products takes the first one out of the cart."""

    def first(customer: Any, lines: Any) -> None:
        for line in lines[:1]:
            current_shop.carts.remove(customer.id, line.product_slug)

    leaving(site, first)


@deviant("C3.6", "shop")
def deleting_the_purchase_leaves_two_of_three_pieces(site: Change) -> None:
    """Deleting a purchase of three pieces leaves two of them in the cart."""

    def one_piece(customer: Any, lines: Any) -> None:
        for line in lines:
            if line.quantity > 1:
                current_shop.carts.change(customer.id, line.product_slug, line.quantity - 1)
            else:
                current_shop.carts.remove(customer.id, line.product_slug)

    leaving(site, one_piece)


@deviant("C3.6", "shop")
def deleting_the_purchase_loses_the_newest_card(site: Change) -> None:
    """The card that was linked last is gone once the purchase is deleted."""
    hidden: set[str] = set()

    def noting(old: Any) -> Any:
        def leave(uid: str) -> Any:
            cards = current_shop.cards.known(signed_in_person().id)
            hidden.update(card.token for card in cards if card.position == 0)
            return old(uid)

        return leave

    hiding(site, hidden)
    site.route("mobile.leave", noting)


@deviant("C3.6", "shop")
def buying_loses_the_other_cards(site: Change) -> None:
    """After buying with one card the buyer's other cards are gone."""
    hidden: set[str] = set()

    def noting(old: Any) -> Any:
        def pay(self: CardPayments, customer: Any, uid: str, address: Any, source: Any) -> Any:
            others = current_shop.cards.known(customer.id)
            order = old(self, customer, uid, address, source)
            used = getattr(source, "token", None)
            hidden.update(card.token for card in others if used and card.token != used)
            return order

        return pay

    hiding(site, hidden)
    site.wrap(CardPayments, "pay", noting)


@deviant("C3.6", "shop")
def phone_pays_from_the_main_card(site: Change) -> None:
    """On a phone the main card pays, whichever was chosen."""

    def main(old: Any) -> Any:
        def to_pay_with(self: Cards, customer_id: int, token: str) -> Any:
            first = self.usable(self.known(customer_id))[0].token if on_the_phone() else token
            return old(self, customer_id, first)

        return to_pay_with

    site.wrap(Cards, "to_pay_with", main)


@deviant("C3.6", "shop")
def deleting_the_purchase_orders_it(site: Change) -> None:
    """Deleting a purchase whose address is filled in leaves an order to be paid in cash."""

    def ordering(old: Any) -> Any:
        def leave(uid: str) -> Any:
            customer = signed_in_person()
            address = current_shop.addresses.draft(customer, uid).address()
            current_shop.buy(customer, uid, address, PaymentMethod.CASH_ON_DELIVERY)
            return redirect_after_post(url_for("cart.cart"))

        return leave

    site.route("mobile.leave", ordering)


@deviant("C3.6", "shop")
def deleted_purchase_is_back_in_the_cart(site: Change) -> None:
    """A purchase that was deleted lies in the cart again after the buyer signs in anew."""
    gone: dict[int, list[tuple[str, int]]] = {}

    def noting(old: Any) -> Any:
        def leave(uid: str) -> Any:
            customer = signed_in_person()
            lines = current_shop.checkouts.get(customer.id, uid).lines
            gone[customer.id] = [(line.product_slug, line.quantity) for line in lines]
            return old(uid)

        return leave

    def restoring(old: Any) -> Any:
        def sign_out() -> Any:
            customer = signed_in_person().id if is_signed_in() else 0
            for slug, quantity in gone.pop(customer, []):
                current_shop.carts.add(customer, slug, quantity)
            return old()

        return sign_out

    site.route("mobile.leave", noting)
    site.route("sign_in.sign_out", restoring)
