"""A third-party shop, paid with the wallet (W2) or a linked card (C1, C3)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import httpx
from flask import Flask
from flask_login import current_user

from ..shared.controls.control import add_controls, create_controls
from ..shared.controls.fault_middleware import add_fault_middleware, add_page_faults, lose_sessions
from ..shared.controls.reset import add_reset
from ..shared.controls.sessions import add_session_control
from ..shared.controls.shared_faults import faults_of
from ..shared.messaging.signing import Signing
from ..shared.runtime.clock import Clock
from ..shared.runtime.database import Database
from ..shared.runtime.settings import StackSettings
from ..shared.runtime.site import Site
from ..shared.runtime.worker import Worker
from ..shared.web.interrupted import keep_interrupted_forms
from ..shared.web.sign_in import add_sign_in
from ..shared.web.web import create_site
from . import wording
from .base import Base
from .buying_controls import add_buying_controls
from .clients.vault import OwnAddresses, VaultClient, vault_connection
from .clients.wallet import BillClient, wallet_connection
from .controls import add_shop_controls
from .domain.shop import Shop, open_shop
from .domain.wallet_keys import WalletKeys
from .routes import (
    cart,
    catalogue,
    checkout,
    device,
    linked,
    mobile,
    notifications,
    orders,
    profile,
)
from .stack_books import StackBooks

# Below it the wallet and the vault tell the shop what has happened.
API_PREFIX = "/notifications/"
# What of a form waits for a sign-in: nothing of a card.
KEPT_FIELDS = (
    *("quantity", "ticked"),
    *("recipient", "phone", "city", "street", "postal_code", "address"),
    *("payment", "online_option", "card", "means"),
)
HERE = Path(__file__).parent


def create_shop(
    stack: StackSettings, clock: Clock, transport: httpx.BaseTransport | None = None
) -> Site:
    """The shop of a stack; ``transport`` stands in for the network to wallet and vault."""
    database = Database(stack.database_url("shop"), Base, stack.database_schema)
    shop = _open(stack, database, clock, transport)
    _fill(stack, shop)
    invoices = Worker("shop invoices", shop.invoices.process_due)
    cards = Worker("shop cards", shop.cards.process_due)
    payments = Worker("shop card payments", shop.card_payments.process_due)
    shop.invoices.on_change(invoices.wake)
    shop.cards.on_change(cards.wake)
    shop.card_payments.on_change(payments.wake)
    workers = (invoices, cards, payments)
    for worker in workers:
        clock.on_advance(worker.wake)
    books = StackBooks(stack, shop.orders, transport)
    return Site(_application(stack, database, clock, shop, books), database, workers)


def _fill(stack: StackSettings, shop: Shop) -> None:
    """Put in what the shop has from the start: its products, and the demo people."""
    shop.catalogue.fill_from(HERE / "products.toml")
    shop.welcome(stack.keys.people)


def _open(
    stack: StackSettings, database: Database, clock: Clock, transport: httpx.BaseTransport | None
) -> Shop:
    """The shop's rules, connected to the wallet and the vault of its stack."""
    keys = stack.keys
    wallet = wallet_connection(stack.internal_url("wallet"), transport)
    ours, theirs = keys.vault.shop, keys.vault.vault
    signing = Signing(keys.vault.client_id, ours.private_key, theirs.public_key)
    own = OwnAddresses(
        notifications=f"{stack.internal_url('shop')}/notifications/vault",
        pages=stack.public_url("shop"),
    )
    vault = VaultClient(vault_connection(stack.internal_url("vault"), transport), signing, own)
    wallet_keys = WalletKeys(database, clock, keys.merchant)
    return open_shop(database, clock, BillClient(wallet, wallet_keys), wallet_keys, vault)


def _application(
    stack: StackSettings, database: Database, clock: Clock, shop: Shop, books: StackBooks
) -> Flask:
    app = create_site("shop", HERE, stack.keys.site_secrets["shop"], wording.REFUSALS, API_PREFIX)
    app.extensions["shop"] = shop
    add_sign_in(app, shop.people, "catalogue.home")
    keep_interrupted_forms(app, KEPT_FIELDS, {"catalogue.add_to_cart": catalogue.add_wanted})
    app.config.update(PUBLIC_URL=stack.public_url("shop"), VAULT_URL=stack.public_url("vault"))
    for noun in (
        *(catalogue, cart, checkout, linked, mobile, orders, profile, device),
        notifications,
    ):
        app.register_blueprint(noun.pages)
    app.extensions["csrf"].exempt(notifications.pages)
    app.jinja_env.globals.update(wording=wording, pieces_in_cart=lambda: _pieces_in_cart(shop))
    app.add_template_test(shop.cards.is_over, "expired")
    if stack.controls:
        faults = faults_of(database, stack.controls)
        controls = create_controls(stack.keys.control_token, clock, faults)
        add_reset(controls, database, faults, partial(_fill, stack, shop))
        add_shop_controls(controls, shop, books)
        add_buying_controls(controls, shop)
        add_session_control(controls, shop.people)
        add_controls(app, controls)
        add_fault_middleware(app, API_PREFIX, faults)
        lose_sessions(app, faults)
        add_page_faults(app, faults)
    return app


def _pieces_in_cart(shop: Shop) -> int:
    return shop.carts.count(current_user.person.id) if current_user.is_authenticated else 0
