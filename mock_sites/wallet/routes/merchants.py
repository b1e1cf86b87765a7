"""Merchants' sign-in: people who have a merchant's secret key see that merchant's pages."""

from __future__ import annotations

import hmac

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from ...shared.values.refusal import Refusal
from ...shared.web.forms import SecretField
from ...shared.web.web import redirect_after_post
from ..store import MerchantRow
from . import current_wallet

SITE_ID, KEY_MARK = "merchant_site_id", "merchant_key_mark"
# The pages that a merchant can ask for, by the word that the sign-in keeps of them.
PAGES = {"statement": "statements.index", "notifications": "notification_log.index"}
DEFAULT_PAGE = "statement"

pages = Blueprint("merchants", __name__, url_prefix="/merchant")


def _known(key: str) -> MerchantRow:
    merchant = current_wallet.merchants.with_secret_key(key)
    if merchant is None:
        raise Refusal("merchant_key.unknown", "secret_key")
    return merchant


class KeyForm(FlaskForm):
    """The secret key of a merchant."""

    secret_key = SecretField(lazy_gettext("Secret key"), rule=_known)


def require_merchant_key(routes: Blueprint, page: str) -> None:
    """Ask for a merchant's key before any page of ``routes``; ``g.merchant`` is that merchant.

    ``page`` is the word of the page that is opened after the key.
    """

    @routes.before_request
    def ask_for_key() -> ResponseReturnValue | None:
        g.merchant = _merchant_of_session()
        if g.merchant is not None:
            return None
        asked = None if page == DEFAULT_PAGE else page
        return redirect(url_for("merchants.sign_in", page=asked), 303)


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> AnyResponse | str:
    form = KeyForm()
    if form.validate_on_submit():
        merchant = form.secret_key.data
        shown = form.secret_key.typed
        session[SITE_ID], session[KEY_MARK] = merchant.site_id, _mark(shown)
        asked = PAGES.get(request.args.get("page", ""), PAGES[DEFAULT_PAGE])
        return redirect_after_post(url_for(asked))
    return render_template("merchant_sign_in.html", form=form)


@pages.post("/sign-out")
def sign_out() -> AnyResponse:
    for name in (SITE_ID, KEY_MARK):
        session.pop(name, None)
    return redirect_after_post(url_for("merchants.sign_in"))


def _merchant_of_session() -> MerchantRow | None:
    """The merchant that this browser has shown a key of; None once that key holds no more."""
    merchant = current_wallet.merchants.issuer(str(session.get(SITE_ID, "")))
    if merchant is None:
        return None
    mark = str(session.get(KEY_MARK, ""))
    keys = current_wallet.merchants.accepted_keys(merchant)
    return merchant if any(hmac.compare_digest(mark, _mark(key)) for key in keys) else None


def _mark(secret_key: str) -> str:
    """What the session keeps of the key: a keyed hash, worth nothing elsewhere."""
    site_key = str(current_app.secret_key).encode()
    return hmac.new(site_key, secret_key.encode(), "sha256").hexdigest()
