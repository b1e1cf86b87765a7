"""C3, linking a card in the mobile version: wrong with more in the cart, or in another tab."""

from __future__ import annotations

from collections.abc import Callable

from flask import request, session
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop.card_store import DraftRow
from mock_sites.shop.domain.address import Address
from mock_sites.shop.domain.addresses import Addresses, Draft
from mock_sites.shop.domain.cart import Carts
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.routes.device import is_mobile
from mock_sites.shop.routes.forms import CardForm
from mock_sites.shop.store import CartLineRow, CheckoutRow, CustomerRow

NOT_SAVED = "card_was_not_saved"
CARD_OF_LIST = "  {% for card in cards %}\n  <li"


@deviant("C3.1", "shop")
def open_card_form_links_with_an_empty_cart(site: Change) -> None:
    """A card form that was open already links the card, though the cart is empty by now."""

    def checked(check_cart: Callable[..., None]) -> Callable[..., None]:
        def only_pages(self: Shop, customer: CustomerRow) -> None:
            if request.endpoint != "mobile.done":
                check_cart(self, customer)

        return only_pages

    site.wrap(Shop, "check_cart", checked)


@deviant("C3.2", "shop")
def third_product_is_bought_without_a_tick(site: Change) -> None:
    """With three products or more in the cart the last one is bought too, ticked or not."""
    site.page(
        "mobile/cart.html",
        '  <button>{{ _("Pay") }}</button>',
        '  {% if lines | length > 2 %}<input type="hidden" name="ticked"'
        ' value="{{ (lines | last).product_slug }}">{% endif %}\n'
        '  <button>{{ _("Pay") }}</button>',
    )


@deviant("C3.3", "shop")
def address_of_another_tab_is_taken(site: Change) -> None:
    """The address chosen for one purchase becomes that of all purchases that are open."""

    def kept(keep_draft: Callable[..., None]) -> Callable[..., None]:
        def everywhere(self: Addresses, checkout_uid: str, draft: Draft) -> None:
            keep_draft(self, checkout_uid, draft)
            with self.database.transaction() as rows:
                customer = rows.get_one(CheckoutRow, checkout_uid).customer_id
                others = select(DraftRow).join(
                    CheckoutRow, CheckoutRow.uid == DraftRow.checkout_uid
                )
                for other in rows.scalars(others.where(CheckoutRow.customer_id == customer)):
                    for name in Address.__dataclass_fields__:
                        setattr(other, name, getattr(draft, name))

        return everywhere

    site.wrap(Addresses, "keep_draft", kept)


@deviant("C3.4", "shop")
def expired_cards_come_after_add_new_card(site: Change) -> None:
    """Cards that have expired stand below Add new card."""
    site.page(
        "mobile/payment.html",
        CARD_OF_LIST,
        CARD_OF_LIST.replace("in cards %}", "in cards if card is not expired %}"),
    )
    site.page(
        "mobile/payment.html",
        "  {% for value, payment_method in other_methods.items() %}",
        "  {% for card in cards if card is expired %}\n"
        '  <li role="none"><label class="choice"><input form="pay" type="radio" name="means"'
        ' value="{{ card.token }}" disabled><span>{{ words_of.named(card) }}'
        " {{ words_of.facts(card) }}</span></label></li>\n  {% endfor %}\n"
        "  {% for value, payment_method in other_methods.items() %}",
    )


@deviant("C3.5", "shop")
def save_card_stays_off_once_it_was(site: Change) -> None:
    """Once a card was sent with Save card off, the next one is not saved either."""

    def validated(validate: Callable[..., bool]) -> Callable[..., bool]:
        def remembering(form: CardForm, *of_form: object, **named: object) -> bool:
            right = validate(form, *of_form, **named)
            if is_mobile() and not form.save_card.data:
                session[NOT_SAVED] = True
            elif is_mobile() and session.get(NOT_SAVED):
                form.save_card.data = False
            return right

        return remembering

    site.wrap(CardForm, "validate", validated)


@deviant("C3.6", "shop")
def leaving_takes_out_one_piece(site: Change) -> None:
    """Remove from the cart, on the page of payment, takes out one piece of three."""

    def removed(remove: Callable[..., None]) -> Callable[..., None]:
        def one_piece(self: Carts, customer_id: int, slug: str) -> None:
            with self.database.transaction() as rows:
                line = rows.get(CartLineRow, (customer_id, slug))
                if request.endpoint == "mobile.leave" and line is not None and line.quantity > 1:
                    line.quantity -= 1
                    return
            remove(self, customer_id, slug)

        return one_piece

    site.wrap(Carts, "remove", removed)
