"""Keeps the values of a checkout on the server, the same for both layouts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from ...shared.values.refusal import NotFound, Refusal
from ...shared.web.interrupted import waiting_form
from ...shared.web.sign_in import signed_in_person
from ..domain.addresses import Draft, address_of
from ..domain.payment_methods import CARD, CASH, ONLINE, chosen_payment_method
from ..store import PaymentMethod
from . import current_shop

NAMES = frozenset(field.name for field in fields(Draft))
# The ways to pay that stand beside the cards on a phone, as the desktop's two questions have them.
OTHER_METHODS = {
    PaymentMethod.QIWI_WALLET.value: {"payment": ONLINE, "online_option": "qiwi-wallet"},
    PaymentMethod.CASH_ON_DELIVERY.value: {"payment": CASH, "online_option": ""},
}


def filled_in(uid: str) -> Draft:
    """Return the values so far, with those typed before the buyer had to sign in again."""
    typed: Mapping[str, str] = waiting_form() or {}
    known = {name: typed[name] for name in NAMES & typed.keys()}
    if "means" in typed:
        known |= answers_of(typed["means"])
    if "address" in typed:
        known |= _kept_address(typed["address"])
    return keep(uid, **known) if known else current_shop.addresses.draft(signed_in_person(), uid)


def keep(uid: str, **changes: str) -> Draft:
    """Keep what has changed of what is filled in; the whole of it."""
    draft = replace(current_shop.addresses.draft(signed_in_person(), uid), **changes)
    current_shop.addresses.keep_draft(uid, draft)
    return draft


def answers_of(choice: str) -> dict[str, str]:
    """The answers to how to pay that a choice on the phone stands for."""
    return OTHER_METHODS.get(choice) or {"payment": CARD, "card": choice}


def choice_of(draft: Draft) -> str:
    """The choice on the phone that the answers stand for."""
    try:
        payment_method = chosen_payment_method(draft.payment, draft.online_option).value
    except Refusal:
        payment_method = ""
    return payment_method if payment_method in OTHER_METHODS else draft.card


def _kept_address(number: str) -> dict[str, str]:
    try:
        return address_of(current_shop.addresses.get(signed_in_person().id, number))
    except NotFound:
        return {}
