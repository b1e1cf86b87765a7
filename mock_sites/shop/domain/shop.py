"""The shop: all its rules in one hand, for the routes and the controls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...shared.accounts.people import People
from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.runtime.keys import Demo
from ...shared.values.cards import Card
from ...shared.values.refusal import Refusal
from ..card_store import LinkedCardRow
from ..store import CustomerRow, OrderRow, PaymentMethod, SignInAttemptsRow, SignInRow
from .address import Address
from .addresses import Addresses
from .bills import BillService
from .card_payments import CardPayments
from .cards import Cards
from .cart import Carts
from .catalogue import Catalogue
from .checkout import Checkouts
from .invoices import Invoices
from .orders import Orders
from .refunds import Refunds
from .vault import CardVault, ChallengeNeeded
from .wallet_keys import WalletKeys


@dataclass(frozen=True)
class Shop:
    """The shop's rules, one attribute per noun."""

    clock: Clock
    people: People[CustomerRow]
    catalogue: Catalogue
    carts: Carts
    checkouts: Checkouts
    orders: Orders
    invoices: Invoices
    refunds: Refunds
    cards: Cards
    card_payments: CardPayments
    addresses: Addresses
    wallet_keys: WalletKeys

    def buy(
        self,
        customer: CustomerRow,
        checkout_uid: str,
        address: Address,
        payment_method: PaymentMethod,
        source: LinkedCardRow | Card | None = None,
    ) -> OrderRow:
        """Make the order of a checkout, and have it paid or its invoice issued.

        ``source`` is the card to pay from. Raises Refusal ``card.not-chosen`` if there has
        to be one, ChallengeNeeded, and what :meth:`CardPayments.pay` or :meth:`Orders.place`
        raises.
        """
        if payment_method != PaymentMethod.CARD:
            order = self.orders.place(customer.id, checkout_uid, address, payment_method)
            self.invoices.issue(order)
        elif source is not None:
            try:
                order = self.card_payments.pay(customer, checkout_uid, address, source)
            except ChallengeNeeded:
                self.addresses.remember(customer.id, address)
                raise
        else:
            raise Refusal("card.not-chosen", "payment")
        self.addresses.remember(customer.id, address)
        return order

    def link_card(self, customer: CustomerRow, request_id: str, card: Card) -> str | None:
        """Link a card on the way through a purchase (C1.5, C3.5); its token, if the vault told.

        Raises Refusal ``cart.empty`` if nothing lies in the cart (C3.1), and what
        :meth:`Cards.link` raises.
        """
        self.check_cart(customer)
        return self.cards.link(customer, request_id, card)

    def check_cart(self, customer: CustomerRow) -> None:
        """Raises Refusal ``cart.empty``: without goods no card can be linked (C3.1)."""
        if not self.carts.count(customer.id):
            raise Refusal("cart.empty")

    def orders_of(self, customer_id: int) -> Sequence[OrderRow]:
        """A customer's orders, the newest first, with what was given back of them."""
        orders = self.orders.of_customer(customer_id)
        return self.orders.of_customer(customer_id) if self.refunds.refresh(orders) else orders

    def order(self, customer_id: int, uid: str) -> OrderRow:
        """The customer's own order, with what was given back of it. Raises NotFound."""
        order = self.orders.get(customer_id, uid)
        return self.orders.get(customer_id, uid) if self.refunds.refresh([order]) else order

    def cancel(self, customer_id: int, uid: str) -> None:
        """Give up the customer's own order. Raises NotFound, and Refusal if it cannot be."""
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


def open_shop(
    database: Database, clock: Clock, bills: BillService, keys: WalletKeys, vault: CardVault
) -> Shop:
    """A shop on that database, which speaks to a wallet (with those keys) and to a vault."""
    orders = Orders(database, clock)
    return Shop(
        clock=clock,
        people=People(database, clock, CustomerRow, SignInAttemptsRow, SignInRow),
        catalogue=Catalogue(database),
        carts=Carts(database, clock),
        checkouts=Checkouts(database, clock),
        orders=orders,
        invoices=Invoices(database, clock, bills, keys),
        refunds=Refunds(database, bills),
        cards=Cards(database, clock, vault),
        card_payments=CardPayments(database, clock, orders, vault),
        addresses=Addresses(database, clock),
        wallet_keys=keys,
    )
