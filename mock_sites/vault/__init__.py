"""The card vault: where a person's cards are kept, and where the shop finds them (C2)."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import httpx
from flask import Blueprint, Flask
from werkzeug.wrappers import Request

from ..shared.controls.control import add_controls, create_controls
from ..shared.controls.fault_middleware import add_fault_middleware, add_page_faults, lose_sessions
from ..shared.controls.faults import About, Faults
from ..shared.controls.reset import add_reset
from ..shared.controls.sessions import add_session_control
from ..shared.controls.shared_faults import faults_of
from ..shared.messaging.notification_queue import NotificationQueue, NotificationSender
from ..shared.messaging.signing import CLIENT_ID, Signing
from ..shared.runtime.clock import Clock
from ..shared.runtime.database import Database
from ..shared.runtime.settings import StackSettings
from ..shared.runtime.site import Site
from ..shared.runtime.worker import Worker
from ..shared.web.api_reference import add_api_reference
from ..shared.web.interrupted import keep_interrupted_forms
from ..shared.web.sign_in import add_sign_in
from ..shared.web.web import create_site
from . import vault_api
from .card_controls import add_card_controls
from .clients.acs import AccessControlClient
from .clients.merchant import notification_post
from .controls import add_vault_controls
from .domain.merchant import Merchant
from .domain.vault import Vault, open_vault
from .routes import authentications, cards, home, sessions
from .store import Base, NotificationRow
from .vault_description import VAULT_PROTOCOL
from .wording import CARD_STATES, CENT_STATES, REFUSALS

# What of a form waits for a sign-in: nothing of the card itself.
KEPT_FIELDS = ("country", "postal_code", "address")
REQUEST_ID = re.compile(r'"(?:vaulting|payment)RequestId":\s*"([^"]+)"')


def create_vault(
    stack: StackSettings, clock: Clock, transport: httpx.BaseTransport | None = None
) -> Site:
    """The vault of a stack, ready to be served; ``transport`` replaces the way to the shop."""
    keys, secret_key = stack.keys.vault, stack.keys.site_secrets["vault"]
    signing = Signing(keys.client_id, keys.vault.private_key, keys.shop.public_key)
    app = create_site("vault", Path(__file__).parent, secret_key, REFUSALS, vault_api.PREFIX)
    app.jinja_env.globals.update(card_states=CARD_STATES, cent_states=CENT_STATES)
    database = Database(stack.database_url("vault"), Base, stack.database_schema)
    faults = faults_of(database, stack.controls)
    post, client_id = notification_post(signing, transport), keys.client_id
    queue = NotificationQueue(
        database, clock, NotificationRow, post, faults, lambda _notification: client_id
    )
    sender = NotificationSender("vault notifications", queue)
    acs = _access_control(stack, transport)
    vault = open_vault(database, clock, secret_key, _merchant_of(stack), sender.wake, faults, acs)
    returner = Worker("vault holds", vault.upkeep.settle_due)
    waits = Worker("vault challenges", vault.authentications.settle_due)
    for worker in (sender, returner, waits):
        clock.on_advance(worker.wake)
    app.extensions["vault"] = vault
    app.add_template_test(lambda card: card.expiry.is_over(clock.now()), "expired")
    _add_routes(app, vault)
    vault_api.add_vault_api(app, signing, explains=stack.controls)
    add_api_reference(app, VAULT_PROTOCOL)
    fill = partial(_open_demo_accounts, stack, vault)
    if stack.controls:
        controls = create_controls(stack.keys.control_token, clock, faults)
        add_reset(controls, database, faults, fill)
        _add_controls(app, vault, controls, faults)
    fill()
    return Site(app, database, (sender, returner, waits))


def _add_routes(app: Flask, vault: Vault) -> None:
    add_sign_in(app, vault.holders, "home.index")
    keep_interrupted_forms(app, KEPT_FIELDS)
    for noun in (home, cards, sessions, authentications):
        app.register_blueprint(noun.pages)


def _add_controls(app: Flask, vault: Vault, controls: Blueprint, faults: Faults) -> None:
    add_vault_controls(controls, vault)
    add_card_controls(controls, vault)
    add_session_control(controls, vault.holders)
    add_controls(app, controls)
    add_fault_middleware(app, vault_api.PREFIX, faults, partial(_about, vault))
    lose_sessions(app, faults)
    add_page_faults(app, faults)


def _about(vault: Vault, request: Request) -> About:
    """A call of the merchant: behind the id of a request that it asks about there is a buyer."""
    said = request.get_data(as_text=True)
    ids = REQUEST_ID.findall(said)
    phones = [phone for each in ids for phone in vault.phones_behind(each)]
    merchant = request.headers.get(CLIENT_ID, "")
    return About(said=" ".join([said, *phones]), merchant=merchant, path=request.path)


def _access_control(
    stack: StackSettings, transport: httpx.BaseTransport | None
) -> AccessControlClient:
    internal, public = stack.internal_url("acs"), stack.public_url("acs")
    return AccessControlClient(internal, public, stack.keys.acs_token, transport)


def _merchant_of(stack: StackSettings) -> Merchant:
    return Merchant(
        client_id=stack.keys.vault.client_id,
        origin=stack.public_url("shop"),
        internal_origin=stack.internal_url("shop"),
        vault=stack.public_url("vault"),
    )


def _open_demo_accounts(stack: StackSettings, vault: Vault) -> None:
    for person in stack.keys.people:
        if vault.holders.find(person.phone) is None:
            vault.holders.add(person.phone, person.password, person.name)
