"""C3.3: the window shows the purchase, and the delivery address is chosen in it."""

from __future__ import annotations

from typing import Any

from flask import request, session, url_for
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.circumstances import on_the_phone
from mock_sites.shared.values.money import Money
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shared.web.web import redirect_after_post
from mock_sites.shop.card_store import AddressRow
from mock_sites.shop.domain.address import Address
from mock_sites.shop.domain.addresses import Addresses
from mock_sites.shop.routes import current_shop
from mock_sites.shop.store import CURRENCY, CheckoutRow

SHEET = "mobile/sheet.html"
SHOWN = "{% for line in checkout.lines %}"
EVERY_ADDRESS = "{% for kept in addresses %}"


@deviant("C3.3", "shop")
def chosen_address_is_ignored(site: Change) -> None:
    """The order goes to the address used last, whichever was chosen in the window."""
    site.rule(Addresses, "get", lambda self, customer_id, number: self.used(customer_id)[0])


@deviant("C3.3", "shop")
def window_shows_one_product(site: Change) -> None:
    """The window shows the first of several products, and the total of all."""
    site.page(SHEET, SHOWN, "{% for line in checkout.lines[:1] %}")


@deviant("C3.3", "shop")
def window_shows_the_price_of_one_piece(site: Change) -> None:
    """The window shows the price of one piece where three are bought."""
    site.page(SHEET, "{{ line.total | money }}", "{{ line.price | money }}")


@deviant("C3.3", "shop")
def window_offers_two_addresses(site: Change) -> None:
    """Of the addresses that were used the window offers two."""
    site.page(SHEET, EVERY_ADDRESS, "{% for kept in addresses[:2] %}")


@deviant("C3.3", "shop")
def window_offers_addresses_of_other_buyers(site: Change) -> None:
    """The window offers the delivery addresses of other buyers too."""

    def everybodys(old: Any) -> Any:
        def used(self: Addresses, customer_id: int) -> Any:
            others = select(AddressRow).where(AddressRow.customer_id != customer_id)
            with self.database.reading() as reading:
                return [*old(self, customer_id), *reading.scalars(others)]

        return used

    site.wrap(Addresses, "used", everybodys)


@deviant("C3.3", "shop")
def window_is_skipped_the_second_time(site: Change) -> None:
    """Who has been in the window once comes from the cart to the payment at once."""

    def noting(old: Any) -> Any:
        def take_address(uid: str) -> Any:
            session["has_address"] = True
            return old(uid)

        return take_address

    def skipping(old: Any) -> Any:
        def sheet(uid: str) -> Any:
            known = current_shop.addresses.used(signed_in_person().id)
            if session.get("has_address") and known and "address" not in request.args:
                return redirect_after_post(url_for("mobile.payment", uid=uid))
            return old(uid)

        return sheet

    site.route("mobile.take_address", noting)
    site.route("mobile.sheet", skipping)


@deviant("C3.3", "shop")
def new_address_replaces_the_last_one(site: Change) -> None:
    """A new delivery address replaces the one that was used last."""

    def replacing(old: Any) -> Any:
        def remember(self: Addresses, customer_id: int, address: Address) -> Any:
            before = self.used(customer_id)[:1]
            row = old(self, customer_id, address)
            with self.database.transaction() as writing:
                for last in before:
                    if last.id != row.id:
                        writing.delete(writing.get_one(AddressRow, last.id))
            return row

        return remember

    site.wrap(Addresses, "remember", replacing)


@deviant("C3.3", "shop")
def phone_charges_one_piece(site: Change) -> None:
    """On a phone three pieces of a product are charged as one."""

    def total(self: CheckoutRow) -> Money:
        pieces = [1 if on_the_phone() else line.quantity for line in self.lines]
        prices = [line.price_minor for line in self.lines]
        return Money(sum(n * price for n, price in zip(pieces, prices, strict=True)), CURRENCY)

    site.rule(CheckoutRow, "total", property(total))


@deviant("C3.3", "shop")
def recipient_is_taken_from_another_address(site: Change) -> None:
    """The chosen address gets the recipient of the one that was used last."""

    def mixed(old: Any) -> Any:
        def get(self: Addresses, customer_id: int, number: str) -> Any:
            row = old(self, customer_id, number)
            row.recipient = self.used(customer_id)[0].recipient
            return row

        return get

    site.wrap(Addresses, "get", mixed)


@deviant("C3.3", "shop")
def address_of_the_window_is_lost_on_the_way_back(site: Change) -> None:
    """Who comes back to the window finds the address used last ticked, and not the chosen one."""
    ticked = "{% if kept == chosen %} checked"
    site.page(SHEET, ticked, "{% if loop.first %} checked")
