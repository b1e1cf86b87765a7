"""Card management: the list, the main card, adding, editing and deleting (C2.3-C2.5)."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext
from flask_login import login_required
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ...shared.values.refusal import Refusal
from ...shared.web.interrupted import form_data
from ...shared.web.sign_in import signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import show_beside_field, words_for
from ..domain.vault import Vault
from ..store import CardRow
from .forms import CardForm, EditForm, rules_of


def pages(vault: Vault) -> Blueprint:
    """The routes."""
    routes = Blueprint("cards", __name__, url_prefix="/cards")

    @routes.get("")
    @login_required
    def index() -> str:
        cards = vault.cards.shown_to(signed_in_person().phone)
        return render_template("cards.html", cards=cards)

    @routes.post("/<token>/main")
    @login_required
    def make_main(token: str) -> Response:
        try:
            vault.cards.make_main(signed_in_person().phone, token)
        except Refusal as refusal:
            flash(words_for(refusal))
        return redirect_after_post(url_for("cards.index"))

    _add_deleting(routes, vault)
    _add_adding(routes, vault)
    _add_editing(routes, vault)
    return routes


def _add_adding(routes: Blueprint, vault: Vault) -> None:
    @routes.route("/new", methods=["GET", "POST"])
    @login_required
    def add() -> Response | str:
        form, today = CardForm(formdata=form_data()), vault.upkeep.now().date()
        form.offer_countries()
        if form.validate_on_submit(extra_validators=rules_of(form, today)):
            try:
                vault.cards.link(signed_in_person().phone, form.card(today), form.billing())
            except Refusal as refusal:
                show_beside_field(form, refusal)
            else:
                return redirect_after_post(url_for("cards.index"))
        return render_template("new_card.html", form=form)


def _add_editing(routes: Blueprint, vault: Vault) -> None:
    @routes.route("/<token>/edit", methods=["GET", "POST"])
    @login_required
    def edit(token: str) -> Response | str:
        phone, today = signed_in_person().phone, vault.upkeep.now().date()
        card = vault.cards.get(phone, token)
        form = EditForm(formdata=form_data(), data=_shown_in_form(card))
        form.offer_countries()
        if form.validate_on_submit(extra_validators=rules_of(form, today)):
            try:
                vault.cards.edit(phone, token, form.details(today))
            except Refusal as refusal:
                show_beside_field(form, refusal)
            else:
                flash(gettext("The card has been updated."))
                return redirect_after_post(url_for("cards.index"))
        return render_template("edit_card.html", form=form, card=card)


def _add_deleting(routes: Blueprint, vault: Vault) -> None:
    @routes.get("/delete")
    @login_required
    def ask_before_deleting() -> Response | str:
        try:
            chosen = vault.cards.chosen(signed_in_person().phone, request.args.getlist("card"))
        except Refusal as refusal:
            flash(words_for(refusal))
            return redirect_after_post(url_for("cards.index"))
        return render_template("delete_cards.html", cards=chosen, form=FlaskForm())

    @routes.post("/delete")
    @login_required
    def delete() -> Response:
        vault.cards.delete(signed_in_person().phone, request.form.getlist("card"))
        return redirect_after_post(url_for("cards.index"))


def _shown_in_form(card: CardRow) -> dict[str, str | None]:
    return {
        "card_holder": card.holder,
        "expiry": str(card.expiry),
        "country": card.country,
        "postal_code": card.postal_code,
        "address": card.address,
    }
