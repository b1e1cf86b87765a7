"""C3: linking a card in the mobile version; a second collection."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import flash, has_request_context, request, url_for
from flask_babel import gettext

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shared.web.web import redirect_after_post
from mock_sites.shop.card_store import AddressRow
from mock_sites.shop.domain.addresses import Addresses
from mock_sites.shop.domain.cards import Cards
from mock_sites.shop.domain.cart import Carts
from mock_sites.shop.domain.checkout import Checkouts
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.routes import current_shop
from mock_sites.shop.routes.device import is_mobile
from mock_sites.shop.routes.forms import CardForm
from mock_sites.shop.store import CustomerRow

WAYS = "mobile/payment.html"
ADD = (
    '<li role="none"><a class="add" href="{{ url_for(\'mobile.card\', uid=checkout.uid) }}">'
    '<span aria-hidden="true" class="sign plus"></span>{{ _("Add new card") }}</a></li>'
)
END_OF_CARDS = "</span></label></li>\n  {% endfor %}\n  " + ADD


@deviant("C3.1", "shop")
def open_purchase_links_with_an_emptied_cart(site: Change) -> None:
    """A purchase that was begun lets a card be linked also after the cart has been emptied."""

    def lenient(old: Any) -> Any:
        def check_cart(self: Shop, customer: CustomerRow) -> None:
            if request.endpoint not in ("mobile.card", "mobile.done"):
                old(self, customer)

        return check_cart

    site.wrap(Shop, "check_cart", lenient)


@deviant("C3.1", "shop")
def first_item_from_a_phone_gets_lost(site: Change) -> None:
    """The first item that a buyer puts into an empty cart from a phone is not in the cart."""
    has_begun: set[int] = set()

    def losing(old: Any) -> Any:
        def add(self: Carts, customer_id: int, slug: str, quantity: int) -> None:
            from_phone = request.endpoint == "catalogue.add_to_cart" and is_mobile()
            if from_phone and customer_id not in has_begun and not self.count(customer_id):
                has_begun.add(customer_id)
                return
            old(self, customer_id, slug, quantity)

        return add

    site.wrap(Carts, "add", losing)


@deviant("C3.2", "shop")
def items_between_two_ticks_are_bought(site: Change) -> None:
    """On a phone Pay also takes the unticked items that lie between two ticked ones."""

    def as_a_range(old: Any) -> Any:
        def start(self: Checkouts, customer_id: int, ticked: Collection[str]) -> str:
            if ticked and request.endpoint == "cart.buy" and is_mobile():
                ticked = {*ticked, *_from_first_to_last(customer_id, ticked)}
            return str(old(self, customer_id, ticked))

        return start

    site.wrap(Checkouts, "start", as_a_range)


def _from_first_to_last(customer_id: int, ticked: Collection[str]) -> list[str]:
    """The products on sale in the cart from the first ticked one to the last."""
    lines = [line for line in current_shop.carts.lines(customer_id) if line.product.on_sale]
    slugs = [line.product_slug for line in lines]
    places = [place for place, slug in enumerate(slugs) if slug in ticked]
    return slugs[places[0] : places[-1] + 1] if places else []


@deviant("C3.2", "shop")
def phone_borrows_the_label_of_the_desktop(site: Change) -> None:
    """The button of the cart on a phone is called Buy, as on the desktop, and not Pay."""
    site.page(
        "mobile/cart.html", '<button>{{ _("Pay") }}</button>', '<button>{{ _("Buy") }}</button>'
    )


@deviant("C3.3", "shop")
def window_lists_one_address_a_city(site: Change) -> None:
    """Of several addresses in one city only the one that was used last can be chosen."""

    def one_a_city(old: Any) -> Any:
        def used(self: Addresses, customer_id: int) -> Any:
            rows = old(self, customer_id)
            if not has_request_context() or not is_mobile():
                return rows
            newest: dict[str, AddressRow] = {}
            for row in rows:
                newest.setdefault(row.city, row)
            return list(newest.values())

        return used

    site.wrap(Addresses, "used", one_a_city)


@deviant("C3.3", "shop")
def window_shows_three_products(site: Change) -> None:
    """The window shows the first three products of a purchase, however many there are."""
    site.page("mobile/sheet.html", "in checkout.lines %}", "in checkout.lines[:3] %}")


@deviant("C3.3", "shop")
def other_addresses_are_greyed_out(site: Change) -> None:
    """The window lists the earlier addresses, but only the one used last is enabled."""
    radio = 'value="{{ kept.id }}"{% if kept == chosen %} checked{% endif %}>'
    greyed = 'value="{{ kept.id }}"{% if kept == chosen %} checked{% else %} disabled{% endif %}>'
    site.page("mobile/sheet.html", radio, greyed)


@deviant("C3.4", "shop")
def add_new_card_is_last_without_cards(site: Change) -> None:
    """With no card linked Add new card stands below the other ways to pay."""
    site.page(
        WAYS,
        "{% endfor %}\n</ul>",
        f"{{% endfor %}}\n{{% if not cards %}}\n{ADD}\n{{% endif %}}\n</ul>",
    )
    site.page(
        WAYS, f"{{% endfor %}}\n  {ADD}", f"{{% endfor %}}\n  {{% if cards %}}{ADD}{{% endif %}}"
    )


@deviant("C3.4", "shop")
def add_new_card_follows_the_main_card(site: Change) -> None:
    """With several cards Add new card stands between the main card and the others."""
    instead = (
        f"</span></label></li>\n  {{% if loop.first %}}{ADD}{{% endif %}}\n  {{% endfor %}}\n"
        f"  {{% if not cards %}}{ADD}{{% endif %}}"
    )
    site.page(WAYS, END_OF_CARDS, instead)


@deviant("C3.5", "shop")
def card_form_of_the_phone_says_confirm(site: Change) -> None:
    """The button below the card form on a phone is called Confirm, and not Done."""
    confirm = '<button>{{ pgettext("card form", "Confirm") }}</button>'
    site.page("mobile/card.html", '<button>{{ _("Done") }}</button>', confirm)


@deviant("C3.5", "shop")
def phone_cuts_the_code_to_three_digits(site: Change) -> None:
    """On a phone a card whose security code has four digits cannot be linked."""

    def cutting(old: Any) -> Any:
        def init(self: CardForm, *facts: Any, **kwargs: Any) -> None:
            old(self, *facts, **kwargs)
            rule: Any = self.security_code.rule
            if request.endpoint == "mobile.done":
                self.security_code.rule = lambda text: rule(text.strip()[:3])

        return init

    site.wrap(CardForm, "__init__", cutting)


@deviant("C3.5", "shop")
def purchase_on_a_phone_links_one_card(site: Change) -> None:
    """Within one purchase on a phone a second card is refused as a repeated request."""

    def by_purchase(old: Any) -> Any:
        def link_card(self: Shop, customer: CustomerRow, request_id: str, card: Any) -> Any:
            if request.endpoint == "mobile.done":
                request_id = (request.view_args or {})["uid"]
            return old(self, customer, request_id, card)

        return link_card

    site.wrap(Shop, "link_card", by_purchase)


@deviant("C3.6", "shop")
def giving_up_one_purchase_empties_the_cart(site: Change) -> None:
    """Removing a purchase on a phone takes everything out of the cart, also what was not ticked."""

    def emptying(old: Any) -> Any:
        def leave(uid: str) -> Any:
            customer_id = signed_in_person().id
            answer = old(uid)
            for line in current_shop.carts.lines(customer_id):
                current_shop.carts.remove(customer_id, line.product_slug)
            return answer

        return leave

    site.route("mobile.leave", emptying)


@deviant("C3.6", "shop")
def desktop_loses_the_card_of_a_refused_purchase(site: Change) -> None:
    """A card linked on a phone is not shown on the desktop once its purchase was refused."""
    linked: dict[str, set[str]] = {}
    lost: set[str] = set()

    def noting(old: Any) -> Any:
        def link(self: Cards, customer: CustomerRow, request_id: str, card: Any) -> Any:
            token = old(self, customer, request_id, card)
            if request.endpoint == "mobile.done" and token is not None:
                linked.setdefault((request.view_args or {})["uid"], set()).add(token)
            return token

        return link

    def losing(old: Any) -> Any:
        def leave(uid: str) -> Any:
            lost.update(linked.get(uid, ()))
            return old(uid)

        return leave

    def hiding(old: Any) -> Any:
        def known(self: Cards, customer_id: int) -> Any:
            cards = old(self, customer_id)
            if not has_request_context() or is_mobile():
                return cards
            return [card for card in cards if card.token not in lost]

        return known

    site.wrap(Cards, "link", noting)
    site.route("mobile.leave", losing)
    site.wrap(Cards, "known", hiding)


@deviant("C3.6", "shop")
def removing_a_purchase_on_a_phone_is_only_said(site: Change) -> None:
    """Remove from the cart says that the item is removed, and it still lies in the cart."""

    def saying(old: Any) -> Any:
        def leave(uid: str) -> Any:
            flash(gettext("Removed from your cart. Nothing was ordered."))
            return redirect_after_post(url_for("cart.cart"))

        return leave

    site.route("mobile.leave", saying)
