"""Another person signs in in the buyer's browser, beside a page that the buyer has open."""

from __future__ import annotations

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Page
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target

from .pages.flows.sign_in import SignInFlows
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .pages.vault import Vault
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.found_pages import expect_found
from .support.sentences import given, then


@given("that buyer has signed in to the wallet in another tab of the same browser")
def signed_in_to_wallet(wallet: Wallet, neighbour: Buyer) -> None:
    _sign_in_beside(wallet, neighbour)


@given("another buyer has signed in to the shop in another tab of the same browser")
def signed_in_to_shop(shop: Shop, other_buyer: Buyer) -> None:
    _sign_in_beside(shop, other_buyer)


@given("another buyer has signed in to the vault in another tab of the same browser")
def signed_in_to_vault(vault: Vault, other_buyer_of_vault: Buyer) -> None:
    _sign_in_beside(vault, other_buyer_of_vault)


@then("that buyer has no linked card")
def has_no_card(
    other_device: Page, target: Target, prepare: Preparation, other_buyer: Buyer
) -> None:
    prepare.enter(Shop.on(other_device, target), show=False, buyer=other_buyer)
    profile = ShopCards.on(other_device, target)
    profile.open_profile()
    expect_found(profile)
    expect(profile.linked).to_have_count(0)


@then("that buyer has no order")
def has_no_order(
    other_device: Page, target: Target, prepare: Preparation, other_buyer: Buyer
) -> None:
    shop = Shop.on(other_device, target)
    prepare.enter(shop, show=False, buyer=other_buyer)
    shop.open_orders()
    expect(shop.heading).to_contain_text(target.label("My orders"))
    expect(shop.orders).to_have_count(0)


@then("that buyer's vault lists no card")
def vault_lists_none(other_vault: Vault, target: Target) -> None:
    other_vault.open_cards()
    expect(other_vault.heading).to_contain_text(target.label("Bank cards"))
    expect(other_vault.rows).to_have_count(0)


def _sign_in_beside(site: SignInFlows, person: Buyer) -> None:
    """End the buyer's session in another tab, and begin that of another person."""
    tab = site.new_tab()
    tab.open()
    tab.sign_out()
    tab.come_in_as(person)
    tab.must_be_in()
    tab.close()
