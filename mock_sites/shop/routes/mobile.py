"""A purchase in the mobile version: sheet, payment, card, one step a page (C3.3 to C3.6)."""

from __future__ import annotations

from dataclasses import asdict, fields

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ...shared.values.cards import Card
from ...shared.values.refusal import Refusal
from ...shared.web.sign_in import signed_in_person
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import words_for
from ..card_store import LinkedCardRow
from ..domain.address import Address
from ..domain.addresses import Draft, address_of
from ..domain.orders import CheckoutChanged
from ..domain.shop import Shop
from ..store import CheckoutRow, Means
from . import ask_strangers_to_sign_in
from .card_choice import offered, show_refusal
from .checkout import page_of
from .device import is_mobile
from .drafts import OTHER_MEANS, answers_of, choice_of, filled_in, keep
from .forms import NEW_CARD, AddressForm, CardForm

NEW_ADDRESS = "new"
# Asks for the list of kept addresses, also where another one was typed already.
KEPT_ADDRESSES = "kept"
ADDRESS_FIELDS = [field.name for field in fields(Address)]


def mobile_pages(shop: Shop) -> Blueprint:
    """The steps of a purchase on a phone."""
    pages = Blueprint("mobile", __name__, url_prefix="/mobile/<uid>")
    pages.before_request(ask_strangers_to_sign_in)

    @pages.before_request
    def only_while_there_is_something_to_buy() -> ResponseReturnValue | None:
        customer = signed_in_person()
        found = shop.checkouts.get(customer.id, request.view_args["uid"])  # type: ignore[index]
        if found.order is not None:
            return redirect_after_post(page_of(found.order))
        if not is_mobile():
            return redirect_after_post(url_for("checkout.checkout", uid=found.uid))
        try:
            shop.check_cart(customer)
        except Refusal as refusal:
            flash(words_for(refusal))
            return redirect_after_post(url_for("cart.cart"))
        return None

    @pages.get("")
    def sheet(uid: str) -> str:
        wanted = request.args.get("address", "")
        draft = _to_start_from(shop, filled_in(shop, uid), wanted)
        return _sheet_page(shop, uid, AddressForm(**asdict(draft)), wanted)

    @pages.post("")
    def take_address(uid: str) -> ResponseReturnValue:
        customer_id, wanted = signed_in_person().id, request.args.get("address", "")
        chosen, form = request.form.get("address", NEW_ADDRESS), AddressForm()
        if chosen != NEW_ADDRESS:
            kept = shop.addresses.get(customer_id, chosen)
        else:
            keep(shop, uid, **form.typed(), began_with=wanted)
            if not form.validate():
                return _sheet_page(shop, uid, form, wanted or NEW_ADDRESS)
            kept = shop.addresses.remember(customer_id, form.draft().address())
        keep(shop, uid, **address_of(kept), began_with=str(kept.id))
        return redirect_after_post(url_for("mobile.payment", uid=uid))

    @pages.get("/payment")
    def payment(uid: str) -> str:
        choice = choice_of(filled_in(shop, uid))
        return _payment_page(shop, uid, request.args.get("card") or choice)

    @pages.post("/payment")
    def pay(uid: str) -> ResponseReturnValue:
        choice = request.form.get("means", "")
        keep(shop, uid, **answers_of(choice))
        return _buy(shop, uid, choice)

    @pages.get("/card")
    def card(uid: str) -> str:
        return _card_page(shop, uid, CardForm(shop.clock.now()))

    @pages.post("/card")
    def done(uid: str) -> ResponseReturnValue:
        form = CardForm(shop.clock.now())
        if not form.validate():
            return _card_page(shop, uid, form)
        if not form.save_card.data:
            return _buy(shop, uid, NEW_CARD, form)
        try:
            token = shop.link_card(signed_in_person(), form.request_id, form.card())
        except Refusal as refusal:
            form.show(refusal)
            return _card_page(shop, uid, form)
        flash(gettext("The card is linked. Nothing has been ordered yet."))
        keep(shop, uid, **answers_of(token or ""))
        return redirect_after_post(url_for("mobile.payment", uid=uid, card=token))

    @pages.post("/leave")
    def leave(uid: str) -> ResponseReturnValue:
        customer_id = signed_in_person().id
        for line in shop.checkouts.get(customer_id, uid).lines:
            shop.carts.remove(customer_id, line.product_slug)
        flash(gettext("Removed from your cart. Nothing was ordered."))
        return redirect_after_post(url_for("cart.cart"))

    return pages


