"""The documented procedures as virtual buyers walk them: ``checkout-conformance load``.

Each clause asserts no more than that the buyer can go on; the features judge the rest.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from checkout_conformance.content import LoadContent
from checkout_conformance.drivers.devices import PHONE
from checkout_conformance.drivers.expect import expect
from checkout_conformance.load.visit import Visit
from checkout_conformance.people import Buyer
from checkout_conformance.targets.control_client import BATCHES
from checkout_conformance.targets.inbox import Inbox
from checkout_conformance.targets.target import Target

from .card import is_offered
from .language import OWN_NAMES
from .order import shows_order_as_paid
from .pages.invoices import Invoices
from .pages.payment import Payment
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .pages.shop_mobile import ShopMobile
from .pages.vault import Vault
from .pages.wallet import Wallet
from .support.controls import Controls
from .support.payees import STEAM
from .support.published_cards import published_card

ACCOUNT, AMOUNT = "night_owl_42", "150.00"
PRODUCT = "Felt slippers"
CARD = "Visa, approved"
# Enough for one walk, in kopecks.
FUNDS = {"RUB": 500_000}
# Longer than the pauses after which sites try again, and than a cent is held.
SETTLES_IN = (timedelta(minutes=6), timedelta(days=1, minutes=1))
SECONDS_TO_SETTLE, SECONDS_BETWEEN_LOOKS = 60.0, 0.5
SIGN_IN = "sign in"


def pay_on_wallet_site(visit: Visit) -> None:
    """Pay on the wallet's own site (W1)."""
    wallet, payment = visit.on(Wallet), visit.on(Payment)
    with visit.clause(SIGN_IN):
        wallet.come_in_as(visit.buyer)
    with visit.clause("W1.1"):
        wallet.open_in_menu("Pay")
    with visit.clause("W1.2"):
        wallet.open_link(STEAM.category)
    with visit.clause("W1.3"):
        wallet.open_tile(STEAM.name)
    with visit.clause("W1.4"):
        wallet.send_form(STEAM.field, ACCOUNT, AMOUNT)
    with visit.clause("W1.5"):
        wallet.press("Confirm")
        payment.wait_for_code_page()
    with visit.clause("W1.6"):
        _confirm(visit, payment)


def pay_invoice(visit: Visit) -> None:
    """Order at the shop, and pay its invoice with the wallet (W2)."""
    shop, wallet, invoices = visit.on(Shop), visit.on(Wallet), visit.on(Invoices)
    payment = visit.on(Payment)
    with visit.clause(SIGN_IN):
        wallet.come_in_as(visit.buyer)
        shop.come_in_as(visit.buyer)
    with visit.clause("W2.1"):
        shop.come_to_checkout(PRODUCT)
        shop.get_ready_to_confirm()
    with visit.clause("W2.2"):
        shop.press("Confirm order")
        shop.wait_for_order()
    with visit.clause("W2.3"):
        wallet.open()
        wallet.press("View")
    with visit.clause("W2.4"):
        invoices.follow(invoices.button_beside(invoices.newest, "Pay (invoice)"))
    with visit.clause("W2.5"):
        invoices.press("Visa QIWI Wallet")
    with visit.clause("W2.6"):
        invoices.press("Pay")
        _confirm(visit, payment)
        shop.open_newest_order()
        shows_order_as_paid(shop)


def link_at_desktop_checkout(visit: Visit) -> None:
    """Link the first card at the desktop checkout, and leave without buying (C1)."""
    shop, cards = visit.on(Shop), visit.on(ShopCards)
    with visit.clause(SIGN_IN):
        shop.come_in_as(visit.buyer)
    with visit.clause("C1.1"):
        shop.put_into_cart(PRODUCT)
        shop.open_in_menu("Cart")
    with visit.clause("C1.2"):
        shop.tick_everything()
        shop.press("Buy")
    with visit.clause("C1.3"):
        expect(cards.block("Payment methods")).to_be_visible()
    with visit.clause("C1.6"):
        cards.save_card(published_card(CARD))
        with cards.profile_beside() as profile:
            expect(profile.linked_card(published_card(CARD))).to_be_visible()
    with visit.clause("C1.7"):
        shop.take_out_of_cart(PRODUCT)


