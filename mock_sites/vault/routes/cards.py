"""Card management: the list, the main card, adding, editing and deleting (C2.3-C2.5)."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ...shared.values.refusal import Refusal
from ...shared.web.interrupted import form_data
from ...shared.web.sign_in import require_sign_in, signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import show_beside_field, words_for
from ..authentication_store import Purpose
from ..domain.access_control import ChallengeNeeded
from ..domain.authentications import Waiting
from ..store import CardRow
from . import current_vault
from .forms import EditForm, NewCardForm

pages = Blueprint("cards", __name__, url_prefix="/cards")
require_sign_in(pages)


@pages.get("")
def index() -> str:
    cards = current_vault.cards.shown_to(signed_in_person().phone)
    return render_template("cards.html", cards=cards)


@pages.post("/<token>/main")
def make_main(token: str) -> Response:
    try:
        current_vault.cards.make_main(signed_in_person().phone, token)
    except Refusal as refusal:
        flash(words_for(refusal))
    return redirect_after_post(url_for("cards.index"))


@pages.route("/new", methods=["GET", "POST"])
def add() -> Response | str:
    form = NewCardForm(current_vault.upkeep.now().date(), formdata=form_data())
    form.offer_countries()
    if form.validate_on_submit():
        phone, card, billing = signed_in_person().phone, form.card(), form.billing()
        try:
            waiting = Waiting(Purpose.OWN, phone, card, billing=billing)
            current_vault.authentications.require(waiting)
            current_vault.cards.link(phone, card, billing)
        except ChallengeNeeded as challenge:
            return redirect_after_post(challenge.url)
        except Refusal as refusal:
            show_beside_field(form, refusal)
        else:
            return redirect_after_post(url_for("cards.index"))
    return render_template("new_card.html", form=form)


@pages.route("/<token>/edit", methods=["GET", "POST"])
def edit(token: str) -> Response | str:
    phone, today = signed_in_person().phone, current_vault.upkeep.now().date()
    card = current_vault.cards.get(phone, token)
    form = EditForm(today, formdata=form_data(), data=_shown_in_form(card))
    form.offer_countries()
    if form.validate_on_submit():
        try:
            current_vault.cards.edit(phone, token, form.details())
        except Refusal as refusal:
            show_beside_field(form, refusal)
        else:
            flash(gettext("The card has been updated."))
            return redirect_after_post(url_for("cards.index"))
    return render_template("edit_card.html", form=form, card=card)


@pages.get("/delete")
def ask_before_deleting() -> Response | str:
    try:
        chosen = current_vault.cards.chosen(signed_in_person().phone, request.args.getlist("card"))
    except Refusal as refusal:
        flash(words_for(refusal))
        return redirect_after_post(url_for("cards.index"))
    return render_template("delete_cards.html", cards=chosen, form=FlaskForm())


@pages.post("/delete")
def delete() -> Response:
    current_vault.cards.delete(signed_in_person().phone, request.form.getlist("card"))
    return redirect_after_post(url_for("cards.index"))


def _shown_in_form(card: CardRow) -> dict[str, str | None]:
    return {
        "card_holder": card.holder,
        "expiry": str(card.expiry),
        "country": card.country,
        "postal_code": card.postal_code,
        "address": card.address,
    }
