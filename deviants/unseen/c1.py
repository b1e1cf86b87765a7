"""C1: linking a card while checking out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Flask, request, session
from sqlalchemy import func, select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.cards import Expiry
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web.sign_in import is_signed_in, signed_in_person
from mock_sites.shop.card_store import LinkedCardRow
from mock_sites.shop.clients.vault import VaultClient
from mock_sites.shop.domain.card_payments import CardPayments
from mock_sites.shop.domain.cards import Cards
from mock_sites.shop.domain.cart import Carts
from mock_sites.shop.domain.checkout import Checkouts
from mock_sites.shop.domain.payment_methods import CASH
from mock_sites.shop.routes import catalogue, checkout, current_shop, forms
from mock_sites.shop.routes.device import is_mobile
from mock_sites.shop.routes.forms import CardForm
from mock_sites.shop.store import CheckoutRow, OrderState, PaymentMethod

BLOCK = "payment_methods.html"
FOLDED = "{% set folded = chosen and "
DAY = timedelta(days=1)


def add_global(site: Change, name: str, value: Any) -> None:
    """Let the site's pages use a function of that name."""

    def add(app: Flask) -> None:
        app.jinja_env.globals[name] = value

    site.app(add)


def last_payment_method() -> PaymentMethod | None:
    """How the signed-in buyer's newest order is paid; None without an order."""
    orders = current_shop.orders.of_customer(signed_in_person().id)
    return orders[0].payment_method if orders else None


def hide_cards(site: Change, hidden: Collection[str]) -> None:
    """Let the shop not know the cards of these tokens, whatever the vault lists."""

    def hiding(old: Any) -> Any:
        def cards(self: VaultClient, phone: str) -> Any:
            return [card for card in old(self, phone) if card.token not in hidden]

        return cards

    site.wrap(VaultClient, "cards", hiding)


@deviant("C1.1", "shop")
def item_chosen_before_signing_in_is_lost_beside_others(site: Change) -> None:
    """What a visitor chose before signing in is dropped if the cart holds something already."""

    def merging(old: Any) -> Any:
        def add_wanted(customer: Any, address: Any, typed: Any) -> None:
            if not current_shop.carts.count(customer.id):
                old(customer, address, typed)

        return add_wanted

    site.wrap(catalogue, "add_wanted", merging)


@deviant("C1.1", "shop")
def cart_page_is_empty_the_next_day(site: Change) -> None:
    """A day after an item was put into the cart, the Cart does not show it any more."""

    def fresh(old: Any) -> Any:
        def lines(self: Carts, customer_id: int) -> Any:
            since = self.clock.now() - DAY
            return [line for line in old(self, customer_id) if line.added_at > since]

        return lines

    site.wrap(Carts, "lines", fresh)


@deviant("C1.2", "shop")
def buy_is_refused_while_a_withdrawn_product_lies_beside(site: Change) -> None:
    """Buy refuses what is ticked while a product that is not ticked is no longer sold."""

    def strict(old: Any) -> Any:
        def start(self: Checkouts, customer_id: int, ticked: Collection[str]) -> Any:
            if ticked:
                for line in current_shop.carts.lines(customer_id):
                    if not line.product.on_sale:
                        raise Refusal("product.not-sold", product=line.product.name)
            return old(self, customer_id, ticked)

        return start

    site.wrap(Checkouts, "start", strict)


@deviant("C1.2", "shop")
def buy_opens_the_checkout_of_before(site: Change) -> None:
    """Buy pressed again for the same products opens the old checkout, in the old quantity."""

    def resuming(old: Any) -> Any:
        def start(self: Checkouts, customer_id: int, ticked: Collection[str]) -> Any:
            own = select(CheckoutRow).where(CheckoutRow.customer_id == customer_id)
            with self.database.reading() as rows:
                for begun in rows.scalars(own.order_by(CheckoutRow.started_at.desc())):
                    same = {line.product_slug for line in begun.lines} == set(ticked)
                    if same and begun.lines and begun.order is None:
                        return begun.uid
            return old(self, customer_id, ticked)

        return start

    site.wrap(Checkouts, "start", resuming)


@deviant("C1.3", "shop")
def block_is_folded_without_a_card_after_a_refused_one(site: Change) -> None:
    """After a card that was refused the block is folded at the next visit, with no card linked."""

    def noting(old: Any) -> Any:
        def send(uid: str) -> Any:
            if request.form.get("press") == "confirm-card":
                session["tried_card"] = True
            return old(uid)

        return send

    site.route("checkout.send", noting)
    tried = "(chosen or (session.tried_card and not cards))"
    site.page(BLOCK, FOLDED, f"{{% set folded = {tried} and ")


@deviant("C1.3", "shop")
def block_is_open_after_an_order_with_the_wallet(site: Change) -> None:
    """Whose last order went through the wallet finds the block open, although a card is linked."""
    add_global(site, "last_payment_method", last_payment_method)
    otherwise = 'chosen and last_payment_method() != "QIWI_WALLET"'
    site.page(BLOCK, FOLDED, f"{{% set folded = {otherwise} and ")


@deviant("C1.4", "shop")
def cash_is_selected_after_an_order_in_cash(site: Change) -> None:
    """Whose last order is paid on delivery finds cash selected, not Card."""

    def remembering(old: Any) -> Any:
        def filled_in(uid: str) -> Any:
            draft = old(uid)
            cash = last_payment_method() == PaymentMethod.CASH_ON_DELIVERY
            return replace(draft, payment=CASH) if cash and not draft.payment else draft

        return filled_in

    site.wrap(checkout, "filled_in", remembering)


