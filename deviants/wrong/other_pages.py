"""Another page where a list is empty or closed: a home page, or what nobody may see."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.phone.domain import Inbox
from mock_sites.phone.store import MessageRow
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.routes import current_shop
from mock_sites.vault.routes import current_vault
from mock_sites.wallet.routes import current_wallet
from mock_sites.wallet.store import BillRow


@deviant("W2.2", "shop", "An order is not placed for a person who signs in in the same browser")
def list_without_orders_is_the_cart(site: Change) -> None:
    """The list of orders of a buyer who has none is the cart."""

    def cart_if_empty(page: Any) -> Any:
        def orders() -> Any:
            found = current_shop.orders_of(signed_in_person().id)
            return page() if found else redirect(url_for("cart.cart"))

        return orders

    site.route("orders.orders", cart_if_empty)


@deviant(
    "C2.4",
    "vault",
    "A card is not linked to a person who signs in to the vault in the same browser",
)
def list_without_cards_leads_home(site: Change) -> None:
    """The list of cards of a buyer who has none is the home page."""

    def home_if_empty(page: Any) -> Any:
        def index() -> Any:
            found = current_vault.cards.shown_to(signed_in_person().phone)
            return page() if found else redirect(url_for("home.index"))

        return index

    site.route("cards.index", home_if_empty)


@deviant("W2.6", "wallet", "Without its key the statement of a shop is not shown")
def payments_stand_below_the_field_for_the_key(site: Change) -> None:
    """The page that asks shops for their key lists what was paid to all of them."""

    def with_payments(page: Any) -> Any:
        def sign_in() -> Any:
            shown = page()
            if request.method == "POST":
                return shown
            with current_wallet.database.reading() as session:
                numbers = session.scalars(select(BillRow.bill_id)).all()
            rows = "".join(f"<tr><td>{number}</td></tr>" for number in numbers)
            return shown.replace("</form>", f"</form><table>{rows}</table>", 1)

        return sign_in

    site.route("merchants.sign_in", with_payments)


@deviant("W1.6", "phone", "The message goes to no other phone")
def phone_without_messages_shows_those_of_others(site: Change) -> None:
    """A phone without messages of its own shows those of all others."""

    def or_of_others(messages: Any) -> Any:
        def own_or_all(self: Inbox, phone: str) -> list[MessageRow]:
            found: list[MessageRow] = messages(self, phone)
            with self.database.reading() as session:
                return found or list(session.scalars(select(MessageRow)))

        return own_or_all

    site.wrap(Inbox, "messages", or_of_others)
