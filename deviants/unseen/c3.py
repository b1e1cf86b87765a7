"""C3: linking a card in the mobile version."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from flask import Flask, has_request_context, request, session
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.cards import parse_card_number
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.card_store import DraftRow
from mock_sites.shop.clients.vault import VaultClient
from mock_sites.shop.domain.addresses import Addresses, Draft
from mock_sites.shop.domain.cart import Carts
from mock_sites.shop.domain.checkout import Checkouts
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.routes import current_shop
from mock_sites.shop.routes.device import is_mobile
from mock_sites.shop.routes.forms import CardForm
from mock_sites.shop.routes.mobile import ADDRESS_FIELDS
from mock_sites.shop.store import CheckoutRow, PaymentMethod

PAYMENT = "mobile/payment.html"
MOST_TICKED = 3
DIGITS = 16


def on_phone() -> bool:
    """Whether a page of the mobile version is asked for."""
    return has_request_context() and is_mobile()


def this_checkout() -> str:
    """The uid of the purchase whose page is asked for; empty on any other page."""
    return str((request.view_args or {}).get("uid", "")) if has_request_context() else ""


@deviant("C3.1", "shop")
def empty_cart_links_a_second_card(site: Change) -> None:
    """A buyer with a linked card can link another one with an empty cart."""

    def lenient(old: Any) -> Any:
        def check_cart(self: Shop, customer: Any) -> None:
            if not (on_phone() and self.cards.known(customer.id)):
                old(self, customer)

        return check_cart

    site.wrap(Shop, "check_cart", lenient)


@deviant("C3.1", "shop")
def purchase_given_up_still_links_a_card(site: Change) -> None:
    """Back from Remove from the cart, the card form of that purchase links with an empty cart."""
    given_up: set[str] = set()

    def noting(old: Any) -> Any:
        def leave(uid: str) -> Any:
            given_up.add(uid)
            return old(uid)

        return leave

    def lenient(old: Any) -> Any:
        def check_cart(self: Shop, customer: Any) -> None:
            if this_checkout() not in given_up:
                old(self, customer)

        return check_cart

    site.route("mobile.leave", noting)
    site.wrap(Shop, "check_cart", lenient)


@deviant("C3.2", "shop")
def pay_without_a_tick_buys_what_was_ticked_before(site: Change) -> None:
    """Pay with nothing ticked goes on with what was ticked the last time."""

    def remembering(old: Any) -> Any:
        def start(self: Checkouts, customer_id: int, ticked: Collection[str]) -> Any:
            if not on_phone():
                return old(self, customer_id, ticked)
            there = {line.product_slug for line in current_shop.carts.lines(customer_id)}
            before = [slug for slug in session.get("last_ticked", []) if slug in there]
            chosen = list(ticked) or before
            uid = old(self, customer_id, chosen)
            session["last_ticked"] = chosen
            return uid

        return start

    site.wrap(Checkouts, "start", remembering)


@deviant("C3.2", "shop")
def pay_takes_three_of_the_ticked_items(site: Change) -> None:
    """Of more than three items that are ticked the first three are bought."""

    def limited(old: Any) -> Any:
        def start(self: Checkouts, customer_id: int, ticked: Collection[str]) -> Any:
            taken = list(ticked)[:MOST_TICKED] if on_phone() else ticked
            return old(self, customer_id, taken)

        return start

    site.wrap(Checkouts, "start", limited)


@deviant("C3.3", "shop")
def edited_address_is_not_the_one_taken(site: Change) -> None:
    """A kept address that is edited in the window is used as it was before."""

    def keeping(old: Any) -> Any:
        def remember(self: Addresses, customer_id: int, address: Any) -> Any:
            began_with = request.args.get("address", "") if has_request_context() else ""
            if this_checkout() and on_phone() and began_with.isdigit():
                return self.get(customer_id, began_with)
            return old(self, customer_id, address)

        return remember

    site.wrap(Addresses, "remember", keeping)


@deviant("C3.3", "shop")
def address_is_taken_for_every_open_purchase(site: Change) -> None:
    """The address chosen in one window replaces the one chosen in another window before."""

    def spreading(old: Any) -> Any:
        def keep_draft(self: Addresses, uid: str, draft: Draft) -> None:
            old(self, uid, draft)
            if not (has_request_context() and request.endpoint == "mobile.take_address"):
                return
            own = CheckoutRow.customer_id == signed_in_person().id
            others = select(DraftRow).join(CheckoutRow).where(own, DraftRow.checkout_uid != uid)
            with self.database.transaction() as rows:
                for other in rows.scalars(others):
                    for name in ADDRESS_FIELDS:
                        setattr(other, name, getattr(draft, name))

        return keep_draft

    site.wrap(Addresses, "keep_draft", spreading)


@deviant("C3.4", "shop")
def expired_card_stands_below_add_new_card(site: Change) -> None:
    """An earlier card that has expired comes after Add new card."""
    each, add = "{% for card in cards %}", '{{ _("Add new card") }}</a></li>'
    expired = (
        "{% for card in cards if card is expired %}"
        '<li role="none"><label class="choice"><input form="pay" type="radio" name="means"'
        ' value="{{ card.token }}" disabled>'
        "<span>{{ words_of.named(card) }} {{ words_of.facts(card) }}</span></label></li>"
        "{% endfor %}"
    )
    site.page(PAYMENT, each, "{% for card in cards if card is not expired %}")
    site.page(PAYMENT, add, add + expired)


@deviant("C3.4", "shop")
def wallet_used_last_stands_above_add_new_card(site: Change) -> None:
    """Without a card, the wallet is the first entry for who ordered with it the last time."""

    def wallet_first() -> bool:
        customer_id = signed_in_person().id
        orders = current_shop.orders.of_customer(customer_id)
        used = bool(orders) and orders[0].payment_method == PaymentMethod.QIWI_WALLET
        return used and not current_shop.cards.known(customer_id)

    def add_global(app: Flask) -> None:
        app.jinja_env.globals["wallet_first"] = wallet_first

    site.app(add_global)
    each, others = "{% for card in cards %}", "in other_methods.items() %}"
    wallet = (
        '{% if wallet_first() %}<li role="none"><label class="choice"><input form="pay"'
        ' type="radio" name="means" value="QIWI_WALLET"'
        '{% if chosen == "QIWI_WALLET" %} checked{% endif %}>'
        '<span>{{ wording.PAYMENT_METHODS["QIWI_WALLET"] }}</span></label></li>{% endif %}'
    )
    site.page(PAYMENT, each, wallet + each)
    site.page(PAYMENT, others, f'{others[:-3]} if value != "QIWI_WALLET" or not wallet_first() %}}')


@deviant("C3.5", "shop")
def purchase_links_one_card_at_most(site: Change) -> None:
    """After a card that was refused or linked, no other one can be linked in this purchase."""

    def of_purchase(self: CardForm) -> str:
        # The key that makes a request happen once is the purchase's, not the form's.
        uid = this_checkout()
        if uid and on_phone():
            return str(uuid5(NAMESPACE_URL, uid))
        return str(self.linking.data or uuid4())

    site.rule(CardForm, "request_id", property(of_purchase))


@deviant("C3.5", "shop")
def number_typed_in_groups_is_refused(site: Change) -> None:
    """A number typed in groups, as it is printed on the card, is cut off and refused."""

    def cutting(old: Any) -> Any:
        def init(self: CardForm, *args: Any, **kwargs: Any) -> None:
            old(self, *args, **kwargs)
            if on_phone():
                self.card_number.rule = lambda text: parse_card_number(text[:DIGITS])

        return init

    site.wrap(CardForm, "__init__", cutting)


@deviant("C3.6", "shop")
def card_is_dropped_by_an_order_paid_otherwise(site: Change) -> None:
    """A card linked in a purchase that is then paid in another way does not stay linked."""
    linked: dict[str, str] = {}
    gone: set[str] = set()

    def noting(old: Any) -> Any:
        def link_card(self: Shop, customer: Any, request_id: str, card: Any) -> Any:
            token = old(self, customer, request_id, card)
            if token and this_checkout() and on_phone():
                linked[this_checkout()] = token
            return token

        return link_card

    def dropping(old: Any) -> Any:
        def buy(
            self: Shop, customer: Any, uid: str, address: Any, method: Any, source: Any = None
        ) -> Any:
            order = old(self, customer, uid, address, method, source)
            if method != PaymentMethod.CARD and uid in linked:
                gone.add(linked[uid])
            return order

        return buy

    def hiding(old: Any) -> Any:
        def cards(self: VaultClient, phone: str) -> Any:
            return [card for card in old(self, phone) if card.token not in gone]

        return cards

    site.wrap(Shop, "link_card", noting)
    site.wrap(Shop, "buy", dropping)
    site.wrap(VaultClient, "cards", hiding)


@deviant("C3.6", "shop")
def remove_takes_one_piece_out(site: Change) -> None:
    """Remove from the cart takes one piece of each item out; the others stay in the cart."""

    def one_by_one(old: Any) -> Any:
        def remove(self: Carts, customer_id: int, slug: str) -> None:
            pieces = {line.product_slug: line.quantity for line in self.lines(customer_id)}
            leaving = has_request_context() and request.endpoint == "mobile.leave"
            if leaving and pieces.get(slug, 0) > 1:
                self.change(customer_id, slug, pieces[slug] - 1)
            else:
                old(self, customer_id, slug)

        return remove

    site.wrap(Carts, "remove", one_by_one)
