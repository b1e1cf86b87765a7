"""What people may have before them: the kinds of pages of the sites, and their states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checkout_conformance.drivers.page import Page
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target
from steps.pages.challenge import Challenge
from steps.pages.invoices import Invoices
from steps.pages.payment import Payment
from steps.pages.phone import Phone
from steps.pages.shop import Shop
from steps.pages.shop_cards import ShopCards
from steps.pages.shop_mobile import ShopMobile
from steps.pages.vault import Vault
from steps.pages.wallet import Wallet
from steps.support.controls import Controls
from steps.support.published_cards import published_card

STEAM = "Account name in the game system"
SLIPPERS = "Felt slippers"
VISA = "Visa, approved"
CHALLENGED = "Visa, with a challenge"
WRONG_CODES_ALLOWED = 5


@dataclass(frozen=True)
class Visit:
    """Somebody with accounts and money on the sites; ``look`` is called at each state of a page."""

    page: Page
    reader: Target
    person: Buyer
    controls: Controls
    look: Callable[[], None]


def wallet_pages(visit: Visit) -> None:
    wallet = Wallet(visit.page, visit.reader)
    wallet.open()
    wallet.sign_in(visit.person.phone, "wrong")
    visit.look()
    wallet.sign_in(visit.person.phone, visit.person.password)
    for path in ("/", "/pay", "/pay/entertainment", "/history", "/invoices", "/nothing-here"):
        wallet.open(path)
        visit.look()


def merchant_pages(visit: Visit) -> None:
    """The page that asks for the key, the statement, and the notifications; wrong fields too."""
    visit.page.goto(visit.reader.url("wallet", "/merchant/statement"))
    visit.look()
    for key in ("wrong", visit.reader.merchant_key):
        visit.page.locator("input[type=password]").fill(key)
        visit.page.locator("main form button").click()
        visit.look()
    for path in ("statement?day=", "notifications", "notifications?outcome=none"):
        visit.page.goto(visit.reader.url("wallet", f"/merchant/{path}"))
        visit.look()


def payment_pages(visit: Visit) -> None:
    wallet, payment = Wallet(visit.page, visit.reader), Payment(visit.page, visit.reader)
    wallet.enter(visit.person)
    wallet.open_payee("Entertainment", "Steam")
    for account, amount in (("", ""), ("night_owl_42", "150")):
        payment.send_form(STEAM, account, amount)
        visit.look()
    payment.press("Confirm")
    payment.confirm_with("000000")
    visit.look()
    payment.confirm_with(visit.controls.codes(visit.person.phone)[-1])
    visit.look()
    wallet.open("/history")
    visit.look()


def ended_payment(visit: Visit) -> None:
    wallet, payment = Wallet(visit.page, visit.reader), Payment(visit.page, visit.reader)
    wallet.enter(visit.person)
    wallet.open_payee("Entertainment", "Steam")
    payment.send_form(STEAM, "night_owl_42", "150")
    payment.press("Confirm")
    for _ in range(WRONG_CODES_ALLOWED):
        payment.confirm_with("000000")
    visit.look()


def shop_pages(visit: Visit) -> None:
    shop = Shop(visit.page, visit.reader)
    shop.enter(visit.person)
    for path in ("/", "/products/slippers", "/cart", "/orders", "/profile", "/profile/alipay"):
        shop.open(path)
        visit.look()
    shop.put_into_cart(SLIPPERS)
    shop.open_in_menu("Cart")
    visit.look()


def checkout_and_invoice(visit: Visit) -> None:
    shop, invoices = Shop(visit.page, visit.reader), Invoices(visit.page, visit.reader)
    shop.enter(visit.person)
    shop.come_to_checkout(SLIPPERS)
    shop.get_ready_to_confirm()
    visit.look()
    shop.press("Confirm order")
    shop.order_state.wait_for()
    visit.look()
    shop.open_orders()
    visit.look()
    Wallet(visit.page, visit.reader).enter(visit.person)
    invoices.open_list()
    visit.look()
    invoices.open_newest()
    visit.look()
    invoices.press("Visa QIWI Wallet")
    visit.look()


def card_form(visit: Visit) -> None:
    shop, cards = Shop(visit.page, visit.reader), ShopCards(visit.page, visit.reader)
    shop.enter(visit.person)
    shop.come_to_checkout(SLIPPERS)
    cards.press("Confirm (card)")
    visit.look()
    cards.save_card(published_card(VISA))
    cards.open_block("Payment methods")
    visit.look()
    cards.open_profile()
    visit.look()


def mobile_checkout(visit: Visit) -> None:
    shop = ShopMobile(visit.page, visit.reader)
    shop.enter(visit.person)
    shop.come_to_checkout(SLIPPERS)
    shop.press("Pay")
    visit.look()
    shop.give_address()
    shop.press("Pay")
    visit.look()
    shop.press("Add new card")
    shop.press("Done")
    visit.look()


def vault_pages(visit: Visit) -> None:
    vault = Vault(visit.page, visit.reader)
    vault.enter(visit.person)
    visit.look()
    vault.open_form()
    vault.press("Save")
    visit.look()
    vault.save_card(published_card(VISA))
    visit.look()
    vault.press_beside(published_card(VISA), "Edit")
    visit.look()
    vault.ask_to_delete(published_card(VISA))
    visit.look()


def phone_pages(visit: Visit) -> None:
    phone = Phone(visit.page, visit.reader)
    phone.open()
    visit.look()
    phone.look_at(visit.person)
    visit.look()


def challenge_pages(visit: Visit) -> None:
    vault, challenge = Vault(visit.page, visit.reader), Challenge(visit.page, visit.reader)
    vault.enter(visit.person)
    vault.open_form()
    vault.save_card(published_card(CHALLENGED))
    visit.look()
    challenge.answer("000000")
    visit.look()


DESKTOP = (
    wallet_pages,
    merchant_pages,
    payment_pages,
    ended_payment,
    shop_pages,
    checkout_and_invoice,
    card_form,
    vault_pages,
    challenge_pages,
    phone_pages,
)
MOBILE = (shop_pages, mobile_checkout)
