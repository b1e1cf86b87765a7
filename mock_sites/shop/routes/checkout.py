"""The checkout page: address, payment method, confirmation (W2.1, W2.2, C1.3 to C1.6)."""

from __future__ import annotations

from dataclasses import asdict, replace

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ...shared.values.refusal import Refusal
from ...shared.web.forms import unusable_fields
from ...shared.web.sign_in import require_sign_in, signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import show_beside_field, words_for
from ..domain.orders import CheckoutChanged
from ..domain.payment_methods import CARD, ONLINE_OPTIONS
from ..store import CheckoutRow, OrderRow, OrderState
from . import current_shop
from .card_choice import offered, show_refusal, source_of, uses_typed_card
from .device import is_mobile
from .drafts import filled_in, keep
from .forms import NEW_CARD, CardForm, CheckoutForm

pages = Blueprint("checkout", __name__, url_prefix="/checkout")
require_sign_in(pages)


@pages.get("/<uid>")
def checkout(uid: str) -> ResponseReturnValue:
    customer = signed_in_person()
    found = current_shop.checkouts.get(customer.id, uid)
    if found.order is not None:
        return redirect_after_post(page_of_order(found.order))
    if is_mobile():
        # Why the last payment was not made is said where the next one is.
        page = "mobile.payment" if found.error else "mobile.sheet"
        return redirect_after_post(url_for(page, uid=uid))
    draft = filled_in(uid)
    card = request.args.get("card") or draft.card
    form = CheckoutForm(**asdict(replace(draft, payment=draft.payment or CARD, card=card)))
    return _checkout_page(found, form, CardForm(current_shop.clock.now()))


@pages.post("/<uid>")
def send(uid: str) -> ResponseReturnValue:
    found = current_shop.checkouts.get(signed_in_person().id, uid)
    if found.order is not None:
        return redirect_after_post(page_of_order(found.order))
    form, card_form = CheckoutForm(), CardForm(current_shop.clock.now())
    keep(uid, **form.typed(), began_with="")
    pressed = request.form.get("press")
    if unusable_fields(form):
        form.validate()
        return _checkout_page(found, form, card_form)
    if pressed == "add-card":
        return _step_aside(found, form, NEW_CARD)
    if pressed == "confirm-card":
        return _confirm_card(found, form, card_form)
    return _confirm(found, form, card_form)


@pages.get("/<uid>/waiting")
def waiting(uid: str) -> ResponseReturnValue:
    found = current_shop.checkouts.get(signed_in_person().id, uid)
    if found.order is not None and found.order.state == OrderState.PAYING:
        current_shop.card_payments.look_again(found.order)
        found = current_shop.checkouts.get(found.customer_id, uid)
    if found.order is None or found.order.state != OrderState.PAYING:
        return redirect_after_post(url_for("checkout.checkout", uid=uid))
    return render_template("waiting.html", order=found.order)


def page_of_order(order: OrderRow) -> str:
    """Return the address of an order's page; while it is being paid, of the waiting page."""
    if order.state == OrderState.PAYING:
        return url_for("checkout.waiting", uid=order.checkout_uid)
    return url_for("orders.order", uid=order.uid)


def _confirm_card(
    found: CheckoutRow, form: CheckoutForm, card_form: CardForm
) -> ResponseReturnValue:
    """Link the card, and be back at the checkout; or pay at once from one not to be saved."""
    form.payment.data, form.card.data = CARD, NEW_CARD
    if not card_form.validate():
        return _checkout_page(found, form, card_form)
    if not card_form.save_card.data:
        return _confirm(found, form, card_form)
    try:
        token = current_shop.link_card(signed_in_person(), card_form.request_id, card_form.card())
    except Refusal as refusal:
        card_form.show(refusal)
        return _checkout_page(found, form, card_form)
    flash(gettext("The card is linked. Nothing has been ordered yet."))
    return _step_aside(found, form, token)


def _step_aside(found: CheckoutRow, form: CheckoutForm, card: str | None) -> ResponseReturnValue:
    """Show the checkout anew with that card chosen, and what was filled in still there."""
    keep(found.uid, card=card or "")
    return redirect_after_post(url_for("checkout.checkout", uid=found.uid, card=card))


def _confirm(found: CheckoutRow, form: CheckoutForm, card_form: CardForm) -> ResponseReturnValue:
    typed = form.payment.data == CARD and uses_typed_card(form.card.data, card_form)
    form_is_right = form.validate()
    if (typed and not card_form.validate()) or not form_is_right:
        return _checkout_page(found, form, card_form)
    customer, address = signed_in_person(), form.address()
    try:
        by_card = form.payment.data == CARD
        source = source_of(customer, form.card.data, card_form) if by_card else None
        order = current_shop.buy(customer, found.uid, address, form.payment_method(), source)
    except Refusal as refusal:
        if not (typed and show_refusal(refusal, card_form)):
            show_beside_field(form, refusal)
        return _checkout_page(found, form, card_form)
    except CheckoutChanged as changed:
        return _ask_again(found, form, card_form, changed)
    return redirect_after_post(page_of_order(order))


def _ask_again(
    before: CheckoutRow,
    form: CheckoutForm,
    card_form: CardForm,
    changed: CheckoutChanged,
) -> ResponseReturnValue:
    """Say what has changed, and show the page as it is now."""
    words = [words_for(change) for change in changed.changes]
    if not changed.anything_left:
        for change in words:
            flash(change)
        return redirect_after_post(url_for("cart.cart"))
    now = current_shop.checkouts.get(before.customer_id, before.uid)
    return _checkout_page(now, form, card_form, words)


def _checkout_page(
    checkout: CheckoutRow,
    form: CheckoutForm,
    card_form: CardForm,
    changes: list[str] | None = None,
) -> str:
    answered = current_shop.cards.refresh(signed_in_person())
    cards = current_shop.cards.known(checkout.customer_id)
    form.card.data = offered(current_shop.cards.usable(cards), form.card.data)
    return render_template(
        "checkout.html",
        checkout=checkout,
        form=form,
        card_form=card_form,
        cards=cards,
        chosen=next((card for card in cards if card.token == form.card.data), None),
        cards_are_current=answered,
        changes=changes or [],
        earlier_error=words_for(Refusal(checkout.error)) if checkout.error else None,
        available={option.code for option in ONLINE_OPTIONS if option.payment_method},
    )
