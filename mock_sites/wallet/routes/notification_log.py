"""What a merchant was told, for people who have its secret key: a list, and sending again."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, g, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ...shared.values.refusal import Refusal
from ...shared.web.forms import ChoiceField, HiddenTextField, TextField
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import words_for
from ..bill_ids import parse_id
from ..domain.notification_log import MOST_LISTED, Outcome, outcome_named
from ..wording import OUTCOMES
from . import current_wallet
from .merchants import require_merchant_key

pages = Blueprint("notification_log", __name__, url_prefix="/merchant/notifications")
require_merchant_key(pages, "notifications")


def _bill_id(text: str) -> str | None:
    return parse_id(text, "bill_id") if text else None


def _outcome(text: str) -> Outcome | None:
    return outcome_named(text) if text else None


class FilterForm(FlaskForm):
    """Which notifications are listed; it only reads, so it carries no form key."""

    class Meta:
        """Settings of the form."""

        csrf = False

    bill_id = TextField(lazy_gettext("Invoice number"), rule=_bill_id)
    outcome = ChoiceField(lazy_gettext("Result"), rule=_outcome, validate_choice=False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        named = [(outcome.value, str(name)) for outcome, name in OUTCOMES.items()]
        self.outcome.choices = [("", gettext("All")), *named]


class SendAgainForm(FlaskForm):
    """One press of Send again: pressed twice it has the same ``replay_id``."""

    bill_id = HiddenTextField(rule=_bill_id)
    replay_id = HiddenTextField(rule=lambda text: parse_id(text, "replay_id"))


@pages.get("")
def index() -> str:
    form, found = FilterForm(formdata=request.args or None), []
    if form.validate():
        found = current_wallet.notification_log.of(g.merchant, form.bill_id.data, form.outcome.data)
    return render_template(
        "notifications.html",
        form=form,
        found=found,
        most=MOST_LISTED,
        merchant=g.merchant,
        new_id=lambda: str(uuid4()),
        zone=g.merchant.zone.key,
    )


@pages.post("/again")
def again() -> Response:
    form = SendAgainForm()
    if form.validate_on_submit():
        try:
            current_wallet.notification_log.send_again(
                g.merchant, form.bill_id.data or "", form.replay_id.data
            )
            flash(gettext("The notification will be sent again. Its answer appears here."))
        except Refusal as refusal:
            flash(words_for(refusal))
    else:
        flash(gettext("Nothing was sent. Open this page again and press Send again."))
    return redirect_after_post(url_for("notification_log.index", bill_id=form.bill_id.data))
