"""The shop: all its rules in one hand, for the routes and the controls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import httpx

from mock_sites.clock import Clock
from mock_sites.database import Database
from mock_sites.people import People
from mock_sites.settings import Demo, MerchantKeys
from mock_sites.shop.domain.bills import BillClient
from mock_sites.shop.domain.cart import Carts
from mock_sites.shop.domain.catalogue import Catalogue
from mock_sites.shop.domain.checkout import Checkouts
from mock_sites.shop.domain.invoices import Invoices
from mock_sites.shop.domain.orders import Orders
from mock_sites.shop.store import AttemptsRow, CustomerRow


@dataclass(frozen=True)
class Shop:
    """What the shop does, noun by noun."""

    people: People[CustomerRow]
    catalogue: Catalogue
    carts: Carts
    checkouts: Checkouts
    orders: Orders
    invoices: Invoices

    def cancel(self, customer_id: int, uid: str) -> None:
        """Give up the customer's own order. Raises NotFound, and Refusal where it cannot be."""
        order = self.orders.get(customer_id, uid)
        if order.invoice is None:
            self.orders.cancel_unbilled(uid)
        else:
            self.invoices.cancel(order)

    def welcome(self, people: Iterable[Demo]) -> None:
        """Open accounts for those of the demo people that have none."""
        for person in people:
            if self.people.find(person.phone) is None:
                self.people.add(person.phone, person.password, person.name)


def open_shop(database: Database, clock: Clock, wallet: httpx.Client, keys: MerchantKeys) -> Shop:
    """A shop on that database, which speaks to that wallet as the merchant of those keys."""
    return Shop(
        people=People(database, clock, CustomerRow, AttemptsRow),
        catalogue=Catalogue(database),
        carts=Carts(database, clock),
        checkouts=Checkouts(database, clock),
        orders=Orders(database, clock),
        invoices=Invoices(database, clock, BillClient(wallet, keys), keys),
    )
