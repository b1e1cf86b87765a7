"""C3.5: all card data, Save card switched on, and Done link the card."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import uuid4

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.circumstances import is_ascii_typed, on_the_phone
from mock_sites.shared.values.cards import Card
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shared.web.web import redirect_after_post
from mock_sites.shop.clients.vault import VaultClient
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.domain.vault import VaultError
from mock_sites.shop.routes import current_shop
from mock_sites.shop.routes.checkout import page_of_order
from mock_sites.shop.routes.forms import CardForm
from mock_sites.shop.store import PaymentMethod

PAGE = "mobile/card.html"
SWITCH = "{% if card_form.save_card.data %} checked{% endif %}"
ANY_CODE = "000"


def with_rule(site: Change, field: str, change: Any) -> None:
    """Give a field of the card form another rule on the phone: ``change(old rule)``."""

    def ruled(old: Any) -> Any:
        def init(self: CardForm, *rest: Any, **more: Any) -> None:
            old(self, *rest, **more)
            if on_the_phone():
                self[field].rule = change(self[field].rule)

        return init

    site.wrap(CardForm, "__init__", ruled)


def linking(site: Change, change: Any) -> None:
    """On a phone link another card than the one typed: ``change(customer, card)``."""

    def other(old: Any) -> Any:
        def link_card(self: Shop, customer: Any, request_id: str, card: Card) -> Any:
            sent = change(customer, card) if on_the_phone() else card
            return old(self, customer, request_id, sent)

        return link_card

    site.wrap(Shop, "link_card", other)


@deviant("C3.5", "shop")
def switch_is_off_after_a_mistake(site: Change) -> None:
    """After a mistake in the card Save card is switched off, and Done pays at once."""
    off = "{% if card_form.save_card.data and not card_form.errors %} checked{% endif %}"
    site.page(PAGE, SWITCH, off)


@deviant("C3.5", "shop")
def switch_is_on_unasked(site: Change) -> None:
    """Save card is switched on from the beginning."""
    on = "{% if card_form.save_card.data or not card_form.errors %} checked{% endif %}"
    site.page(PAGE, SWITCH, on)


@deviant("C3.5", "shop")
def second_card_is_not_linked_on_a_phone(site: Change) -> None:
    """On a phone a second card is said to be linked, and is not."""

    def first_only(old: Any) -> Any:
        def link_card(self: Shop, customer: Any, request_id: str, card: Card) -> Any:
            if on_the_phone() and self.cards.known(customer.id):
                return None
            return old(self, customer, request_id, card)

        return link_card

    site.wrap(Shop, "link_card", first_only)


@deviant("C3.5", "shop")
def holder_is_the_buyer_on_a_phone(site: Change) -> None:
    """On a phone the card is linked in the buyer's name, whichever holder was entered."""
    linking(site, lambda customer, card: replace(card, holder=customer.name))


@deviant("C3.5", "shop")
def expiry_in_arabic_digits_is_refused(site: Change) -> None:
    """On a phone an expiry in Arabic digits is refused."""

    def ascii_only(old: Any) -> Any:
        def rule(text: str) -> Any:
            if not is_ascii_typed(text):
                raise Refusal("expiry.unreadable", "expiry")
            return old(text)

        return rule

    with_rule(site, "expiry", ascii_only)


@deviant("C3.5", "shop")
def security_code_may_be_missing_on_a_phone(site: Change) -> None:
    """On a phone a card is linked without its security code."""
    with_rule(
        site,
        "security_code",
        lambda old: lambda text: old(text) if text.strip() else ANY_CODE,
    )


@deviant("C3.5", "shop")
def unsaved_card_is_linked_after_it_has_paid(site: Change) -> None:
    """A card that was not to be saved is linked once it has paid."""

    def keeping(old: Any) -> Any:
        def pay(self: VaultClient, order: Any, phone: str, source: Any) -> None:
            old(self, order, phone, source)
            if isinstance(source, Card):
                with suppress(Refusal, VaultError):
                    self.link(str(uuid4()), phone, source)

        return pay

    site.wrap(VaultClient, "pay", keeping)


@deviant("C3.5", "shop")
def done_buys_with_the_second_card(site: Change) -> None:
    """Done links a second card, and buys the goods with it at once."""

    def buying(old: Any) -> Any:
        def done(uid: str) -> Any:
            customer = signed_in_person()
            before = {card.token for card in current_shop.cards.known(customer.id)}
            answer = old(uid)
            new = [c for c in current_shop.cards.known(customer.id) if c.token not in before]
            if not before or not new:
                return answer
            address = current_shop.addresses.draft(customer, uid).address()
            order = current_shop.buy(customer, uid, address, PaymentMethod.CARD, new[0])
            return redirect_after_post(page_of_order(order))

        return done

    site.route("mobile.done", buying)


@deviant("C3.5", "shop")
def month_of_the_expiry_is_lost_on_a_phone(site: Change) -> None:
    """On a phone the card is linked with January for the month of its expiry."""
    linking(site, lambda customer, card: replace(card, expiry=replace(card.expiry, month=1)))
