"""A purchase in the mobile version: sheet, payment, card, one step a page (C3.3 to C3.6)."""

from __future__ import annotations

from dataclasses import asdict, fields

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ...shared.values.cards import Card
from ...shared.values.refusal import Refusal
from ...shared.web.sign_in import require_sign_in, signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import words_for
from ..card_store import LinkedCardRow
from ..domain.address import Address
from ..domain.addresses import Draft, address_of
from ..domain.orders import CheckoutChanged
from ..store import CheckoutRow, PaymentMethod
from . import current_shop
from .card_choice import offered, show_refusal
from .checkout import page_of_order
from .device import is_mobile
from .drafts import OTHER_METHODS, answers_of, choice_of, filled_in, keep
from .forms import NEW_CARD, AddressForm, CardForm

NEW_ADDRESS = "new"
# Asks for the list of kept addresses, also if another one was typed already.
KEPT_ADDRESSES = "kept"
ADDRESS_FIELDS = [field.name for field in fields(Address)]


pages = Blueprint("mobile", __name__, url_prefix="/mobile/<uid>")
require_sign_in(pages)


@pages.before_request
def only_while_there_is_something_to_buy() -> ResponseReturnValue | None:
    customer = signed_in_person()
    found = current_shop.checkouts.get(customer.id, request.view_args["uid"])  # type: ignore[index]
    if found.order is not None:
        return redirect_after_post(page_of_order(found.order))
    if not is_mobile():
        return redirect_after_post(url_for("checkout.checkout", uid=found.uid))
    try:
        current_shop.check_cart(customer)
    except Refusal as refusal:
        flash(words_for(refusal))
        return redirect_after_post(url_for("cart.cart"))
    return None


@pages.get("")
def sheet(uid: str) -> str:
    wanted = request.args.get("address", "")
    draft = _to_start_from(filled_in(uid), wanted)
    return _sheet_page(uid, AddressForm(**asdict(draft)), wanted)


@pages.post("")
def take_address(uid: str) -> ResponseReturnValue:
    customer_id, wanted = signed_in_person().id, request.args.get("address", "")
    chosen, form = request.form.get("address", NEW_ADDRESS), AddressForm()
    if chosen != NEW_ADDRESS:
        kept = current_shop.addresses.get(customer_id, chosen)
    else:
        keep(uid, **form.typed(), began_with=wanted)
        if not form.validate():
            return _sheet_page(uid, form, wanted or NEW_ADDRESS)
        kept = current_shop.addresses.remember(customer_id, form.address())
    keep(uid, **address_of(kept), began_with=str(kept.id))
    return redirect_after_post(url_for("mobile.payment", uid=uid))


@pages.get("/payment")
def payment(uid: str) -> str:
    choice = choice_of(filled_in(uid))
    return _payment_page(uid, request.args.get("card") or choice)


@pages.post("/payment")
def pay(uid: str) -> ResponseReturnValue:
    choice = request.form.get("means", "")
    keep(uid, **answers_of(choice))
    return _buy(uid, choice)


@pages.get("/card")
def card(uid: str) -> str:
    return _card_page(uid, CardForm(current_shop.clock.now()))


@pages.post("/card")
def done(uid: str) -> ResponseReturnValue:
    form = CardForm(current_shop.clock.now())
    if not form.validate():
        return _card_page(uid, form)
    if not form.save_card.data:
        return _buy(uid, NEW_CARD, form)
    try:
        token = current_shop.link_card(signed_in_person(), form.request_id, form.card())
    except Refusal as refusal:
        form.show(refusal)
        return _card_page(uid, form)
    flash(gettext("The card is linked. Nothing has been ordered yet."))
    keep(uid, **answers_of(token or ""))
    return redirect_after_post(url_for("mobile.payment", uid=uid, card=token))


