"""The card vault: where a person's cards are kept, and where the shop finds them (C2)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from flask import Flask

from mock_sites.clock import Clock
from mock_sites.control import add_controls, create_controls
from mock_sites.database import Database
from mock_sites.deliveries import Deliveries
from mock_sites.messages import PATIENCE_SECONDS
from mock_sites.settings import Stack
from mock_sites.sign_in import add_sign_in
from mock_sites.signing import Signing
from mock_sites.site import Site
from mock_sites.vault.controls import add_vault_controls
from mock_sites.vault.domain.shop import Shop
from mock_sites.vault.domain.vault import Vault, open_vault
from mock_sites.vault.routes import cards, home
from mock_sites.vault.store import Base, Delivery
from mock_sites.vault.vault_api import create_vault_api
from mock_sites.vault.wording import CARD_STATES, REFUSALS
from mock_sites.web import create_site
from mock_sites.worker import Worker


def create_vault(stack: Stack, clock: Clock, transport: httpx.BaseTransport | None = None) -> Site:
    """The vault of a stack, ready to be served; ``transport`` replaces the way to the shop."""
    keys, secret_key = stack.keys.vault, stack.keys.site_secrets["vault"]
    signing = Signing(keys.client_id, keys.vault.private_key, keys.shop.public_key)
    app = create_site("vault", Path(__file__).parent, secret_key, REFUSALS)
    app.jinja_env.globals.update(card_states=CARD_STATES)
    database = Database(stack.database_url("vault"), Base)
    news = Deliveries(database, clock, Delivery, _teller(signing, transport))
    teller = Worker("vault notifications", news.deliver_due)
    vault = open_vault(database, clock, secret_key, _shop_of(stack), teller.poke)
    returner = Worker("vault holds", vault.upkeep.settle_due)
    for worker in (teller, returner):
        clock.on_advance(worker.poke)
    _add_routes(app, vault, signing, stack, clock)
    _open_demo_accounts(stack, vault)
    return Site(app, database, (teller, returner))


def _add_routes(app: Flask, vault: Vault, signing: Signing, stack: Stack, clock: Clock) -> None:
    add_sign_in(app, vault.holders, "home.index")
    for noun in (home, cards):
        app.register_blueprint(noun.pages(vault))
    api = create_vault_api(vault, signing)
    app.extensions["csrf"].exempt(api)
    app.register_blueprint(api)
    if stack.controls:
        controls = create_controls(stack.keys.control_token, clock)
        add_vault_controls(controls, vault)
        add_controls(app, controls)


def _shop_of(stack: Stack) -> Shop:
    return Shop(
        client_id=stack.keys.vault.client_id,
        origin=stack.public_url("shop"),
        internal_origin=stack.internal_url("shop"),
    )


def _open_demo_accounts(stack: Stack, vault: Vault) -> None:
    for person in stack.keys.people:
        if vault.holders.find(person.phone) is None:
            vault.holders.add(person.phone, person.password, person.name)


def _teller(signing: Signing, transport: httpx.BaseTransport | None) -> Callable[[Delivery], bool]:
    client = httpx.Client(timeout=PATIENCE_SECONDS, transport=transport, trust_env=False)

    def post(delivery: Delivery) -> bool:
        """Tell the shop, signed anew each time; whether it acknowledged."""
        body = delivery.body.encode()
        headers = signing.headers(urlsplit(delivery.url).path, body)
        headers["Content-Type"] = "application/json"
        try:
            answer = client.post(delivery.url, content=body, headers=headers)
            return answer.is_success and bool(answer.json()["result"]["resultCode"] == "SUCCESS")
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return False

    return post
