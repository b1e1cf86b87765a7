"""The cards of the vault as the shop shows them, and paying with one (C2.6)."""

from __future__ import annotations

from collections.abc import Callable

from checkout_conformance.drivers.devices import DESKTOP
from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Context, Page
from checkout_conformance.expectations import expect_that
from checkout_conformance.targets.target import Target

from .card import expect_linked, linked_card_in
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .pages.vault import Vault
from .preparation import Preparation
from .support.published_cards import published_card
from .support.sentences import given, then, when


@given('the shop has shown the cards "{one}", "{two}" and "{three}"')
def shop_has_shown(cards: ShopCards, one: str, two: str, three: str) -> None:
    _expect_in_shop(cards, one, two, three)


@given('the shop has shown the cards "{one}" and "{two}"')
def shop_has_shown_two(cards: ShopCards, one: str, two: str) -> None:
    _expect_in_shop(cards, one, two)


@given("the shop has shown that no card is linked")
def shop_has_shown_none(cards: ShopCards) -> None:
    _expect_in_shop(cards)


@given('the buyer has chosen the card "{name}" at the checkout with "{product}"')
def has_chosen_card(
    shop: Shop, cards: ShopCards, prepare: Preparation, name: str, product: str
) -> None:
    prepare.come_to_checkout(shop, product)
    shop.give_address()
    cards.choose_card(published_card(name))


@given('the buyer has bought "{product}" with the card "{name}"')
def has_bought(shop: Shop, cards: ShopCards, prepare: Preparation, product: str, name: str) -> None:
    has_chosen_card(shop, cards, prepare, name, product)
    shop.press("Confirm order")
    shop.wait_for_order()


@when('the buyer buys "{product}" with the card "{name}"')
def buy(shop: Shop, cards: ShopCards, product: str, name: str) -> None:
    shop.come_to_checkout(product)
    shop.give_address()
    cards.choose_card(published_card(name))
    shop.press("Confirm order")
    shop.wait_for_order()


@when('the buyer links the card "{name}" in the vault in another tab and comes back')
def link_and_come_back(vault: Vault, page: Page, name: str) -> None:
    tab = vault.new_tab()
    tab.save_card(published_card(name))
    tab.close()
    page.reload()


@then("the shop shows no card as being checked")
def shop_shows_links_as_final(cards: ShopCards, target: Target) -> None:
    with cards.profile_beside() as profile:
        expect(profile.linked.first).to_be_visible()
        unfinished = profile.linked.filter(has_text=target.label("Being checked"))
        expect(unfinished).to_have_count(0)


@then('the shop does not show "{name}" with the holder "{holder}"')
def shop_does_not_show_holder(cards: ShopCards, name: str, holder: str) -> None:
    with cards.profile_beside() as profile:
        card = linked_card_in(profile, name)
        expect(card).not_to_contain_text(holder)


@then('the list has the cards "{one}", "{two}" and "{three}"')
def list_has(cards: ShopCards, one: str, two: str, three: str) -> None:
    for name in (one, two, three):
        offered = expect(cards.offered(published_card(name)))
        expect_that(f"the list has {name!r} once", offered.to_have_count, 1)


@then('the shop lists only "{name}"')
def shop_lists_one(cards: ShopCards, name: str) -> None:
    _expect_in_shop(cards, name)


@then('the shop lists only "{one}" and "{two}"')
def shop_lists_two(cards: ShopCards, one: str, two: str) -> None:
    _expect_in_shop(cards, one, two)


@then('the shop lists only "{one}", "{two}" and "{three}"')
def shop_lists_three(cards: ShopCards, one: str, two: str, three: str) -> None:
    _expect_in_shop(cards, one, two, three)


@then('on another device the shop lists only "{one}", "{two}" and "{three}"')
def shop_lists_three_elsewhere(
    other_device: Page, target: Target, prepare: Preparation, one: str, two: str, three: str
) -> None:
    cards = ShopCards.on(other_device, target)
    prepare.enter(Shop.on(other_device, target), show=False)
    _expect_in_shop(cards, one, two, three)


@then('on a computer the shop lists only "{one}" and "{two}"')
def shop_lists_two_on_computer(
    new_context: Callable[..., Context],
    target: Target,
    prepare: Preparation,
    one: str,
    two: str,
) -> None:
    computer = new_context(device=DESKTOP).new_page()
    prepare.enter(Shop.on(computer, target), show=False)
    _expect_in_shop(ShopCards.on(computer, target), one, two)


def _expect_in_shop(cards: ShopCards, *names: str) -> None:
    expect_linked(cards, *names, in_all=len(names))
