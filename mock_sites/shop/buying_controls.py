"""The shop's controls that buy: carts, checkouts, orders, cards linked on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from typing import Literal
from uuid import uuid4

from flask import Blueprint, request, url_for
from pydantic import Field
from typing_extensions import TypedDict

from ..shared.controls.body import body_as
from ..shared.controls.control import E164, Typed
from ..shared.controls.typed_card import CardToLink
from ..shared.web.openapi import documented
from ..shared.web.received import Received
from .controls import OrderFacts, order_facts
from .domain.address import Address
from .domain.addresses import Draft, address_of
from .domain.bills import invoice_uid
from .domain.cart import parse_quantity
from .domain.orders import CheckoutChanged
from .domain.shop import Shop
from .store import CustomerRow, OrderRow, PaymentMethod

MOST_PRODUCTS = 100
# Where a customer's first order goes, if the body does not say.
ADDRESS = {"city": "Kazan", "street": "Bauman Street 12, flat 3", "postal_code": "420111"}


class WantedProduct(Received, extra="forbid"):
    """A product, by its slug or its English name, and how many pieces."""

    product: Typed
    quantity: int = 1


class NewCart(Received, extra="forbid"):
    """Products to put into a customer's cart."""

    phone: str = Field(pattern=E164)
    products: list[WantedProduct] = Field(min_length=1, max_length=MOST_PRODUCTS)


class DeliveryAddress(Received, extra="forbid"):
    """The delivery address, as it is typed.

    What is left out is as the checkout proposes it: the address that was used last, or the name
    and the phone of the account. Where it proposes nothing, an address in Kazan is taken.
    """

    recipient: Typed | None = None
    phone: Typed | None = None
    city: Typed | None = None
    street: Typed | None = None
    postal_code: Typed | None = None

    def completed(self, proposed: Draft) -> Address:
        """The whole address. Raises Refusal with the field that is wrong."""
        default = {name: text for name, text in ADDRESS.items() if not getattr(proposed, name)}
        return replace(proposed, **default | self.model_dump(exclude_none=True)).address()


class NewCheckout(NewCart):
    """Products to start a checkout with, and the address if it is given already."""

    address: DeliveryAddress | None = None


class NewOrder(NewCart):
    """An order of some products, paid through the wallet."""

    payment: Literal["wallet"] = "wallet"
    address: DeliveryAddress = Field(default_factory=DeliveryAddress)


class CardOfCustomer(CardToLink):
    """A card to link; ``products`` are put into the cart first, which must not be empty (C3.1)."""

    products: list[WantedProduct] = Field(default_factory=list, max_length=MOST_PRODUCTS)


class CartLineFacts(TypedDict):
    """A line of the cart; the product by its slug."""

    product: str
    quantity: int


class PlacedOrder(OrderFacts):
    """An order that was placed, and the path of its page.

    ``invoice`` is its id in the wallet, null if it is not issued.
    """

    number: int
    invoice: str | None
    path: str


class StartedCheckout(TypedDict):
    """A checkout that was started, and the path of its page.

    ``card_form`` is the path of the form for a new card in the mobile version.
    """

    uid: str
    path: str
    card_form: str


class LinkedCard(TypedDict):
    """The token of a card; null if the vault has linked it and did not tell."""

    card_token: str | None