def _to_start_from(shop: Shop, draft: Draft, wanted: str) -> Draft:
    """What the address form holds at first: what was typed into it, or a kept address to edit."""
    customer = signed_in_person()
    if wanted in ("", KEPT_ADDRESSES, draft.began_with):
        return draft
    if wanted == NEW_ADDRESS:
        return Draft(recipient=customer.name, phone=customer.phone)
    return Draft(**address_of(shop.addresses.get(customer.id, wanted)))


def _buy(shop: Shop, uid: str, choice: str, form: CardForm | None = None) -> ResponseReturnValue:
    """Order, and pay as chosen; from the card of ``form``, for this once, where there is one."""
    customer = signed_in_person()
    means = Means(choice) if choice in OTHER_MEANS else Means.CARD
    try:
        address = shop.addresses.draft(customer, uid).address()
        source = _source(shop, choice, form) if means == Means.CARD else None
        order = shop.buy(customer, uid, address, means, source)
    except CheckoutChanged as changed:
        return _ask_again(uid, changed)
    except Refusal as refusal:
        if refusal.field in ADDRESS_FIELDS:
            flash(words_for(refusal))
            return redirect_after_post(url_for("mobile.sheet", uid=uid))
        if form is not None and show_refusal(refusal, form):
            return _card_page(shop, uid, form)
        return _payment_page(shop, uid, choice, trouble=words_for(refusal))
    return redirect_after_post(page_of(order))


def _source(shop: Shop, choice: str, form: CardForm | None) -> LinkedCardRow | Card | None:
    if form is not None:
        return form.card()
    return shop.cards.to_pay_with(signed_in_person().id, choice) if choice else None


def _ask_again(uid: str, changed: CheckoutChanged) -> ResponseReturnValue:
    for change in changed.changes:
        flash(words_for(change))
    page = url_for("mobile.sheet", uid=uid) if changed.anything_left else url_for("cart.cart")
    return redirect_after_post(page)


def _checkout(shop: Shop, uid: str) -> CheckoutRow:
    return shop.checkouts.get(signed_in_person().id, uid)


def _sheet_page(shop: Shop, uid: str, form: AddressForm, wanted: str) -> str:
    addresses = shop.addresses.used(signed_in_person().id)
    typed = form.typed()
    chosen = next((kept for kept in addresses if address_of(kept) == typed), None)
    # What was typed is shown until another address is chosen.
    edited = chosen is None if wanted == "" else wanted != KEPT_ADDRESSES
    return render_template(
        "mobile/sheet.html",
        checkout=_checkout(shop, uid),
        form=form,
        addresses=addresses,
        chosen=chosen or next(iter(addresses), None),
        edited=edited or not addresses,
    )


def _payment_page(shop: Shop, uid: str, wanted: str | None, trouble: str | None = None) -> str:
    answered = shop.cards.refresh(signed_in_person())
    customer_id = signed_in_person().id
    usable = shop.cards.offered(customer_id)
    return render_template(
        "mobile/payment.html",
        checkout=_checkout(shop, uid),
        cards=shop.cards.known(customer_id),
        chosen=wanted if wanted in OTHER_MEANS else offered(usable, wanted),
        other_means={choice: Means(choice) for choice in OTHER_MEANS},
        cards_are_news=answered,
        trouble=trouble or _earlier_trouble(shop, uid),
    )


def _earlier_trouble(shop: Shop, uid: str) -> str | None:
    code = _checkout(shop, uid).trouble
    return words_for(Refusal(code)) if code else None


def _card_page(shop: Shop, uid: str, form: CardForm) -> str:
    return render_template("mobile/card.html", checkout=_checkout(shop, uid), card_form=form)
