"""What people who see, hear or move differently meet on the sites: axe looks for problems."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from checkout_conformance.people import Buyer
from checkout_conformance.targets.glossary import LOCALES
from checkout_conformance.targets.target import Target
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

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Of 255: the background of a page that is read in the dark.
DARK = 60
STEAM = "Account name in the game system"
SLIPPERS = "Felt slippers"
VISA = "Visa, approved"
DIRECTIONS = {"ar": "rtl"}
# How far a page sticks out of the window, in pixels: WCAG's reflow, at which axe does not look.
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WRONG_CODES_ALLOWED = 5


@pytest.fixture(params=LOCALES)
def reader(target: Target, request: pytest.FixtureRequest) -> Target:
    """The sites as a reader of each language sees them."""
    return target.in_locale(request.param)


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], reader: Target) -> dict[str, Any]:
    """A window in the reader's language."""
    return {**browser_context_args, "locale": reader.locale}


@pytest.fixture
def person(controls: Controls, buyer: Buyer) -> Buyer:
    """Somebody with an account on every site and some money."""
    who = (buyer.phone, buyer.password, buyer.name)
    controls.add_wallet_buyer(*who, {"RUB": 500_000})
    controls.add_shop_customer(*who)
    controls.add_vault_holder(*who)
    return buyer


def assert_accessible(page: Page, reader: Target) -> None:
    """Nothing on the page breaks WCAG 2.2 A or AA, as far as a program can tell."""
    html = page.locator("html")
    assert html.get_attribute("lang") == reader.locale, page.url
    assert html.get_attribute("dir") == DIRECTIONS.get(reader.locale, "ltr"), page.url
    assert page.evaluate(STICKS_OUT) == 0, f"{page.url} is wider than the window"
    # A phone's bar covers what can be scrolled from under it; at the page's end it covers nothing.
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    found = Axe().run(page, options=STANDARD)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    page.emulate_media(color_scheme="dark")
    assert brightness_of_ground(page) < DARK, f"{page.url} is not dark"
    found = Axe().run(page, options=CONTRAST)
    assert found.violations_count == 0, f"{page.url} in the dark\n{found.generate_report()}"
    page.emulate_media(color_scheme="light")


def brightness_of_ground(page: Page) -> float:
    """How bright the page's background is: 0 is black, 255 is white."""
    drawn = page.locator("html").evaluate("page => getComputedStyle(page).backgroundColor")
    colours = [int(part) for part in re.findall(r"[0-9]+", str(drawn))[:3]]
    return sum(colours) / len(colours)


def test_the_wallets_pages_are_accessible(page: Page, reader: Target, person: Buyer) -> None:
    wallet = Wallet(page, reader)
    wallet.open()
    wallet.sign_in(person.phone, "wrong")
    assert_accessible(page, reader)
    wallet.sign_in(person.phone, person.password)
    for path in ("/", "/pay", "/pay/entertainment", "/history", "/invoices", "/nothing-here"):
        wallet.open(path)
        assert_accessible(page, reader)


def test_the_merchants_pages_are_accessible(page: Page, reader: Target) -> None:
    """The page that asks for the key, the statement, and the notifications; wrong fields too."""
    page.goto(reader.url("wallet", "/merchant/statement"))
    assert_accessible(page, reader)
    for key in ("wrong", reader.merchant_key):
        page.locator("input[type=password]").fill(key)
        page.locator("main form button").click()
        assert_accessible(page, reader)
    for path in ("statement?day=", "notifications", "notifications?outcome=none"):
        page.goto(reader.url("wallet", f"/merchant/{path}"))
        assert_accessible(page, reader)


def test_a_payments_pages_are_accessible(
    page: Page, reader: Target, person: Buyer, controls: Controls
) -> None:
    wallet, payment = Wallet(page, reader), Payment(page, reader)
    wallet.enter(person)
    wallet.open_payee("Entertainment", "Steam")
    for account, amount in (("", ""), ("night_owl_42", "150")):
        payment.send_form(STEAM, account, amount)
        assert_accessible(page, reader)
    payment.press("Confirm")
    payment.confirm_with("000000")
    assert_accessible(page, reader)
    payment.confirm_with(controls.codes(person.phone)[-1])
    assert_accessible(page, reader)
    wallet.open("/history")
    assert_accessible(page, reader)


