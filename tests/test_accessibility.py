"""What people who see, hear or move differently meet on the sites: axe looks for trouble."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from steps.controls import Controls
from steps.pages.invoices import Invoices
from steps.pages.payment import Payment
from steps.pages.phone import Phone
from steps.pages.shop import Shop
from steps.pages.vault import Vault
from steps.pages.wallet import Wallet
from steps.people import Buyer
from steps.published_cards import published_card
from steps.target import Target

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
STEAM = "Account name in the game system"


def assert_accessible(page: Page) -> None:
    """Nothing on the page breaks WCAG 2.2 A or AA, as far as a program can tell."""
    # A phone's bar covers what can be scrolled from under it; at the page's end it covers nothing.
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    found = Axe().run(page, options=STANDARD)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


@pytest.fixture
def person(controls: Controls, buyer: Buyer) -> Buyer:
    """Somebody with an account on every site and some money."""
    who = (buyer.phone, buyer.password, buyer.name)
    controls.add_wallet_buyer(*who, {"RUB": 500_000})
    controls.add_shop_customer(*who)
    controls.add_vault_holder(*who)
    return buyer


def test_the_wallets_pages_are_accessible(page: Page, target: Target, person: Buyer) -> None:
    wallet, payment = Wallet(page, target), Payment(page, target)
    wallet.open()
    assert_accessible(page)
    wallet.sign_in(person.phone, person.password)
    for path in ("/", "/pay", "/pay/entertainment", "/history", "/invoices", "/nothing-here"):
        wallet.open(path)
        assert_accessible(page)
    wallet.open_payee("Entertainment", "Steam")
    payment.send_form(STEAM, "", "")
    assert_accessible(page)
    payment.send_form(STEAM, "night_owl_42", "150")
    assert_accessible(page)
    payment.press("Confirm")
    assert_accessible(page)
    payment.confirm_with("000000")
    assert_accessible(page)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("kind", [pytest.param("phone", marks=pytest.mark.mobile), "desktop"])
def test_the_shops_pages_and_an_invoice_are_accessible(
    page: Page, target: Target, person: Buyer, kind: str
) -> None:
    shop, invoices = Shop(page, target), Invoices(page, target)
    shop.enter(person)
    for path in ("/", "/products/slippers", "/cart", "/orders", "/profile", "/profile/alipay"):
        shop.open(path)
        assert_accessible(page)
    shop.put_into_cart("Felt slippers")
    shop.open_in_menu("Cart")
    assert_accessible(page)
    shop.tick("Felt slippers")
    shop.press("Buy" if kind == "desktop" else "Pay")
    assert_accessible(page)
    if kind == "desktop":
        shop.give_address()
        shop.choose("Online")
        shop.choose("QIWI Wallet")
        shop.press("Confirm order")
        assert_accessible(page)
        Wallet(page, target).enter(person)
        invoices.open_list()
        assert_accessible(page)
        invoices.open_newest()
        assert_accessible(page)


@pytest.mark.parametrize("language", ["English", "Русский", "العربية"])
def test_the_vaults_pages_are_accessible_in_each_language(
    page: Page, target: Target, person: Buyer, language: str
) -> None:
    vault = Vault(page, target)
    vault.enter(person)
    vault.save_card(published_card("Visa, approved"))
    vault.switch_language(language)
    for path in ("/", "/cards", "/cards/new"):
        vault.open(path)
        assert_accessible(page)


def test_the_phones_pages_are_accessible(page: Page, target: Target, person: Buyer) -> None:
    phone = Phone(page, target)
    phone.open()
    assert_accessible(page)
    phone.look_at(person)
    assert_accessible(page)
