"""The addresses at which shops open their bills: ``/form/`` (a payUrl) and ``/create``."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response

from ...shared.runtime.clock import Clock
from ...shared.values.refusal import Refusal
from ..bill_ids import parse_id
from ..bill_request import BillRequest
from ..domain.bill_view import WALLET_ZONE
from ..domain.bills import LONGEST_LIFE
from ..domain.buyers import CURRENCIES
from . import current_wallet

CUSTOMER = ("phone", "email", "account")
LIFETIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{4}")
CUSTOM_FIELD = re.compile(r"customFields\[([\w-]+)]")


pages = Blueprint("bill_form", __name__)


@pages.get("/form/")
def form() -> Response:
    return _to_invoice(request.args.get("invoice_uid", "-"))


@pages.get("/create")
def create() -> Response | tuple[str, int]:
    merchant = current_wallet.merchants.with_public_key(request.args.get("publicKey", ""))
    if merchant is None:
        return render_template("bad_bill.html", reason="publicKey"), 400
    twice = next((name for name, given in request.args.lists() if len(given) > 1), None)
    if twice is not None:
        return render_template("bad_bill.html", reason=twice), 400
    try:
        bill_id = parse_id(request.args.get("billId", str(uuid4())), "billId")
        wanted = BillRequest.model_validate(_asked_for(current_wallet.clock)).as_new_bill(bill_id)
        bill = current_wallet.bills.issue(merchant, wanted)
    except ValidationError as error:
        reason = ".".join(str(part) for part in error.errors()[0]["loc"])
        return render_template("bad_bill.html", reason=reason), 400
    except Refusal as refusal:
        return render_template("bad_bill.html", reason=refusal.field), 400
    return _to_invoice(bill.uid)


def _to_invoice(uid: str) -> Response:
    address = request.args.get("successUrl")
    return redirect(url_for("invoices.means", uid=uid, successUrl=address), 303)


def _asked_for(clock: Clock) -> dict[str, object]:
    """The query of ``/create`` in the shape of the protocol's own request."""
    given = request.args
    fields = {m[1]: given[name] for name in given if (m := CUSTOM_FIELD.fullmatch(name))}
    return {
        "amount": {"currency": given.get("currency", CURRENCIES[0]), "value": given.get("amount")},
        "expirationDateTime": _due(given.get("lifetime"), clock),
        "comment": given.get("comment"),
        "customer": {name: given.get(name) for name in CUSTOMER},
        "customFields": fields,
    }


def _due(lifetime: str | None, clock: Clock) -> str:
    """``YYYY-MM-DDThhmm`` in the wallet's own time; without one the bill lives its longest."""
    if lifetime is None:
        # Later than that: asked for again at a later moment the same bill is still the same.
        return (clock.now() + 2 * LONGEST_LIFE).isoformat()
    if not LIFETIME.fullmatch(lifetime):
        return lifetime
    try:
        return datetime.strptime(lifetime, "%Y-%m-%dT%H%M").replace(tzinfo=WALLET_ZONE).isoformat()
    except ValueError:
        return lifetime
