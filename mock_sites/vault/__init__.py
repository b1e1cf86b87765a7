"""The card vault: where a person's cards are kept, and where the shop finds them (C2)."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from flask import Blueprint, Flask
from werkzeug.wrappers import Request

from ..shared.controls.control import add_controls, create_controls
from ..shared.controls.fault_middleware import lose_sessions, open_faulty_door
from ..shared.controls.faults import About, Faults
from ..shared.messaging.messages import PATIENCE_SECONDS
from ..shared.messaging.notifier import Deliveries, Post, Teller
from ..shared.messaging.outgoing import Notifier
from ..shared.messaging.signing import CLIENT_ID, Signing
from ..shared.runtime.clock import Clock
from ..shared.runtime.database import Database
from ..shared.runtime.settings import Stack
from ..shared.runtime.site import Site
from ..shared.runtime.worker import Worker
from ..shared.web.interrupted import keep_interrupted_forms
from ..shared.web.sign_in import add_sign_in
from ..shared.web.web import create_site
from .controls import add_vault_controls
from .domain.shop import Shop
from .domain.vault import Vault, open_vault
from .routes import cards, home
from .store import Base, Delivery
from .vault_api import create_vault_api
from .wording import CARD_STATES, REFUSALS

# Below it merchants speak the vault's protocol.
DOOR = "/ams/api/v1/"
# What of a form waits for a sign-in: nothing of the card itself.
KEPT_FIELDS = ("country", "postal_code", "address")
REQUEST_ID = re.compile(r'"(?:vaulting|payment)RequestId":\s*"([^"]+)"')


def create_vault(stack: Stack, clock: Clock, transport: httpx.BaseTransport | None = None) -> Site:
    """The vault of a stack, ready to be served; ``transport`` replaces the way to the shop."""
    keys, secret_key = stack.keys.vault, stack.keys.site_secrets["vault"]
    signing = Signing(keys.client_id, keys.vault.private_key, keys.shop.public_key)
    app = create_site("vault", Path(__file__).parent, secret_key, REFUSALS, DOOR)
    app.jinja_env.globals.update(card_states=CARD_STATES)
    database = Database(stack.database_url("vault"), Base)
    faults = Faults()
    post, client_id = _teller(signing, transport), keys.client_id
    news = Deliveries(database, clock, Delivery, post, faults, lambda _delivery: client_id)
    teller = Teller("vault notifications", news)
    vault = open_vault(database, clock, secret_key, _shop_of(stack), teller.poke, faults)
    returner = Worker("vault holds", vault.upkeep.settle_due)
    for worker in (teller, returner):
        clock.on_advance(worker.poke)
    app.extensions["vault"] = vault
    app.add_template_test(lambda card: card.expiry.is_over(clock.now()), "expired")
    _add_routes(app, vault, signing)
    if stack.controls:
        _add_controls(app, vault, create_controls(stack.keys.control_token, clock, faults), faults)
    _open_demo_accounts(stack, vault)
    return Site(app, database, (teller, returner))


def _add_routes(app: Flask, vault: Vault, signing: Signing) -> None:
    add_sign_in(app, vault.holders, "home.index")
    keep_interrupted_forms(app, KEPT_FIELDS)
    for noun in (home, cards):
        app.register_blueprint(noun.pages(vault))
    api = create_vault_api(vault, signing)
    app.extensions["csrf"].exempt(api)
    app.register_blueprint(api)


def _add_controls(app: Flask, vault: Vault, controls: Blueprint, faults: Faults) -> None:
    add_vault_controls(controls, vault)
    add_controls(app, controls)
    open_faulty_door(app, DOOR, faults, partial(_about, vault))
    lose_sessions(app, faults)


def _about(vault: Vault, request: Request) -> About:
    """A call of the merchant: behind the id of a request that it asks about there is a buyer."""
    said = request.get_data(as_text=True)
    ids = REQUEST_ID.findall(said)
    phones = [phone for each in ids for phone in vault.phones_behind(each)]
    merchant = request.headers.get(CLIENT_ID, "")
    return About(said=" ".join([said, *phones]), merchant=merchant, path=request.path)


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


def _teller(signing: Signing, transport: httpx.BaseTransport | None) -> Post[Delivery]:
    notifier = Notifier(PATIENCE_SECONDS, transport)

    def post(delivery: Delivery, forged: bool) -> bool:
        """Tell the shop, signed anew each time; whether it acknowledged."""
        body = delivery.body.encode()
        signed = b"something else" if forged else body
        headers = signing.headers(urlsplit(delivery.url).path, signed)
        headers["Content-Type"] = "application/json"
        try:
            answer = notifier.post(delivery.url, body, headers)
            result = json.loads(answer.body)["result"]["resultCode"]
            return answer.status == 200 and bool(result == "SUCCESS")
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return False

    return post