@deviant("C1.4", "shop")
def add_card_is_missing_beside_an_expired_card(site: Change) -> None:
    """While one of the linked cards has expired, the block has no Add card."""
    button = '<button class="second" name="press" value="add-card">{{ _("Add card") }}</button>'
    usable = '{% if not cards | select("expired") | list %}'
    site.page(BLOCK, button, f"{usable}{button}{{% endif %}}")


@deviant("C1.5", "shop")
def card_of_this_month_is_refused(site: Change) -> None:
    """A card that is good to the end of this month is refused as expired."""

    def strict(old: Any) -> Any:
        def parse_expiry(text: str, today: Any) -> Expiry:
            expiry: Expiry = old(text, today)
            if expiry == Expiry(today.year, today.month) and not is_mobile():
                raise Refusal("expiry.past", "expiry")
            return expiry

        return parse_expiry

    site.wrap(forms, "parse_expiry", strict)


@deviant("C1.5", "shop")
def save_card_is_ignored_after_a_refused_card(site: Change) -> None:
    """The card entered in place of a refused one pays at once and is not linked, with the tick."""

    def noting(old: Any) -> Any:
        def show(self: CardForm, refusal: Refusal) -> None:
            if request.endpoint == "checkout.send":
                session["card_refused"] = True
            old(self, refusal)

        return show

    def ignoring(old: Any) -> Any:
        def init(self: CardForm, *args: Any, **kwargs: Any) -> None:
            old(self, *args, **kwargs)
            if request.endpoint == "checkout.send" and session.get("card_refused"):
                self.save_card.data = False

        return init

    site.wrap(CardForm, "show", noting)
    site.wrap(CardForm, "__init__", ignoring)


@deviant("C1.6", "shop")
def form_does_not_come_back_with_card(site: Change) -> None:
    """Shown again with Online chosen, the page has no card form for who then ticks Card."""
    begin = '<fieldset class="new-card">'
    end = '{{ pgettext("card form", "Confirm") }}</button></p>\n      </fieldset>'
    site.page(BLOCK, begin, '{% if form.payment.data == "card" %}' + begin)
    site.page(BLOCK, end, end + "{% endif %}")


@deviant("C1.6", "shop")
def first_card_serves_for_one_purchase(site: Change) -> None:
    """A buyer's only card is no longer there for later purchases once it has paid."""
    spent: set[str] = set()

    def spending(old: Any) -> Any:
        def pay(self: CardPayments, customer: Any, uid: str, address: Any, source: Any) -> Any:
            own = select(func.count()).select_from(LinkedCardRow)
            own = own.where(LinkedCardRow.customer_id == customer.id)
            with self.database.reading() as rows:
                only = rows.scalar(own) == 1
            order = old(self, customer, uid, address, source)
            if only and isinstance(source, LinkedCardRow) and order.state == OrderState.PAID:
                spent.add(source.token)
            return order

        return pay

    site.wrap(CardPayments, "pay", spending)
    hide_cards(site, spent)


@deviant("C1.7", "shop")
def card_is_gone_after_signing_out_without_an_order(site: Change) -> None:
    """A card linked by who ordered nothing is gone once that buyer has signed out."""
    linked: set[str] = set()
    gone: set[str] = set()

    def noting(old: Any) -> Any:
        def link(self: Cards, customer: Any, request_id: str, card: Any) -> Any:
            token = old(self, customer, request_id, card)
            linked.add(token)
            return token

        return link

    def leaving(old: Any) -> Any:
        def sign_out() -> Any:
            if is_signed_in():
                customer_id = signed_in_person().id
                if not current_shop.orders.of_customer(customer_id):
                    known = {card.token for card in current_shop.cards.known(customer_id)}
                    gone.update(known & linked)
            return old()

        return sign_out

    site.wrap(Cards, "link", noting)
    site.route("sign_in.sign_out", leaving)
    hide_cards(site, gone)


@deviant("C1.7", "shop")
def checkout_in_which_a_card_was_linked_is_listed_as_an_order(site: Change) -> None:
    """My orders lists the purchase in which a card was linked, though nothing was ordered."""
    begun: set[str] = set()

    def noting(old: Any) -> Any:
        def send(uid: str) -> Any:
            answer = old(uid)
            linked = request.form.get("press") == "confirm-card" and not isinstance(answer, str)
            if linked:
                begun.add(uid)
            return answer

        return send

    def abandoned() -> list[CheckoutRow]:
        own = select(CheckoutRow).where(
            CheckoutRow.customer_id == signed_in_person().id, CheckoutRow.uid.in_(begun)
        )
        with current_shop.orders.database.reading() as rows:
            return [one for one in rows.scalars(own) if one.order is None]

    site.route("checkout.send", noting)
    add_global(site, "abandoned", abandoned)
    page = "orders.html"
    site.page(page, "{% if orders %}", "{% if orders or abandoned() %}")
    site.page(
        page,
        "{% for order in orders %}",
        "{% for begun in abandoned() %}<tr>"
        "<td><a href=\"{{ url_for('checkout.checkout', uid=begun.uid) }}\">"
        '{{ _("Order %(number)s", number=orders | length + loop.index) }}</a></td>'
        "<td>{{ begun.started_at | moment }}</td>"
        '<td><span class="state waiting">{{ wording.ORDER_STATES["AWAITING_PAYMENT"] }}</span></td>'
        '<td class="amount">{{ begun.total | money }}</td></tr>{% endfor %}'
        "{% for order in orders %}",
    )