def link_through_vault(visit: Visit) -> None:
    """Link a card in the vault, coming from the shop (C2)."""
    shop, cards, vault = visit.on(Shop), visit.on(ShopCards), visit.on(Vault)
    with visit.clause(SIGN_IN):
        vault.come_in_as(visit.buyer)
        shop.come_in_as(visit.buyer)
    with visit.clause("C2.1"):
        cards.open_profile()
        cards.press_below("My Alipay", "Account")
        cards.continue_to_vault()
    with visit.clause("C2.2"):
        vault.switch_language(OWN_NAMES["ru"])
        vault.switch_language(OWN_NAMES[visit.target.locale])
        vault.press_icon()
    with visit.clause("C2.3"):
        vault.press("Add card")
    with visit.clause("C2.4"):
        vault.fill_in_all(published_card(CARD))
    with visit.clause("C2.5"):
        vault.press("Save")
        expect(vault.message).to_be_visible()
    with visit.clause("C2.6"):
        shop.come_to_checkout(PRODUCT)
        is_offered(cards, CARD)


def link_in_mobile_version(visit: Visit) -> None:
    """Link a card on a phone, and buy with it (C3)."""
    shop = visit.on(ShopMobile, PHONE)
    cards = visit.on(ShopCards)
    with visit.clause(SIGN_IN):
        shop.come_in_as(visit.buyer)
    with visit.clause("C3.1"):
        shop.put_into_cart(PRODUCT)
        shop.open_in_menu("Cart")
    with visit.clause("C3.2"):
        shop.tick_everything()
        shop.press("Pay")
    with visit.clause("C3.3"):
        shop.give_address()
        shop.press("Pay")
    with visit.clause("C3.4"):
        shop.press("Add new card")
    with visit.clause("C3.5"):
        shop.save_card(published_card(CARD))
        expect(cards.offered(published_card(CARD))).to_be_checked()
    with visit.clause("C3.6"):
        shop.press("Pay now")
        shows_order_as_paid(shop)


def _confirm(visit: Visit, payment: Payment) -> None:
    payment.wait_for_code_page()
    payment.confirm_with(visit.controls.newest_code(visit.buyer.phone))
    expect(payment.receipt).to_be_visible()


def open_controls(
    target: Target, inbox: Inbox | None, accounts: Collection[tuple[str, str]]
) -> Controls:
    """The test controls that all walks of a process share."""
    # Buyers sign in with the form, so no session begins with their accounts.
    one_by_one = replace(target, lacks=target.lacks | {BATCHES})
    return Controls(one_by_one, inbox=inbox, accounts=accounts)


@dataclass(frozen=True)
class Needs:
    """The accounts that the buyer of a procedure has."""

    wallet: bool = False
    shop: bool = False
    vault: bool = False


NEEDS = {
    "W1": Needs(wallet=True),
    "W2": Needs(wallet=True, shop=True),
    "C1": Needs(shop=True),
    "C2": Needs(shop=True, vault=True),
    "C3": Needs(shop=True),
}


def open_accounts(controls: Controls, buyer: Buyer, procedure: str) -> None:
    """Open the accounts of a buyer, with money where the procedure needs some."""
    person, needs = (buyer.phone, buyer.password, buyer.name), NEEDS[procedure]
    if needs.wallet:
        lacks = controls.target.does_lack("balances")
        controls.add_wallet_buyer(*person, balances={} if lacks else FUNDS)
    if needs.shop:
        controls.add_shop_customer(*person)
    if needs.vault:
        controls.add_vault_holder(*person)


def discrepancies(controls: Controls) -> Sequence[str]:
    """What is wrong with money, bills, orders and holds, once nothing is pending any more."""
    for pause in SETTLES_IN:
        controls.advance_clock(pause.total_seconds())
    books = _settled_books(controls)
    return [f"{kind}: {line}" for kind, lines in books.items() for line in lines]


def _settled_books(controls: Controls) -> Mapping[str, Sequence[str]]:
    """The books when nothing is pending, or as they are when the time is over."""
    deadline = time.monotonic() + SECONDS_TO_SETTLE
    while True:
        books: Mapping[str, Sequence[str]] = controls.get("shop", "/_control/books")
        if not books["pending"] or time.monotonic() > deadline:
            return books
        threading.Event().wait(SECONDS_BETWEEN_LOOKS)


LOAD = LoadContent(
    walks={
        "W1": pay_on_wallet_site,
        "W2": pay_invoice,
        "C1": link_at_desktop_checkout,
        "C2": link_through_vault,
        "C3": link_in_mobile_version,
    },
    controls=open_controls,
    open_accounts=open_accounts,
    discrepancies=discrepancies,
)
