"""The cards that the shop lists as linked: these and no others (C3.5, C3.6)."""

from __future__ import annotations

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Page
from checkout_conformance.expectations import expect_that
from checkout_conformance.targets.target import Target

from .pages.flows import HOLDER
from .pages.shop_cards import ShopCards
from .pages.vault import Vault
from .preparation import Preparation
from .support.published_cards import published_card
from .support.sentences import then


@then('the shop lists only "{name}"')
def shop_lists_one(cards: ShopCards, name: str) -> None:
    _expect_in_shop(cards, name)


@then('the shop lists only "{one}" and "{two}"')
def shop_lists_two(cards: ShopCards, one: str, two: str) -> None:
    _expect_in_shop(cards, one, two)


@then('the shop lists only "{one}", "{two}" and "{three}"')
def shop_lists_three(cards: ShopCards, one: str, two: str, three: str) -> None:
    _expect_in_shop(cards, one, two, three)


@then('the card "{name}" is linked in the vault, too')
def is_in_vault(page: Page, target: Target, prepare: Preparation, name: str) -> None:
    vault = Vault.on(page.context.new_page(), target)
    prepare.enter(vault, show=False)
    vault.open_cards()
    expect(vault.row(published_card(name))).to_have_count(1)
    expect(vault.row(published_card(name))).to_contain_text(HOLDER)
    vault.close()


def _expect_in_shop(cards: ShopCards, *names: str) -> None:
    with cards.profile_beside() as profile:
        expect(profile.heading).to_be_visible()
        for name in names:
            card = profile.linked_card(published_card(name))
            expect_that(f"the shop lists {name!r} once", expect(card).to_have_count, 1)
        every = expect(profile.linked)
        expect_that("the shop lists no other card", every.to_have_count, len(names))
