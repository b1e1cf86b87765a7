"""The way from the shop to the vault, and signing in there (C2.1)."""

from __future__ import annotations

import re
from collections.abc import Callable

from checkout_conformance.drivers.capabilities import Capability, needs
from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Context, Page
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target

from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .pages.vault import Vault
from .preparation import Preparation
from .support.found_pages import expect_found, expect_page_of
from .support.sentences import given, then, when
from .vault import is_at_vault

SOMETHING = re.compile(r"\S")
HALF = 0.5
ARABIC = "ar"


@given("the buyer has gone to the vault and come back to the profile")
def has_gone_and_come_back(cards: ShopCards, vault: Vault) -> None:
    cards.press_below("My Alipay", "Account")
    cards.continue_to_vault()
    is_at_vault(vault)
    cards.open_profile()


@given("the buyer has stayed in the shop at the notice")
def has_stayed(cards: ShopCards) -> None:
    cards.press_below("My Alipay", "Account")
    cards.stay()


@when("the buyer stays in the shop")
def stay(cards: ShopCards) -> None:
    cards.stay()


@when("the buyer continues to the vault and signs in there")
def continue_and_sign_in(cards: ShopCards, vault: Vault, buyer: Buyer) -> None:
    cards.continue_to_vault()
    vault.sign_in(buyer.phone, buyer.password)


@when("the buyer signs in to the vault with the phone number written {how:Way}")
def sign_in_with_number_written(vault: Vault, buyer: Buyer, how: Callable[[str], str]) -> None:
    vault.open(vault.sign_in_path)
    vault.sign_in(how(buyer.phone), buyer.password)


@when("the buyer signs in to the vault with a password that differs in its last character")
def sign_in_wrongly(vault: Vault, buyer: Buyer) -> None:
    vault.open(vault.sign_in_path)
    vault.sign_in(buyer.phone, _almost(buyer.password))


@when("a visitor who is not signed in opens the same page of the vault", target_fixture="visited")
def visitor_opens_same_page(
    new_context: Callable[..., Context], target: Target, vault: Vault
) -> Page:
    page = new_context().new_page()
    page.goto(vault.page.url)
    return page


@when(
    'the buyer presses "{label}" below "{heading}" on a device that is set to Arabic',
    target_fixture="foreign_shop",
)
def press_in_arabic(
    new_context: Callable[..., Context],
    target: Target,
    prepare: Preparation,
    label: str,
    heading: str,
) -> ShopCards:
    page = new_context(locale=ARABIC).new_page()
    prepare.enter(Shop.on(page, target))
    # A shop that has no Arabic pages shows others, and has to warn on them too.
    is_arabic = page.locator("html").get_attribute("lang") == ARABIC
    cards = ShopCards.on(page, target.in_other_language(ARABIC if is_arabic else target.locale))
    cards.open_profile()
    cards.press_below(heading, label)
    return cards


@then("the shop warns in the language of that device")
def warns_in_language(foreign_shop: ShopCards) -> None:
    expect_page_of(foreign_shop, "You are about to leave the shop")


@then('"{heading}" stands on the right of the page')
@needs(Capability.LAYOUT)
def stands_on_the_right(cards: ShopCards, heading: str) -> None:
    place = cards.place_of(heading)
    # A page that reads from right to left is mirrored.
    is_right = place < HALF if cards.is_from_right_to_left() else place > HALF
    check_that(f"{heading!r} stands on the right", is_right, f"{place:.0%} of the width from left")


@then("no link of the profile leads to the vault without the notice")
def no_link_skips_the_notice(cards: ShopCards, vault: Vault) -> None:
    expect_found(cards)
    links = cards.main.get_by_role("link")
    for place in range(links.count()):
        link = links.nth(place)
        if not cards.leads_to(link, cards.url(), vault.url()):
            continue
        cards.follow(link)
        leaves = cards.page.url.startswith(vault.url())
        check_that("the shop warns before it leaves for the vault", not leaves, cards.page.url)
        cards.open_profile()


@then("the buyer is still in the shop")
def is_in_shop(cards: ShopCards) -> None:
    expect(cards.page).to_have_url(_address_of(cards.url()))
    expect_found(cards)


@then("the buyer is signed in to the vault")
def is_signed_in(vault: Vault, target: Target) -> None:
    expect(vault.link_of_cards(target.label("Bank cards"))).to_be_visible()


@then("the vault does not let the buyer in, and says why")
def is_not_let_in(vault: Vault) -> None:
    expect(vault.alerts.first).to_have_text(SOMETHING)
    vault.open()
    expect(vault.first_of_sign_in).to_be_visible()


@then("the vault asks the visitor to sign in, and shows no card")
def asks_visitor_to_sign_in(visited: Page, target: Target) -> None:
    vault = Vault.on(visited, target)
    expect(vault.first_of_sign_in).to_be_visible()
    expect(vault.rows).to_have_count(0)


def _address_of(site: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(site)}")


def _almost(password: str) -> str:
    """The password with another last character."""
    return password[:-1] + ("a" if password[-1] != "a" else "b")
