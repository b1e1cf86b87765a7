"""A third-party shop that can be paid with the wallet (W2)."""

from __future__ import annotations

from pathlib import Path

import httpx
from flask import Flask
from flask_login import current_user

from mock_sites.clock import Clock
from mock_sites.control import add_controls, create_controls
from mock_sites.database import Database
from mock_sites.settings import Stack
from mock_sites.shop import wording
from mock_sites.shop.controls import add_shop_controls
from mock_sites.shop.domain.bills import wallet_connection
from mock_sites.shop.domain.shop import Shop, open_shop
from mock_sites.shop.routes.cart import cart_pages
from mock_sites.shop.routes.catalogue import catalogue_pages
from mock_sites.shop.routes.checkout import checkout_pages
from mock_sites.shop.routes.notifications import add_notifications
from mock_sites.shop.routes.orders import order_pages
from mock_sites.shop.store import Base
from mock_sites.sign_in import add_sign_in
from mock_sites.site import Site
from mock_sites.web import create_site
from mock_sites.worker import Worker

HERE = Path(__file__).parent


def create_shop(stack: Stack, clock: Clock, transport: httpx.BaseTransport | None = None) -> Site:
    """The shop of a stack; ``transport`` stands in for the network to the wallet."""
    database = Database(stack.database_url("shop"), Base)
    wallet = wallet_connection(stack.internal_url("wallet"), transport)
    shop = open_shop(database, clock, wallet, stack.keys.merchant)
    shop.catalogue.fill_from(HERE / "products.toml")
    shop.welcome(stack.keys.people)
    worker = Worker("shop invoices", shop.invoices.take_turn)
    shop.invoices.on_change(worker.poke)
    clock.on_advance(worker.poke)
    return Site(_application(stack, clock, shop), database, (worker,))


def _application(stack: Stack, clock: Clock, shop: Shop) -> Flask:
    app = create_site("shop", HERE, stack.keys.site_secrets["shop"], wording.REFUSALS)
    add_sign_in(app, shop.people, "catalogue.home")
    app.register_blueprint(catalogue_pages(shop))
    app.register_blueprint(cart_pages(shop))
    app.register_blueprint(checkout_pages(shop))
    app.register_blueprint(order_pages(shop, stack.public_url("shop")))
    add_notifications(app, shop)
    app.jinja_env.globals.update(wording=wording, pieces_in_cart=lambda: _pieces_in_cart(shop))
    if stack.controls:
        controls = create_controls(stack.keys.control_token, clock)
        add_shop_controls(controls, shop)
        add_controls(app, controls)
    return app


def _pieces_in_cart(shop: Shop) -> int:
    return shop.carts.count(current_user.person.id) if current_user.is_authenticated else 0
