"""The page on which a buyer links a card for a merchant that has opened a session."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from ...shared.values.refusal import Refusal
from ...shared.web.interrupted import form_data
from ...shared.web.sign_in import require_sign_in, signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import show_beside_field
from ..domain.access_control import ChallengeNeeded
from . import current_vault
from .forms import NewCardForm

pages = Blueprint("sessions", __name__, url_prefix="/sessions")
require_sign_in(pages)


@pages.route("/<uid>", methods=["GET", "POST"])
def link(uid: str) -> Response | str:
    sessions, phone = current_vault.sessions, signed_in_person().phone
    sessions.opened(uid)
    form = NewCardForm(current_vault.upkeep.now().date(), formdata=form_data())
    form.offer_countries()
    if form.validate_on_submit():
        try:
            linked = sessions.link(uid, phone, form.card(), form.billing())
        except ChallengeNeeded as challenge:
            return redirect_after_post(challenge.url)
        except Refusal as refusal:
            show_beside_field(form, refusal)
        else:
            return redirect_after_post(linked.redirect_url or url_for("cards.index"))
    return render_template("new_card.html", form=form)
