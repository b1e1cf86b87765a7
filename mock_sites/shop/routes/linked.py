"""The way to the bank's challenge, and back from it: is the card linked? (C1.5, C3.5)"""

from __future__ import annotations

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ...shared.values.refusal import Refusal
from ...shared.web.sign_in import require_sign_in, signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import words_for
from ..domain.vault import ChallengeNeeded
from . import current_shop
from .checkout import page_of_order
from .device import is_mobile
from .drafts import answers_of, keep
from .forms import NEW_CARD

pages = Blueprint("linked", __name__, url_prefix="/linked")
require_sign_in(pages)


@pages.app_errorhandler(ChallengeNeeded)
def go_to_challenge(challenge: ChallengeNeeded) -> ResponseReturnValue:
    checkout_uid = (request.view_args or {}).get("uid")
    if challenge.request_id is not None and checkout_uid is not None:
        current_shop.cards.note_checkout(challenge.request_id, checkout_uid)
    return redirect_after_post(challenge.url)


@pages.get("/<request_id>")
def back(request_id: str) -> ResponseReturnValue:
    customer, token = signed_in_person(), NEW_CARD
    uid = current_shop.cards.checkout_of(customer, request_id)
    try:
        token = current_shop.cards.outcome_of(customer, request_id)
        flash(gettext("The card is linked. Nothing has been ordered yet."))
    except Refusal as refusal:
        flash(words_for(refusal))
    return _go_on(uid, token)


def _go_on(uid: str | None, token: str) -> ResponseReturnValue:
    if uid is None:
        return redirect_after_post(url_for("profile.profile"))
    found = current_shop.checkouts.get(signed_in_person().id, uid)
    if found.order is not None:
        return redirect_after_post(page_of_order(found.order))
    if not is_mobile():
        keep(uid, card=token)
        return redirect_after_post(url_for("checkout.checkout", uid=uid, card=token))
    keep(uid, **answers_of(token))
    return redirect_after_post(url_for("mobile.payment", uid=uid, card=token))
