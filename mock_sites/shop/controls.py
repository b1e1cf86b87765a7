"""The shop's test controls: customers, orders, prices."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, request
from pydantic import Field
from typing_extensions import TypedDict

from ..shared.controls.body import body_as
from ..shared.controls.control import E164, AccountFacts, BooksFacts
from ..shared.web.openapi import documented
from ..shared.web.received import Received
from .domain.checkout import LARGEST_ORDER
from .domain.shop import Shop
from .stack_books import StackBooks
from .store import OrderRow

LONGEST_OVERLAP_SECONDS = 90 * 24 * 3600


class NewCustomer(Received, extra="forbid"):
    """A request to open an account."""

    phone: str = Field(pattern=E164)
    password: str = Field(min_length=1, max_length=200)
    name: str = Field(min_length=1, max_length=200)


class ProductChange(Received, extra="forbid"):
    """A change of a product; the price is in minor units."""

    price_minor: int | None = Field(None, gt=0, le=LARGEST_ORDER.minor)
    on_sale: bool | None = None


class NewWalletKey(Received, extra="forbid"):
    """The secret key that the wallet has given the shop; the one before ends after the overlap."""

    secret_key: str = Field(min_length=32, max_length=400, pattern=r"^[!-~]+$")
    overlap_seconds: int = Field(ge=0, le=LONGEST_OVERLAP_SECONDS)


class WalletKeyFacts(TypedDict):
    """The number of the shop at the wallet."""

    site_id: str


class OrderFacts(TypedDict):
    """An order's state and payment method; the total is in minor units.

    How often money was taken for it is for the books of wallet and vault to say.
    """

    uid: str
    means: str
    state: str
    total_minor: int
    currency: str


class StackBooksFacts(BooksFacts):
    """The books of the whole stack; ``not_compared`` names the sites that could not be asked."""

    not_compared: list[str]


class ProductFacts(TypedDict):
    """A product's price, in minor units, and whether it is on sale."""

    price_minor: int
    on_sale: bool


def add_shop_controls(controls: Blueprint, shop: Shop, books: StackBooks) -> None:
    """Add what a test may do behind the shop's back."""

    @controls.post("/customers")
    @documented("Open an account", AccountFacts, body=NewCustomer, status=201, otherwise=(409,))
    def add_customer() -> tuple[dict[str, Any], int]:
        new = body_as(NewCustomer)
        customer = shop.people.add(new.phone, new.password, new.name)
        return {"id": customer.id, "phone": customer.phone}, 201

    @controls.get("/orders/<uid>")
    @documented("Where an order stands", OrderFacts)
    def read_order(uid: str) -> OrderFacts:
        return order_facts(shop.orders.find(uid))

    @controls.get("/orders")
    @documented("A customer's orders, oldest first", list[OrderFacts], query=("phone",))
    def list_orders() -> list[OrderFacts]:
        """Also those that are being paid; an empty list for nobody."""
        customer = shop.people.find(request.args.get("phone", ""))
        orders = [] if customer is None else shop.orders.all()
        return [order_facts(one) for one in orders if customer and one.customer_id == customer.id]

    @controls.get("/books")
    @documented("What is wrong with the books of the whole stack", StackBooksFacts)
    def read_books() -> StackBooksFacts:
        found = books.look()
        return StackBooksFacts(
            discrepancies=found.discrepancies,
            pending=found.pending,
            not_compared=found.not_compared,
        )

    @controls.post("/wallet-keys")
    @documented(
        "Give the shop a new secret key for the wallet",
        WalletKeyFacts,
        body=NewWalletKey,
        status=201,
        otherwise=(409,),
    )
    def renew_wallet_key() -> tuple[WalletKeyFacts, int]:
        """Notifications with the key before are believed meanwhile."""
        wanted = body_as(NewWalletKey)
        shop.wallet_keys.renew(wanted.secret_key, timedelta(seconds=wanted.overlap_seconds))
        return WalletKeyFacts(site_id=shop.wallet_keys.site_id), 201

    @controls.patch("/products/<slug>")
    @documented("Change a product, for everybody", ProductFacts, body=ProductChange)
    def change_product(slug: str) -> dict[str, Any]:
        change = body_as(ProductChange)
        if change.price_minor is not None:
            shop.catalogue.reprice(slug, change.price_minor)
        if change.on_sale is not None:
            shop.catalogue.offer(slug, on_sale=change.on_sale)
        product = shop.catalogue.product(slug)
        return {"price_minor": product.price_minor, "on_sale": product.on_sale}


def order_facts(order: OrderRow) -> OrderFacts:
    """What the controls tell of an order."""
    return OrderFacts(
        uid=order.uid,
        means=order.payment_method,
        state=order.state,
        total_minor=order.total_minor,
        currency=order.currency,
    )
