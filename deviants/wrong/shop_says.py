"""What the shop says of a purchase, an order or a card, and is not so."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from flask_login import current_user

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.money import Money
from mock_sites.shared.web.web import money_words
from mock_sites.shop.domain import cards as shop_cards
from mock_sites.shop.domain.orders import order_of
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.routes import orders
from mock_sites.shop.store import CheckoutRow, OrderState

ALL_PIECES = "Two ticked products go to the checkout with all their pieces"
COUNTED = "<small>{{ line.quantity }} × {{ line.price | money }}</small>"
PROFILE_OF_FINAL_LINKS = "After a day the shop shows no card as being checked"


@deviant("C1.2", "shop", ALL_PIECES)
def checkout_counts_one_piece(site: Change) -> None:
    """Beside the price of all pieces the checkout says that there is one."""
    site.page("checkout.html", COUNTED, COUNTED.replace("{{ line.quantity }}", "1"))


@deviant("C1.2", "shop", ALL_PIECES)
def checkout_does_not_count_pieces(site: Change) -> None:
    """The checkout says neither how many pieces there are nor what they cost together."""
    line = "{{ line.total | money }}"
    site.page("checkout.html", COUNTED)
    site.page("checkout.html", line, "{{ line.price | money }}")


@deviant("W2.1", "shop", "Several products are ordered together")
def checkout_leaves_the_last_product_out_of_the_sum(site: Change) -> None:
    """The checkout lists every product, and leaves the last one out of its sum."""
    site.app(lambda app: app.add_template_filter(_without_last, "without_last"))
    site.page("checkout.html", "{{ checkout.total | money }}", "{{ checkout | without_last }}")


def _without_last(checkout: CheckoutRow) -> str:
    total, last = checkout.total, checkout.lines[-1].total
    return money_words(Money(total.minor - last.minor, total.currency))


@deviant("C1.3", "shop", "The payment block is open if the only card has expired")
def expired_card_comes_without_advice(site: Change) -> None:
    """A card that has expired cannot be chosen, and the shop does not say why."""
    words = "An expired card cannot be used to pay. Update its expiry in your payment system"
    site.page("card_words.html", f'{{{{ _("{words} account or add another card.") }}}}')


@deviant("C1.5", "shop", "The expiry of the linked card is the one that was entered")
def linked_card_is_valid_a_month_longer(site: Change) -> None:
    """The shop says that a linked card is valid until the month after its last one."""

    def later(linked: Any) -> Any:
        def linked_later(*of_card: Any) -> Any:
            row = linked(*of_card)
            row.expiry_month = row.expiry_month % 12 + 1
            return row

        return linked_later

    site.wrap(shop_cards, "linked_card_row", later)


@deviant("C2.1", "shop", "A link beside an expired card does not skip the notice")
def advice_leads_straight_to_the_vault(site: Change) -> None:
    """The link beside an expired card leads to the vault without the notice."""
    link = "{{ url_for('profile.leaving') }}"
    site.page("card_words.html", link, "{{ config.VAULT_URL }}/")


@deviant("C2.1", "shop", "A buyer who stays is still in the shop")
def staying_leads_to_the_vault(site: Change) -> None:
    """Stay in the shop leads to the vault as well."""
    stay = "{{ url_for('profile.profile') }}"
    site.page("leaving.html", stay, "{{ vault_url }}/")


@deviant("C2.6", "shop", PROFILE_OF_FINAL_LINKS)
def final_links_are_hidden(site: Change) -> None:
    """The profile hides a card once its link is final."""
    site.page("profile.html", "<li>", "<li{% if not card.being_checked %} hidden{% endif %}>")


@deviant("C2.6", "shop", PROFILE_OF_FINAL_LINKS)
def cards_are_being_checked_for_ever(site: Change) -> None:
    """The profile says of every card that it is being checked."""
    state = '_("Being checked") if card.being_checked else _("Linked")'
    site.page("profile.html", state, '_("Being checked")')


@deviant("C3.1", "shop", "The address of the form shows no form once the cart is empty")
def form_without_done_opens_with_an_empty_cart(site: Change) -> None:
    """With an empty cart the form for a card opens on the phone, only without Done."""
    site.rule(Shop, "check_cart", lambda self, customer: None)
    done = '<button>{{ _("Done") }}</button>'
    site.page("mobile/card.html", done, f"{{% if pieces_in_cart() %}}{done}{{% endif %}}")


@deviant("C3.4", "shop", "Add new card opens an empty form although cards are linked")
def form_on_the_phone_knows_the_holder(site: Change) -> None:
    """On the phone the form for a new card has the buyer's name already."""
    site.app(lambda app: app.add_template_global(_own_name, "own_name"))
    holder = 'autocomplete="cc-name", dir="auto"'
    filled = '**({"value": own_name()} if request.endpoint == "mobile.card" else {})'
    site.page("card_form.html", holder, f"{holder}, {filled}")


def _own_name() -> str:
    name: str = current_user.person.name
    return name


@deviant("W2.6", "shop", "Returning to the shop without paying leaves the order unpaid")
def return_address_is_a_path(site: Change) -> None:
    """The shop tells the wallet only the path of the page to which the buyer returns."""

    def with_path(pay_url: str, address: str) -> str:
        return f"{pay_url}&successUrl={quote(urlsplit(address).path, safe='')}"

    site.rule(orders, "returning_to", with_path)


@deviant("W2.6", "shop", "A paid order keeps its payment, or the buyer gets the money back")
def paid_order_is_cancelled_without_a_refund(site: Change) -> None:
    """A paid order can be cancelled, and the shop keeps the money."""
    allowed = "{% if order.can_be_cancelled %}"
    site.page("order_state.html", allowed, "{% if order.can_be_cancelled or order.payment %}")
    paid = "{% if order.payment %}<dt>"
    site.page("order_state.html", paid, '{% if order.payment and order.state == "PAID" %}<dt>')

    def or_keep_the_money(cancel: Any) -> Any:
        def cancel_any(self: Shop, customer_id: int, uid: str) -> None:
            if self.orders.get(customer_id, uid).payment is None:
                cancel(self, customer_id, uid)
                return
            with self.orders.database.transaction() as session:
                order_of(session, uid).state = OrderState.CANCELLED

        return cancel_any

    site.wrap(Shop, "cancel", or_keep_the_money)


@deviant("W2.1", "shop", "Without a payment method there is no order")
def question_how_to_pay_has_no_error(site: Change) -> None:
    """If no payment method is chosen, nothing beside the question says so."""
    described = ' aria-describedby="{{ field.id }}-error"'
    site.page("payment_methods.html", described)


@deviant(
    "W2.1", "shop", "Without an address there is no order, and the payment method stays chosen"
)
def wrong_fields_are_called_right(site: Change) -> None:
    """A field that is wrong is marked as valid."""
    site.page("forms.html", 'aria_invalid="true"', 'aria_invalid="false"')


@deviant("C3.4", "shop", "A linked card comes before Add new card")
def list_names_a_card_by_its_brand(site: Change) -> None:
    """The list on the phone names a linked card by its brand alone."""
    site.page("mobile/payment.html", "{{ words_of.named(card) }}", "{{ card.brand }}")