@pages.post("/leave")
def leave(uid: str) -> ResponseReturnValue:
    customer_id = signed_in_person().id
    for line in current_shop.checkouts.get(customer_id, uid).lines:
        current_shop.carts.remove(customer_id, line.product_slug)
    flash(gettext("Removed from your cart. Nothing was ordered."))
    return redirect_after_post(url_for("cart.cart"))


def _to_start_from(draft: Draft, wanted: str) -> Draft:
    """Return the initial values of the address form: a draft, or a kept address to edit."""
    customer = signed_in_person()
    if wanted in ("", KEPT_ADDRESSES, draft.began_with):
        return draft
    if wanted == NEW_ADDRESS:
        return Draft(recipient=customer.name, phone=customer.phone)
    return Draft(**address_of(current_shop.addresses.get(customer.id, wanted)))


def _buy(uid: str, choice: str, form: CardForm | None = None) -> ResponseReturnValue:
    """Order, and pay as chosen; from the card of ``form``, for this once, if there is one."""
    customer = signed_in_person()
    payment_method = PaymentMethod(choice) if choice in OTHER_METHODS else PaymentMethod.CARD
    try:
        address = current_shop.addresses.draft(customer, uid).address()
        source = _source(choice, form) if payment_method == PaymentMethod.CARD else None
        order = current_shop.buy(customer, uid, address, payment_method, source)
    except CheckoutChanged as changed:
        return _ask_again(uid, changed)
    except Refusal as refusal:
        if refusal.field in ADDRESS_FIELDS:
            flash(words_for(refusal))
            return redirect_after_post(url_for("mobile.sheet", uid=uid))
        if form is not None and show_refusal(refusal, form):
            return _card_page(uid, form)
        return _payment_page(uid, choice, error=words_for(refusal))
    return redirect_after_post(page_of_order(order))


def _source(choice: str, form: CardForm | None) -> LinkedCardRow | Card | None:
    if form is not None:
        return form.card()
    return current_shop.cards.to_pay_with(signed_in_person().id, choice) if choice else None


def _ask_again(uid: str, changed: CheckoutChanged) -> ResponseReturnValue:
    for change in changed.changes:
        flash(words_for(change))
    page = url_for("mobile.sheet", uid=uid) if changed.anything_left else url_for("cart.cart")
    return redirect_after_post(page)


def _checkout(uid: str) -> CheckoutRow:
    return current_shop.checkouts.get(signed_in_person().id, uid)


def _sheet_page(uid: str, form: AddressForm, wanted: str) -> str:
    addresses = current_shop.addresses.used(signed_in_person().id)
    typed = form.typed()
    chosen = next((kept for kept in addresses if address_of(kept) == typed), None)
    # What was typed is shown until another address is chosen.
    edited = chosen is None if wanted == "" else wanted != KEPT_ADDRESSES
    return render_template(
        "mobile/sheet.html",
        checkout=_checkout(uid),
        form=form,
        addresses=addresses,
        chosen=chosen or next(iter(addresses), None),
        edited=edited or not addresses,
    )


def _payment_page(uid: str, wanted: str | None, error: str | None = None) -> str:
    answered = current_shop.cards.refresh(signed_in_person())
    customer_id = signed_in_person().id
    cards = current_shop.cards.known(customer_id)
    usable = current_shop.cards.usable(cards)
    return render_template(
        "mobile/payment.html",
        checkout=_checkout(uid),
        cards=cards,
        chosen=wanted if wanted in OTHER_METHODS else offered(usable, wanted),
        other_methods={choice: PaymentMethod(choice) for choice in OTHER_METHODS},
        cards_are_current=answered,
        error=error or _earlier_error(uid),
    )


def _earlier_error(uid: str) -> str | None:
    code = _checkout(uid).error
    return words_for(Refusal(code)) if code else None


def _card_page(uid: str, form: CardForm) -> str:
    return render_template("mobile/card.html", checkout=_checkout(uid), card_form=form)
