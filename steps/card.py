"""Cards in the shop: linking one at the desktop checkout (C1) and on the phone (C3)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.expectations import expect_that
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .currency import expect_products
from .pages.card_form import CardForm
from .pages.shop import Shop
from .pages.shop_cards import ShopCards, shown
from .pages.shop_mobile import ShopMobile
from .preparation import Preparation
from .support.found_pages import expect_found, expect_page
from .support.published_cards import published_card
from .support.sentences import given, then, when

PRODUCT_BY_THE_WAY = "Linden honey, 500 g"
APPROVED = "Visa, approved"
BLOCK = "Payment methods"


@pytest.fixture
def cards(page: Page, target: Target) -> ShopCards:
    """The shop's pages about cards, in the buyer's browser."""
    return ShopCards.on(page, target)


@given('the buyer has linked the card "{name}"')
@asks(labels=["Card number"])
def has_linked(shop: Shop, prepare: Preparation, name: str) -> None:
    prepare.link_in_shop(shop, PRODUCT_BY_THE_WAY, published_card(name))


@given('the buyer has opened the block "{label}" by its arrow')
@when('the buyer opens the block "{label}" by its arrow')
def open_block(cards: ShopCards, label: str) -> None:
    cards.open_block(label)


@when('the buyer fills in the four values of the card "{name}"')
def fill_in_card(cards: ShopCards, name: str) -> None:
    cards.fill_in_card(published_card(name))


@when('the buyer ticks "{label}"')
def tick_box(cards: ShopCards, label: str) -> None:
    cards.tick(label)


@given('the buyer has saved the card "{name}"')
@when('the buyer saves the card "{name}"')
def save_card(cards: ShopCards, name: str) -> None:
    cards.save_card(published_card(name))


@when('the buyer saves the card "{name}" again')
def save_card_again(cards: ShopCards, name: str) -> None:
    cards.open_block(BLOCK)
    cards.press("Add card")
    cards.save_card(published_card(name))


@given('the buyer has begun to pay with the card "{name}" without saving it')
@when('the buyer pays with the card "{name}" without saving it')
def pay_without_saving(cards: ShopCards, name: str) -> None:
    cards.pay_once(published_card(name))


@given('the buyer has tried to save a card whose "{field}" is "{value}"')
@when('the buyer saves a card whose "{field}" is "{value}"')
def save_changed_card(cards: ShopCards, field: str, value: str) -> None:
    cards.save_card(published_card(APPROVED), **{field: value})


@given('the buyer has tried to pay with a card whose "{field}" is "{value}" without saving it')
def pay_with_changed_card(cards: ShopCards, field: str, value: str) -> None:
    cards.fill_in_card(published_card(APPROVED), **{field: value})
    cards.leave_unsaved()
    cards.press("Confirm (card)")


@when('the buyer chooses the linked card "{name}" and confirms the order')
def buy_with_linked_card(cards: ShopCards, shop: Shop, name: str) -> None:
    cards.choose_card(published_card(name))
    shop.press("Confirm order")
    shop.wait_for_order()


@when("the buyer saves the card with its number written {how:Way}")
def save_card_written(cards: ShopCards, how: Callable[[str], str]) -> None:
    card = published_card(APPROVED)
    cards.save_card(card, **{"Card number": how(card.number)})


@then('the block "{label}" is folded')
def block_is_folded(cards: ShopCards, label: str) -> None:
    expect(cards.block(label)).to_be_visible()
    expect(cards.method("Card")).to_be_hidden()


@then('the block "{label}" is open')
def block_is_open(cards: ShopCards, label: str) -> None:
    expect(cards.block(label)).to_be_visible()
    expect(cards.method("Card")).to_be_visible()


@then('the method "{label}" is already chosen')
def method_is_chosen(cards: ShopCards, label: str) -> None:
    # A page that is only for a card asks for no method any more.
    if not cards.asks_only_for_card():
        expect(cards.method(label)).to_be_checked()


@then('the card "{name}" can be chosen')
def can_be_chosen(cards: ShopCards, name: str) -> None:
    # Found by its role: what is hidden has none.
    expect(cards.offered(published_card(name))).to_be_enabled()


@then('there is no "{label}" button')
def nothing_to_press(cards: ShopCards, label: str) -> None:
    expect_page(cards)
    expect(cards.control(label)).to_be_hidden()


@then("the form with four fields is shown")
def form_is_shown(cards: ShopCards) -> None:
    expect_form(cards)


@given('the shop has shown the card "{name}"')
@then('the card "{name}" is linked')
def is_linked(cards: ShopCards, name: str) -> None:
    with cards.profile_beside() as profile:
        linked_card_in(profile, name)


@then("{number:Count} card is linked", "the shop lists {number:Count} cards")
def so_many_are_linked(cards: ShopCards, number: int) -> None:
    expect_linked(cards, in_all=number)


@then("no card is linked", "the shop lists no card")
def none_is_linked(cards: ShopCards) -> None:
    expect_linked(cards, in_all=0)


@then(
    "the shop says that the card was declined",
    "the shop says that the card is linked already",
)
def card_was_refused(cards: ShopCards) -> None:
    expect(cards.announcements.first).to_be_visible()


@then('the card "{name}" is offered at the next checkout')
def is_offered_next(shop: Shop, cards: ShopCards, name: str) -> None:
    shop.open()
    shop.start_order()
    is_offered(cards, name)


@then('the card "{name}" is offered at the next checkout with "{product}"')
def is_offered_with(shop: Shop, cards: ShopCards, name: str, product: str) -> None:
    shop.come_to_checkout(product)
    is_offered(cards, name)


@then('the card "{name}" is offered')
def is_offered(cards: ShopCards, name: str) -> None:
    cards.open_block(BLOCK)
    expect(cards.offered(published_card(name))).to_be_visible()


@then('the card "{name}" is not offered')
def is_not_offered(cards: ShopCards, name: str) -> None:
    expect(cards.offered(published_card(name))).to_have_count(0)


@then('the card "{name}" is chosen')
def is_chosen(cards: ShopCards, name: str) -> None:
    card = cards.offered(published_card(name))
    expect(card).to_be_checked()
    # What is disabled is not sent: no card would be chosen.
    expect(card).to_be_enabled()


def expect_form(form: CardForm) -> None:
    """Check that the values of a card can be entered."""
    for field in form.fields_of_card():
        # A hidden field is editable too.
        expect(field).to_be_visible()
        expect(field).to_be_editable()


def linked_card_in(profile: ShopCards, name: str) -> Locator:
    """Return the card among the linked ones of an open profile. It has to be visible."""
    card = profile.linked_card(published_card(name))
    expect(card).to_be_visible()
    return card


def expect_linked(cards: ShopCards, *names: str, in_all: int) -> None:
    """Check that each of these cards is linked once, and how many are linked in all."""
    with cards.profile_beside() as profile:
        expect_found(profile)
        for name in names:
            card = profile.linked_card(published_card(name))
            expect_that(f"the shop lists {name!r} once", expect(card).to_have_count, 1)
        every = f"the cards that the shop lists are {in_all} in all"
        expect_that(every, expect(profile.linked).to_have_count, in_all)


# On the phone (C3)


@given('the buyer has ticked "{product}" and pressed "{label}"')
def at_window(shop: ShopMobile, prepare: Preparation, product: str) -> None:
    prepare.come_to_checkout(shop, product)


@given('the buyer is at the form for a new card with "{product}"')
def at_card_form(shop: ShopMobile, prepare: Preparation, product: str) -> None:
    prepare.come_to_card_form(shop, product)


@when('the buyer opens the list of cards with "{product}"')
def come_to_cards(shop: ShopMobile, product: str) -> None:
    shop.come_to_cards(product)


@when('the buyer switches "{label}" on')
def switch_on(shop: ShopMobile, label: str) -> None:
    shop.switch_on(label)


@given('the buyer has linked the card "{name}" on the phone')
@when('the buyer links the card "{name}" on the phone')
@asks(labels=["Card number"])
def link_on_phone(shop: ShopMobile, name: str) -> None:
    shop.save_card(published_card(name))


@when('the buyer links a card with the number "{number}" on the phone')
def link_number_on_phone(shop: ShopMobile, number: str) -> None:
    shop.save_card(published_card(APPROVED), **{"Card number": number})


@when("the buyer buys with the chosen card")
def buy(shop: ShopMobile) -> None:
    shop.press("Pay now")


@then('the window shows "{product}" and the delivery address')
def window_shows(shop: ShopMobile, product: str) -> None:
    expect_products(shop, shop.window, {product: 1})
    expect(shop.address).to_be_visible()


@then('"{label}" is the first entry')
def is_first_entry(shop: ShopMobile, label: str) -> None:
    expect(shop.entries.first).to_have_text(re.compile(re.escape(shop.target.label(label))))


@then('the card "{name}" comes before "{label}"')
def comes_before(shop: ShopMobile, name: str, label: str) -> None:
    expect(shop.entries.nth(0)).to_contain_text(shown(published_card(name)))
    expect(shop.entries.nth(1)).to_have_text(re.compile(re.escape(shop.target.label(label))))
