"""Several linked cards in the shop: which of them there are, and what a new one changes (C1)."""

from __future__ import annotations

from checkout_conformance.drivers.expect import expect
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks

from .card import (
    APPROVED,
    PRODUCT_BY_THE_WAY,
    expect_linked,
    form_is_shown,
    linked_card_in,
    method_is_chosen,
    nothing_to_press,
)
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .pages.vault import Vault
from .preparation import Preparation
from .support.card_words import cuts_name, expiries_in, has_name
from .support.published_cards import published_card
from .support.sentences import given, then, when

# In this order: the main card is neither the newest nor the only one of its brand.
FOUR_CARDS = ("Visa, also approved", "Mir, approved", "Visa, approved", "Mastercard, approved")


@given("the buyer has linked {number:Count} cards")
@asks(labels=["Card number"])
def has_linked_some(shop: Shop, prepare: Preparation, number: int) -> None:
    cards = map(published_card, FOUR_CARDS[:number])
    prepare.link_in_shop(shop, PRODUCT_BY_THE_WAY, *cards)


@given('the buyer has linked the cards "{one}" and "{other}"')
@asks(labels=["Card number"])
def has_linked_two(shop: Shop, prepare: Preparation, one: str, other: str) -> None:
    prepare.link_in_shop(shop, PRODUCT_BY_THE_WAY, published_card(one), published_card(other))


@given('the buyer has deleted the card "{name}" in the vault')
def has_deleted(vault: Vault, name: str) -> None:
    with vault.beforehand(show=False) as pages:
        pages.delete(published_card(name))
        pages.row(published_card(name)).wait_for(state="hidden")


@given('the buyer has opened the block "{label}" at the checkout with "{product}"')
def opened_block_at_checkout(
    shop: Shop, cards: ShopCards, prepare: Preparation, label: str, product: str
) -> None:
    prepare.come_to_checkout(shop, product)
    cards.open_block(label)
    cards.method("Card").wait_for()


@given("the buyer has opened the form for another card")
@when("the buyer opens the form for another card")
def open_form_for_another(cards: ShopCards) -> None:
    cards.show_card_form()


@given('the buyer has entered the card "{name}" and ticked "{label}"')
def entered_and_ticked(cards: ShopCards, name: str, label: str) -> None:
    cards.fill_in_card(published_card(name))
    cards.tick(label)


@given('the buyer has paid with the card "{name}" without saving it')
def has_paid_without_saving(shop: Shop, cards: ShopCards, name: str) -> None:
    cards.pay_once(published_card(name))
    shop.wait_for_order()


@when("the buyer confirms the form of the card with nothing filled in")
def confirm_empty_form(cards: ShopCards) -> None:
    cards.tick("Save card")
    cards.press("Confirm (card)")


@then("the first card can be entered at once")
def first_card_can_be_entered(cards: ShopCards) -> None:
    form_is_shown(cards)
    expect(cards.field("Save card")).to_be_visible()
    method_is_chosen(cards, "Card")
    nothing_to_press(cards, "Add card")


@then('the cards "{one}" and "{other}" are offered')
def two_are_offered(cards: ShopCards, one: str, other: str) -> None:
    for name in (one, other):
        expect(cards.offered(published_card(name))).to_be_visible()


@then('the cards "{one}" and "{other}" are linked, of {number:Count} in all')
def two_are_linked(cards: ShopCards, one: str, other: str, number: int) -> None:
    expect_linked(cards, one, other, in_all=number)


@then('the open block "{label}" has "{method}" chosen')
def open_block_has_chosen(cards: ShopCards, label: str, method: str) -> None:
    if not cards.method(method).is_visible():
        cards.open_block(label)
    expect(cards.method(method)).to_be_checked()


@then('the shop offers the payment methods "{one}" and "{other}"')
def methods_are_offered(cards: ShopCards, one: str, other: str) -> None:
    for label in (one, other):
        expect(cards.method(label)).to_be_visible()


@then('the shop shows no other expiry of the linked card than "{expiry}"')
def shows_expiry(cards: ShopCards, expiry: str) -> None:
    words = _words_about_card(cards)
    shown = expiries_in(words) <= expiries_in(expiry)
    check_that(f"the linked card is valid until {expiry}", shown, words)


@then('the shop shows no other holder of the linked card than "{holder}"')
def shows_holder(cards: ShopCards, buyer: Buyer, holder: str) -> None:
    words = _words_about_card(cards)
    is_another = cuts_name(words, holder) or has_name(words, buyer.name)
    check_that(f"the holder of the linked card is {holder}", not is_another, words)


def _words_about_card(cards: ShopCards) -> str:
    with cards.profile_beside() as profile:
        return linked_card_in(profile, APPROVED).inner_text()