def add_buying_controls(controls: Blueprint, shop: Shop) -> None:
    """Add what a buyer does at the shop, each in one call."""

    @controls.post("/carts")
    @documented(
        "Put products into a cart",
        list[CartLineFacts],
        body=NewCart,
        status=201,
        otherwise=(404, 409),
    )
    def fill_cart() -> tuple[list[CartLineFacts], int]:
        """One after the other; those before one that is refused stay. Answer the whole cart."""
        wanted = body_as(NewCart)
        customer = shop.people.get(wanted.phone)
        _put_into_cart(shop, customer, wanted.products)
        lines = shop.carts.lines(customer.id)
        return [CartLineFacts(product=x.product_slug, quantity=x.quantity) for x in lines], 201

    @controls.delete("/carts")
    @documented("Empty a cart", list[CartLineFacts], query=("phone",), otherwise=(404,))
    def empty_cart() -> list[CartLineFacts]:
        customer = shop.people.get(request.args.get("phone", ""))
        for line in shop.carts.lines(customer.id):
            shop.carts.remove(customer.id, line.product_slug)
        return []

    @controls.post("/checkouts")
    @documented(
        "Start a checkout with products",
        StartedCheckout,
        body=NewCheckout,
        status=201,
        otherwise=(404, 409),
    )
    def start_checkout() -> tuple[StartedCheckout, int]:
        """Put the products into the cart and tick them, with all pieces that lie there of them."""
        wanted = body_as(NewCheckout)
        customer = shop.people.get(wanted.phone)
        uid = _start_checkout(shop, customer, wanted.products)
        if wanted.address is not None:
            _give_address(shop, customer, uid, wanted.address)
        path, card_form = (url_for(page, uid=uid) for page in ("checkout.checkout", "mobile.card"))
        return StartedCheckout(uid=uid, path=path, card_form=card_form), 201

    @controls.post("/orders")
    @documented(
        "Order products, paid through the wallet",
        PlacedOrder,
        body=NewOrder,
        status=201,
        otherwise=(404, 409),
    )
    def place_order() -> tuple[PlacedOrder, int]:
        """Put the products into the cart and order them, with all pieces that lie there of them."""
        wanted = body_as(NewOrder)
        return _placed(_order(shop, shop.people.get(wanted.phone), wanted)), 201

    @controls.post("/cards")
    @documented(
        "Link a card, as at the checkout, without an order",
        LinkedCard,
        body=CardOfCustomer,
        status=201,
        otherwise=(404, 409),
    )
    def link_card() -> tuple[LinkedCard, int]:
        wanted = body_as(CardOfCustomer)
        customer = shop.people.get(wanted.phone)
        card = wanted.card(shop.clock.now().astimezone(UTC).date())
        _put_into_cart(shop, customer, wanted.products)
        return LinkedCard(card_token=shop.link_card(customer, str(uuid4()), card)), 201


def _put_into_cart(
    shop: Shop, customer: CustomerRow, products: Sequence[WantedProduct]
) -> list[str]:
    slugs = []
    for wanted in products:
        slug = shop.catalogue.named(wanted.product).slug
        shop.carts.add(customer.id, slug, parse_quantity(str(wanted.quantity)))
        slugs.append(slug)
    return slugs


def _start_checkout(shop: Shop, customer: CustomerRow, products: Sequence[WantedProduct]) -> str:
    return shop.checkouts.start(customer.id, _put_into_cart(shop, customer, products))


def _give_address(
    shop: Shop, customer: CustomerRow, checkout: str, wanted: DeliveryAddress
) -> None:
    """Give the address of a checkout, as its window on a phone does."""
    draft = shop.addresses.draft(customer, checkout)
    kept = shop.addresses.remember(customer.id, wanted.completed(draft))
    given = replace(draft, **address_of(kept), began_with=str(kept.id))
    shop.addresses.keep_draft(checkout, given)


def _order(shop: Shop, customer: CustomerRow, wanted: NewOrder) -> OrderRow:
    checkout = _start_checkout(shop, customer, wanted.products)
    address = wanted.address.completed(shop.addresses.draft(customer, checkout))
    try:
        order = shop.buy(customer, checkout, address, PaymentMethod.QIWI_WALLET)
    except CheckoutChanged as changed:
        raise changed.changes[0] from changed
    # With the invoice, which was issued after the order was placed.
    return shop.orders.get(customer.id, order.uid)


def _placed(order: OrderRow) -> PlacedOrder:
    pay_url = order.invoice.pay_url if order.invoice else None
    invoice = invoice_uid(pay_url) if pay_url else None
    path = url_for("orders.order", uid=order.uid)
    return PlacedOrder(**order_facts(order), number=order.number, invoice=invoice, path=path)
