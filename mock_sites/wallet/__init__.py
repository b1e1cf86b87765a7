"""The wallet provider's site: paying here, and paying the invoices of shops."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from urllib.parse import unquote

import httpx
from flask import Blueprint, Flask
from werkzeug.wrappers import Request

from ..shared.controls.control import add_controls, create_controls
from ..shared.controls.fault_middleware import add_fault_middleware, add_page_faults, lose_sessions
from ..shared.controls.faults import About, Faults
from ..shared.controls.reset import add_reset
from ..shared.controls.sessions import add_session_control
from ..shared.controls.shared_faults import faults_of
from ..shared.messaging.messages import MessageLine
from ..shared.messaging.notification_queue import NotificationQueue, NotificationSender
from ..shared.runtime.clock import Clock
from ..shared.runtime.database import Database
from ..shared.runtime.keys import MerchantKeys
from ..shared.runtime.settings import StackSettings
from ..shared.runtime.site import Site
from ..shared.values.money import Money
from ..shared.values.refusal import Refusal
from ..shared.web.api_reference import add_api_reference
from ..shared.web.interrupted import keep_interrupted_forms
from ..shared.web.sign_in import add_sign_in
from ..shared.web.web import create_site
from . import bill_api, notification_api, statement_api
from .bill_description import BILL_PROTOCOL
from .clients.merchants import notification_post, schedule_of
from .controls import add_wallet_controls
from .domain.codes import NewCode
from .domain.merchants import Merchants, merchant_row
from .domain.notification_log import keep_try
from .domain.notifications import merchant_of
from .domain.payments import SendCode
from .domain.wallet import Wallet, open_wallet
from .merchant_api import PREFIX, add_merchant_apis
from .merchant_controls import add_merchant_controls
from .notification_store import NotificationRow
from .payment_controls import add_payment_controls
from .routes import (
    bill_form,
    home,
    invoices,
    merchants,
    notification_log,
    pay,
    payments,
    statements,
)
from .store import Base, PaymentRow
from .wording import (
    BILL_STATES,
    FAILURES,
    OUTCOMES,
    PAYMENT_METHODS,
    REFUND_STATES,
    REFUSALS,
    SENDER,
    code_message,
)

# Below it merchants speak the bill protocol.
API_PREFIX = "/partner/bill/v1/bills/"
# What of a form waits for a sign-in: no code.
KEPT_FIELDS = ("account", "amount")
DEMO_FUNDS = Money(1_000_000, "RUB")


def create_wallet(
    stack: StackSettings, clock: Clock, transport: httpx.BaseTransport | None = None
) -> Site:
    """The wallet of a stack, ready to be served; ``transport`` replaces the way to the others."""
    secret_key = stack.keys.site_secrets["wallet"]
    app = create_site("wallet", Path(__file__).parent, secret_key, REFUSALS, PREFIX)
    app.jinja_env.globals.update(
        bill_states=BILL_STATES,
        refund_states=REFUND_STATES,
        payment_method_names=PAYMENT_METHODS,
        outcomes=OUTCOMES,
        failures=FAILURES,
    )
    database = Database(stack.database_url("wallet"), Base, stack.database_schema)
    faults = faults_of(database, stack.controls)
    known = Merchants(database, clock)
    queue = NotificationQueue(
        database,
        clock,
        NotificationRow,
        notification_post(known, transport),
        faults,
        merchant_of,
        lambda notification: schedule_of(known.issuer(merchant_of(notification))),
        keep_try,
    )
    sender = NotificationSender("wallet notifications", queue)
    clock.on_advance(sender.wake)
    send_code = _code_sender(stack, transport)
    wallet = open_wallet(database, clock, secret_key, send_code, sender.wake)
    app.extensions["wallet"] = wallet
    _add_routes(app, wallet, stack)
    fill = partial(_fill, stack, wallet)
    if stack.controls:
        controls = create_controls(stack.keys.control_token, clock, faults)
        add_reset(controls, database, faults, fill)
        _add_controls(app, wallet, controls, faults)
    fill()
    return Site(app, database, (sender,))


def _add_routes(app: Flask, wallet: Wallet, stack: StackSettings) -> None:
    add_sign_in(app, wallet.buyers, "home.index")
    keep_interrupted_forms(app, KEPT_FIELDS)
    for noun in (home, pay, payments, invoices, bill_form):
        app.register_blueprint(noun.pages)
    for noun in (merchants, statements, notification_log):
        app.register_blueprint(noun.pages)
    app.config["PUBLIC_URL"] = stack.public_url("wallet")
    add_merchant_apis(
        app, bill_api.api, bill_api.elsewhere, statement_api.api, notification_api.api
    )
    add_api_reference(app, BILL_PROTOCOL)


def _add_controls(app: Flask, wallet: Wallet, controls: Blueprint, faults: Faults) -> None:
    add_wallet_controls(controls, wallet)
    add_payment_controls(controls, wallet)
    add_merchant_controls(controls, wallet)
    add_session_control(controls, wallet.buyers)
    add_controls(app, controls)
    add_fault_middleware(app, API_PREFIX, faults, partial(_about, wallet))
    lose_sessions(app, faults)
    add_page_faults(app, faults)


def _about(wallet: Wallet, request: Request) -> About:
    """A call of a merchant: the bill of its path tells the buyer where the body does not."""
    given = request.authorization
    merchant = wallet.merchants.with_secret_key((given and given.token) or "")
    site_id = "" if merchant is None else merchant.site_id
    bill_id = unquote(request.path).removeprefix(API_PREFIX).split("/")[0]
    phone = wallet.bills.phone_of(site_id, bill_id)
    said = f"{phone} {request.get_data(as_text=True)}"
    return About(said=said, merchant=site_id, path=request.path)


def _shop_of(stack: StackSettings) -> MerchantKeys:
    """The stack's shop: it is told at its own address, and buyers return to its pages."""
    keys = stack.keys.merchant
    own_shop = f"{stack.internal_url('shop')}/notifications/qiwi"
    return keys.model_copy(
        update={
            "notification_url": keys.notification_url or own_shop,
            "return_origins": [stack.public_url("shop"), *keys.return_origins],
        }
    )


def _fill(stack: StackSettings, wallet: Wallet) -> None:
    """Put in what the wallet has from the start: its merchants, and the demo people."""
    for keys in (_shop_of(stack), *stack.keys.other_merchants):
        wallet.merchants.register(merchant_row(keys))
    for person in stack.keys.people:
        if wallet.buyers.find(person.phone) is None:
            wallet.buyers.open_wallet(person.phone, person.password, person.name, [DEMO_FUNDS])


def _code_sender(stack: StackSettings, transport: httpx.BaseTransport | None) -> SendCode:
    line = MessageLine(stack.internal_url("phone"), stack.keys.phone_token, transport)

    def send(phone: str, code: NewCode, payment: PaymentRow) -> None:
        if not line.send(phone, SENDER, code_message(code, payment)):
            raise Refusal("code.not-sent")

    return send