def test_the_page_of_an_ended_payment_is_accessible(
    page: Page, reader: Target, person: Buyer
) -> None:
    wallet, payment = Wallet(page, reader), Payment(page, reader)
    wallet.enter(person)
    wallet.open_payee("Entertainment", "Steam")
    payment.send_form(STEAM, "night_owl_42", "150")
    payment.press("Confirm")
    for _ in range(WRONG_CODES_ALLOWED):
        payment.confirm_with("000000")
    assert_accessible(page, reader)


@pytest.mark.parametrize("kind", [pytest.param("phone", marks=pytest.mark.mobile), "desktop"])
def test_the_shops_pages_are_accessible(
    page: Page, reader: Target, person: Buyer, kind: str
) -> None:
    shop = Shop(page, reader)
    shop.enter(person)
    for path in ("/", "/products/slippers", "/cart", "/orders", "/profile", "/profile/alipay"):
        shop.open(path)
        assert_accessible(page, reader)
    shop.put_into_cart(SLIPPERS)
    shop.open_in_menu("Cart")
    assert_accessible(page, reader)


def test_the_checkout_and_an_invoice_are_accessible(
    page: Page, reader: Target, person: Buyer
) -> None:
    shop, invoices = Shop(page, reader), Invoices(page, reader)
    shop.enter(person)
    shop.come_to_checkout(SLIPPERS)
    shop.get_ready_to_confirm()
    assert_accessible(page, reader)
    shop.press("Confirm order")
    shop.order_state.wait_for()
    assert_accessible(page, reader)
    shop.open_orders()
    assert_accessible(page, reader)
    Wallet(page, reader).enter(person)
    invoices.open_list()
    assert_accessible(page, reader)
    invoices.open_newest()
    assert_accessible(page, reader)
    invoices.press("Visa QIWI Wallet")
    assert_accessible(page, reader)


def test_the_card_form_at_the_checkout_is_accessible(
    page: Page, reader: Target, person: Buyer
) -> None:
    shop, cards = Shop(page, reader), ShopCards(page, reader)
    shop.enter(person)
    shop.come_to_checkout(SLIPPERS)
    cards.press("Confirm (card)")
    assert_accessible(page, reader)
    cards.save_card(published_card(VISA))
    cards.open_block("Payment methods")
    assert_accessible(page, reader)
    cards.open_profile()
    assert_accessible(page, reader)


@pytest.mark.mobile
def test_the_mobile_checkout_is_accessible(page: Page, reader: Target, person: Buyer) -> None:
    shop = ShopMobile(page, reader)
    shop.enter(person)
    shop.come_to_checkout(SLIPPERS)
    shop.press("Pay")
    assert_accessible(page, reader)
    shop.give_address()
    shop.press("Pay")
    assert_accessible(page, reader)
    shop.press("Add new card")
    shop.press("Done")
    assert_accessible(page, reader)


def test_the_vaults_pages_are_accessible(page: Page, reader: Target, person: Buyer) -> None:
    vault = Vault(page, reader)
    vault.enter(person)
    assert_accessible(page, reader)
    vault.open_form()
    vault.press("Save")
    assert_accessible(page, reader)
    vault.save_card(published_card(VISA))
    assert_accessible(page, reader)
    vault.press_beside(published_card(VISA), "Edit")
    assert_accessible(page, reader)
    vault.ask_to_delete(published_card(VISA))
    assert_accessible(page, reader)


def test_the_phones_pages_are_accessible(page: Page, reader: Target, person: Buyer) -> None:
    phone = Phone(page, reader)
    phone.open()
    assert_accessible(page, reader)
    phone.look_at(person)
    assert_accessible(page, reader)
