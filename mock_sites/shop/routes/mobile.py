"""A purchase in the mobile version: sheet, payment, card, one step a page (C3.3 to C3.6)."""

from __future__ import annotations

from dataclasses import asdict, fields

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mock_sites.cards import Card
from mock_sites.refusal import Refusal
from mock_sites.shop.card_store import LinkedCardRow
from mock_sites.shop.domain.addresses import Draft
from mock_sites.shop.domain.orders import CheckoutChanged
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.routes import ask_strangers_to_sign_in
from mock_sites.shop.routes.card_choice import offered, show_refusal
from mock_sites.shop.routes.checkout import page_of
from mock_sites.shop.routes.device import is_mobile
from mock_sites.shop.routes.forms import NEW_CARD, AddressForm, CardForm
from mock_sites.shop.store import CheckoutRow, Means
from mock_sites.sign_in import signed_in_person
from mock_sites.web import redirect_after_post
from mock_sites.wording import words_for

# The ways to pay that stand beside the cards; a card stands by its token.
OTHER_MEANS = {means.value: means for means in (Means.QIWI_WALLET, Means.CASH_ON_DELIVERY)}
NEW_ADDRESS = "new"
ADDRESS_FIELDS = [field.name for field in fields(Draft)]


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
        wanted = request.args.get("address")
        form = AddressForm(**asdict(_to_start_from(shop, uid, wanted)))
        return _sheet_page(shop, uid, form, edited=wanted is not None)

    @pages.post("")
    def take_address(uid: str) -> ResponseReturnValue:
        chosen, form = request.form.get("address", NEW_ADDRESS), AddressForm()
        if chosen != NEW_ADDRESS:
            draft = _kept_address(shop, chosen)
        elif form.validate():
            draft = form.draft()
            shop.addresses.remember(signed_in_person().id, draft.address())
        else:
            return _sheet_page(shop, uid, form, edited=True)
        shop.addresses.keep_draft(uid, draft)
        return redirect_after_post(url_for("mobile.payment", uid=uid))

    @pages.get("/payment")
    def payment(uid: str) -> str:
        return _payment_page(shop, uid, request.args.get("card"))

    @pages.post("/payment")
    def pay(uid: str) -> ResponseReturnValue:
        return _buy(shop, uid, request.form.get("means", ""))

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
        flash(gettext("The card is linked. Nothing is ordered yet."))
        return redirect_after_post(url_for("mobile.payment", uid=uid, card=token))

    @pages.post("/leave")
    def leave(uid: str) -> ResponseReturnValue:
        customer_id = signed_in_person().id
        for line in shop.checkouts.get(customer_id, uid).lines:
            shop.carts.remove(customer_id, line.product_slug)
        flash(gettext("It is taken out of your cart, and nothing was ordered."))
        return redirect_after_post(url_for("cart.cart"))

    return pages


def _to_start_from(shop: Shop, uid: str, wanted: str | None) -> Draft:
    """What the address form holds at first: a kept address to edit, or what is known."""
    customer = signed_in_person()
    if wanted is None:
        return shop.addresses.draft(customer, uid)
    if wanted == NEW_ADDRESS:
        return Draft(recipient=customer.name, phone=customer.phone)
    return _kept_address(shop, wanted)


def _kept_address(shop: Shop, number: str) -> Draft:
    kept = shop.addresses.get(signed_in_person().id, number)
    return Draft(kept.recipient, kept.phone, kept.city, kept.street, kept.postal_code)


def _buy(shop: Shop, uid: str, choice: str, form: CardForm | None = None) -> ResponseReturnValue:
    """Order, and pay as chosen; from the card of ``form``, for this once, where there is one."""
    customer = signed_in_person()
    means = OTHER_MEANS.get(choice, Means.CARD)
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
    return shop.cards.get(signed_in_person().id, choice) if choice else None


def _ask_again(uid: str, changed: CheckoutChanged) -> ResponseReturnValue:
    for change in changed.changes:
        flash(words_for(change))
    page = url_for("mobile.sheet", uid=uid) if changed.anything_left else url_for("cart.cart")
    return redirect_after_post(page)


def _checkout(shop: Shop, uid: str) -> CheckoutRow:
    return shop.checkouts.get(signed_in_person().id, uid)


def _sheet_page(shop: Shop, uid: str, form: AddressForm, edited: bool) -> str:
    addresses = shop.addresses.used(signed_in_person().id)
    return render_template(
        "mobile/sheet.html",
        checkout=_checkout(shop, uid),
        form=form,
        addresses=addresses,
        drafted=form.draft(),
        edited=edited or not addresses,
    )


def _payment_page(shop: Shop, uid: str, wanted: str | None, trouble: str | None = None) -> str:
    answered = shop.cards.refresh(signed_in_person())
    cards = shop.cards.known(signed_in_person().id)
    return render_template(
        "mobile/payment.html",
        checkout=_checkout(shop, uid),
        cards=cards,
        chosen=wanted if wanted in OTHER_MEANS else offered(cards, wanted),
        other_means=OTHER_MEANS,
        cards_are_news=answered,
        trouble=trouble or _earlier_trouble(shop, uid),
    )


def _earlier_trouble(shop: Shop, uid: str) -> str | None:
    code = _checkout(shop, uid).trouble
    return words_for(Refusal(code)) if code else None


def _card_page(shop: Shop, uid: str, form: CardForm) -> str:
    return render_template("mobile/card.html", checkout=_checkout(shop, uid), card_form=form)
