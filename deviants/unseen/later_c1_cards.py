"""C1.5 to C1.7: the card form, and leaving; a second collection."""

from __future__ import annotations

from typing import Any

from flask import has_request_context, request, session
from flask_login import current_user

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.unseen.later_c1 import BLOCK, TICKED, page_function
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.domain.address import Address
from mock_sites.shop.domain.cards import Cards
from mock_sites.shop.domain.orders import CheckoutChanged
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.routes import current_shop
from mock_sites.shop.routes.device import is_mobile
from mock_sites.shop.store import CustomerRow, OrderRow, PaymentMethod


@deviant("C1.5", "shop")
def card_after_a_refused_one_is_not_linked(site: Change) -> None:
    """The card that is confirmed after a refused one is said to be linked, and is not."""
    refused: set[int] = set()

    def forgetting(old: Any) -> Any:
        def link(self: Cards, customer: CustomerRow, request_id: str, card: Any) -> Any:
            if customer.id in refused and not is_mobile():
                refused.discard(customer.id)
                return None
            try:
                return old(self, customer, request_id, card)
            except Refusal:
                refused.add(customer.id)
                raise

        return link

    site.wrap(Cards, "link", forgetting)


@deviant("C1.5", "shop")
def holder_is_taken_from_the_account(site: Change) -> None:
    """The desktop's card form asks for three values: the holder is the person of the account."""
    row = '{{ forms.row(form.card_holder, focus=focus, autocomplete="cc-name", dir="auto") }}'
    hidden = '<input type="hidden" name="card_holder" value="{{ name_of_account() }}">'
    page_function(site, "name_of_account", lambda: signed_in_person().name)
    on_phone = '{% if request.blueprint == "mobile" %}'
    site.page("card_form.html", row, f"{on_phone}{row}{{% else %}}{hidden}{{% endif %}}")


@deviant("C1.5", "shop")
def tick_means_nothing_after_a_mistyped_card(site: Change) -> None:
    """After a mistake in the card Save card is shown ticked, but Confirm pays and links nothing."""
    other = "{{ 'save_card_again' if card_form.errors else card_form.save_card.name }}"
    site.page(BLOCK, "{{ card_form.save_card.name }}", other)


@deviant("C1.6", "shop")
def second_look_hides_the_form_behind_add_card(site: Change) -> None:
    """Without a linked card, a checkout that is opened again shows Add card and no form."""

    def seen_before(uid: str) -> bool:
        if request.method != "GET" or "card" in request.args:
            return False
        seen = session.get("seen", [])
        session["seen"] = [*seen[-20:], uid]
        return uid in seen

    page_function(site, "seen_before", seen_before)
    instead = "{% if chosen or (not cards and seen_before(checkout.uid)) %}\n      <p>"
    site.page(BLOCK, "{% if chosen %}\n      <p>", instead)


@deviant("C1.6", "shop")
def first_checkout_ticks_no_method(site: Change) -> None:
    """Without a linked card no payment method is ticked when the checkout opens."""
    first = 'choice == "card" and not cards and request.method == "GET"'
    site.page(BLOCK, TICKED, f"{{% if field.data == choice and not ({first}) %}} checked")


@deviant("C1.6", "shop")
def asking_for_another_method_first_removes_the_form(site: Change) -> None:
    """Without a linked card the form is missing, under Card too, after Online was asked for."""
    form = '      <fieldset class="new-card">'
    instead = '{% elif cards or form.payment.data == "card" %}'
    site.page(BLOCK, f"{{% else %}}\n{form}", f"{instead}\n{form}")


@deviant("C1.7", "shop")
def given_up_purchase_is_a_cancelled_order(site: Change) -> None:
    """Taking the item out after linking a card leaves a cancelled order among the orders."""

    def noting(old: Any) -> Any:
        def link(self: Shop, customer: CustomerRow, request_id: str, card: Any) -> Any:
            token = old(self, customer, request_id, card)
            if request.endpoint == "checkout.send":
                session["linked_in"] = (request.view_args or {})["uid"]
            return token

        return link

    def cancelling(old: Any) -> Any:
        def remove(slug: str) -> Any:
            uid = session.get("linked_in")
            if uid is not None and not is_mobile():
                _order_and_cancel(uid, slug)
            return old(slug)

        return remove

    site.wrap(Shop, "link_card", noting)
    site.route("cart.remove", cancelling)


def _order_and_cancel(uid: str, slug: str) -> None:
    """Make an order of a checkout with that product and cancel it; the rest stays in the cart."""
    customer = signed_in_person()
    found = current_shop.checkouts.get(customer.id, uid)
    if found.order is not None or slug not in [line.product_slug for line in found.lines]:
        return
    order = _order_of(customer, uid)
    if order is None:
        return
    current_shop.orders.cancel_unbilled(order.uid)
    for line in order.lines:
        if line.product_slug != slug:
            current_shop.carts.add(customer.id, line.product_slug, line.quantity)


def _order_of(customer: CustomerRow, uid: str) -> OrderRow | None:
    address = Address(customer.name, customer.phone, "-", "-", "000000")
    cash = PaymentMethod.CASH_ON_DELIVERY
    try:
        return current_shop.orders.place(customer.id, uid, address, cash)
    except CheckoutChanged:
        return None


@deviant("C1.7", "shop")
def linked_card_lasts_until_signing_out(site: Change) -> None:
    """A card that was linked and bought nothing is known only in the session that linked it."""
    linked_by: dict[str | None, str] = {}

    def noting(old: Any) -> Any:
        def link(self: Cards, customer: CustomerRow, request_id: str, card: Any) -> Any:
            token = old(self, customer, request_id, card)
            if request.endpoint == "checkout.send":
                linked_by[token] = current_user.id
            return token

        return link

    def keeping(old: Any) -> Any:
        def buy(self: Shop, customer: CustomerRow, *facts: Any) -> Any:
            order = old(self, customer, *facts)
            for card in self.cards.known(customer.id):
                linked_by.pop(card.token, None)
            return order

        return buy

    def hiding(old: Any) -> Any:
        def known(self: Cards, customer_id: int) -> Any:
            cards = old(self, customer_id)
            if not has_request_context() or not current_user.is_authenticated:
                return cards
            here = current_user.id
            return [card for card in cards if linked_by.get(card.token, here) == here]

        return known

    site.wrap(Cards, "link", noting)
    site.wrap(Shop, "buy", keeping)
    site.wrap(Cards, "known", hiding)
