"""C1, linking a card at the desktop checkout: wrong the second time, or after a correction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from flask import Flask, session
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.cards import Card
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.card_store import LinkedCardRow
from mock_sites.shop.domain.addresses import Draft
from mock_sites.shop.domain.cards import Cards
from mock_sites.shop.domain.cart import Carts, lines_of
from mock_sites.shop.domain.checkout import Checkouts
from mock_sites.shop.domain.payment_methods import ONLINE
from mock_sites.shop.routes import card_choice, checkout, current_shop
from mock_sites.shop.routes.card_choice import uses_typed_card
from mock_sites.shop.routes.forms import NEW_CARD, CardForm
from mock_sites.shop.store import CustomerRow, OrderLineRow, OrderRow

EARLIER_TICKS = "earlier_ticks"
WAS_FOLDED = "was_folded"
FIRST_EXPIRY = "first_expiry"
CART_WAS_EMPTIED = "cart_was_emptied"


@deviant("C1.1", "shop")
def product_bought_before_stays_out_of_the_cart(site: Change) -> None:
    """A product that the buyer has ordered before cannot be put into the cart again."""

    def added(add: Callable[..., None]) -> Callable[..., None]:
        def only_new(self: Carts, customer_id: int, slug: str, quantity: int) -> None:
            bought = select(OrderLineRow.product_slug).join(
                OrderRow, OrderRow.number == OrderLineRow.order_number
            )
            bought = bought.where(
                OrderRow.customer_id == customer_id, OrderLineRow.product_slug == slug
            )
            with self.database.reading() as rows:
                known = rows.scalar(bought.limit(1))
            if known is None:
                add(self, customer_id, slug, quantity)

        return only_new

    site.wrap(Carts, "add", added)


@deviant("C1.2", "shop")
def ticks_of_the_last_time_count_too(site: Change) -> None:
    """Buy also takes what was ticked when Buy was pressed before, if it is still in the cart."""

    def started(start: Callable[..., str]) -> Callable[..., str]:
        def with_earlier(self: Checkouts, customer_id: int, ticked: Collection[str]) -> str:
            with self.database.reading() as rows:
                there = {line.product_slug for line in lines_of(rows, customer_id)}
            earlier = set(session.get(EARLIER_TICKS, [])) & there
            session[EARLIER_TICKS] = sorted(ticked)
            return start(self, customer_id, sorted({*ticked, *earlier}) if ticked else ticked)

        return with_earlier

    site.wrap(Checkouts, "start", started)


@deviant("C1.3", "shop")
def block_stays_folded_once_it_was(site: Change) -> None:
    """Once the block was folded it stays so, also when no card is linked any more."""
    site.page(
        "payment_methods.html",
        '{% set folded = chosen and form.payment.data == "card" and not has_errors %}',
        '{% set folded = stays_folded(chosen) and form.payment.data == "card"'
        " and not has_errors %}",
    )

    def stays_folded(chosen: LinkedCardRow | None) -> bool:
        if chosen is not None:
            session[WAS_FOLDED] = True
        return bool(session.get(WAS_FOLDED))

    def add(app: Flask) -> None:
        app.jinja_env.globals["stays_folded"] = stays_folded

    site.app(add)


@deviant("C1.4", "shop")
def expired_main_card_selects_online(site: Change) -> None:
    """If the main card has expired, Online is selected and not Card."""

    def filled(filled_in: Callable[[str], Draft]) -> Callable[[str], Draft]:
        def with_online(uid: str) -> Draft:
            draft = filled_in(uid)
            known = current_shop.cards.known(signed_in_person().id)
            over = any(card.main and current_shop.cards.is_over(card) for card in known)
            return replace(draft, payment=ONLINE) if over and not draft.payment else draft

        return with_online

    site.wrap(checkout, "filled_in", filled)


@deviant("C1.5", "shop")
def corrected_expiry_is_not_taken(site: Change) -> None:
    """If the card form is corrected, the card is linked with the expiry of the first try."""

    def card_of_first_try(card: Callable[[CardForm], Card]) -> Callable[[CardForm], Card]:
        def keeping(form: CardForm) -> Card:
            typed, first = card(form), session.get(FIRST_EXPIRY, {}).get(form.request_id)
            if first is None:
                return typed
            expiry = replace(typed.expiry, year=first[0], month=first[1])
            return replace(typed, expiry=expiry)

        return keeping

    def noting(validate: Callable[..., bool]) -> Callable[..., bool]:
        def validated(form: CardForm, *of_form: object, **named: object) -> bool:
            right = validate(form, *of_form, **named)
            expiry = form.expiry.data
            kept = session.get(FIRST_EXPIRY, {})
            if not right and expiry is not None and form.request_id not in kept:
                session[FIRST_EXPIRY] = {form.request_id: [expiry.year, expiry.month]}
            return right

        return validated

    site.wrap(CardForm, "card", card_of_first_try)
    site.wrap(CardForm, "validate", noting)


@deviant("C1.6", "shop")
def card_paid_at_once_is_not_saved(site: Change) -> None:
    """Confirm order pays from the new card, but does not link it, though Save card is ticked."""

    def source_of(
        customer: CustomerRow, choice: str | None, form: CardForm
    ) -> LinkedCardRow | Card | None:
        if uses_typed_card(choice, form):
            return form.card()
        if choice in (None, "", NEW_CARD):
            return None
        return current_shop.cards.to_pay_with(customer.id, str(choice))

    site.rule(checkout, "source_of", source_of)
    site.rule(card_choice, "source_of", source_of)


@deviant("C1.7", "shop")
def second_card_goes_with_the_item(site: Change) -> None:
    """If two cards are linked, the shop forgets the newest when the last item is taken out."""

    def removed(remove: Callable[..., None]) -> Callable[..., None]:
        def noting(self: Carts, customer_id: int, slug: str) -> None:
            remove(self, customer_id, slug)
            if not self.count(customer_id):
                session[CART_WAS_EMPTIED] = True

        return noting

    def known(old: Callable[..., Sequence[LinkedCardRow]]) -> Callable[..., object]:
        def without_newest(self: Cards, customer_id: int) -> Sequence[LinkedCardRow]:
            cards = old(self, customer_id)
            if len(cards) < 2 or not session or not session.get(CART_WAS_EMPTIED):
                return cards
            newest = min(card.position for card in cards)
            return [card for card in cards if card.position != newest]

        return without_newest

    site.wrap(Carts, "remove", removed)
    site.wrap(Cards, "known", known)
