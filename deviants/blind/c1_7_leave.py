"""C1.7: who buys nothing takes the item out of the cart; the card stays, and no order exists."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shop.domain import orders
from mock_sites.shop.domain.card_payments import CardPayments
from mock_sites.shop.domain.cards import Cards
from mock_sites.shop.domain.cart import Carts
from mock_sites.shop.routes import current_shop
from mock_sites.shop.store import CartLineRow

LINK_BUTTON = '<button class="second" name="press" value="confirm-card">'


def empty_cart(carts: Carts, customer_id: int) -> None:
    """Take everything out of a customer's cart."""
    with carts.database.transaction() as session:
        session.execute(delete(CartLineRow).where(CartLineRow.customer_id == customer_id))


@deviant("C1.7", "shop")
def remove_empties_the_whole_cart(site: Change) -> None:
    """Remove takes every product out of the cart, and not only its own."""
    site.rule(Carts, "remove", lambda self, customer_id, slug: empty_cart(self, customer_id))


@deviant("C1.7", "shop")
def remove_takes_one_piece(site: Change) -> None:
    """Remove takes one piece of three, and the other two stay in the cart."""

    def one_piece(old: Any) -> Any:
        def remove(self: Carts, customer_id: int, slug: str) -> None:
            pieces = {line.product_slug: line.quantity for line in self.lines(customer_id)}
            if pieces.get(slug, 1) > 1:
                self.change(customer_id, slug, pieces[slug] - 1)
            else:
                old(self, customer_id, slug)

        return remove

    site.wrap(Carts, "remove", one_piece)


@deviant("C1.7", "shop")
def remove_takes_the_product_added_last(site: Change) -> None:
    """Remove takes the product that was added last, whichever it stands beside."""

    def last(old: Any) -> Any:
        def remove(self: Carts, customer_id: int, slug: str) -> None:
            lines = self.lines(customer_id)
            old(self, customer_id, lines[-1].product_slug if lines else slug)

        return remove

    site.wrap(Carts, "remove", last)


@deviant("C1.7", "shop")
def cards_are_gone_with_an_empty_cart(site: Change) -> None:
    """With an empty cart the shop shows no linked card."""

    def only_with_goods(old: Any) -> Any:
        def known(self: Cards, customer_id: int) -> Any:
            return old(self, customer_id) if current_shop.carts.count(customer_id) else []

        return known

    site.wrap(Cards, "known", only_with_goods)


@deviant("C1.7", "shop")
def refused_card_empties_the_cart(site: Change) -> None:
    """When a card is refused nothing is ordered, and the cart is empty all the same."""

    def emptying(old: Any) -> Any:
        def pay(self: CardPayments, customer: Any, *rest: Any) -> Any:
            try:
                return old(self, customer, *rest)
            except Refusal:
                empty_cart(current_shop.carts, customer.id)
                raise

        return pay

    site.wrap(CardPayments, "pay", emptying)


@deviant("C1.7", "shop")
def linking_a_card_buys_the_goods(site: Change) -> None:
    """Confirm in the card form links the card, and orders the goods with it."""
    site.page("payment_methods.html", LINK_BUTTON, LINK_BUTTON.replace(' value="confirm-card"', ""))


@deviant("C1.7", "shop")
def product_taken_out_is_bought_all_the_same(site: Change) -> None:
    """A product that was taken out of the cart is still bought by a checkout left open."""

    def putting_back(old: Any) -> Any:
        def bring_up_to_date(session: Any, checkout: Any) -> Any:
            for line in checkout.lines:
                key = (checkout.customer_id, line.product_slug)
                if session.get(CartLineRow, key) is None:
                    back = CartLineRow(customer_id=key[0], product_slug=key[1])
                    back.quantity, back.added_at = line.quantity, checkout.started_at
                    session.add(back)
                    session.flush()
            return old(session, checkout)

        return bring_up_to_date

    site.wrap(orders, "bring_up_to_date", putting_back)


@deviant("C1.7", "shop")
def product_taken_out_comes_back(site: Change) -> None:
    """A product that was taken out of the cart is there again once another one is added."""
    taken: dict[int, set[str]] = {}

    def noting(old: Any) -> Any:
        def remove(self: Carts, customer_id: int, slug: str) -> None:
            taken.setdefault(customer_id, set()).add(slug)
            old(self, customer_id, slug)

        return remove

    def restoring(old: Any) -> Any:
        def add(self: Carts, customer_id: int, slug: str, quantity: int) -> None:
            for lost in taken.pop(customer_id, set()) - {slug}:
                old(self, customer_id, lost, 1)
            old(self, customer_id, slug, quantity)

        return add

    site.wrap(Carts, "remove", noting)
    site.wrap(Carts, "add", restoring)
