"""Cards in the shop: linking one at the desktop checkout, the linked ones (C1)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_bdd import given, then, when

from checkout_conformance.targets.target import Target

from .pages.shop import Shop
from .pages.shop_cards import ShopCards, shown
from .pages.shop_mobile import ShopMobile
from .published_cards import published_card
from .words import sentence

PRODUCT_BY_THE_WAY = "Linden honey, 500 g"
APPROVED = "Visa, approved"
BLOCK = "Payment methods"


@pytest.fixture
def cards(page: Page, target: Target) -> ShopCards:
    """The cards in the shop, in the buyer's browser."""
    return ShopCards.on(page, target)


@given(sentence('the buyer has linked the card "{name}"'))
@given(sentence("أن المشتري ربط البطاقة «{name}»"))
def has_linked(shop: Shop, name: str) -> None:
    with shop.beforehand() as way:
        way.link_card(published_card(name), PRODUCT_BY_THE_WAY)
        way.take_out_of_cart(PRODUCT_BY_THE_WAY)


@given(sentence('the buyer has opened the block "{label}" by its arrow'))
@given(sentence("أن المشتري فتح القسم «{label:Label}» بسهمه"))
@when(sentence('the buyer opens the block "{label}" by its arrow'))
@when(sentence("يفتح المشتري القسم «{label:Label}» بسهمه"))
def open_block(cards: ShopCards, label: str) -> None:
    cards.open_block(label)


@when(sentence('the buyer fills in the four values of the card "{name}"'))
@when(sentence("يملأ المشتري القيم الأربع للبطاقة «{name}»"))
def fill_in_card(cards: ShopCards, name: str) -> None:
    cards.fill_in_card(published_card(name))


@when(sentence('the buyer ticks "{label}"'))
@when(sentence("يضع المشتري علامة في المربع «{label:Label}»"))
def tick_box(cards: ShopCards, label: str) -> None:
    cards.tick(label)


@given(sentence('the buyer has saved the card "{name}"'))
@given(sentence("أن المشتري حفظ البطاقة «{name}»"))
@when(sentence('the buyer saves the card "{name}"'))
@when(sentence("يحفظ المشتري البطاقة «{name}»"))
def save_card(cards: ShopCards, name: str) -> None:
    cards.save_card(published_card(name))


@when(sentence('the buyer saves the card "{name}" again'))
@when(sentence("يحفظ المشتري البطاقة «{name}» مرة أخرى"))
def save_card_again(cards: ShopCards, name: str) -> None:
    cards.open_block(BLOCK)
    cards.press("Add card")
    cards.save_card(published_card(name))


@when(sentence('the buyer pays with the card "{name}" without saving it'))
@when(sentence("يدفع المشتري بالبطاقة «{name}» من دون حفظها"))
def pay_without_saving(cards: ShopCards, name: str) -> None:
    cards.fill_in_card(published_card(name))
    cards.press("Confirm (card)")


@when(sentence('the buyer saves a card whose "{field}" is "{value}"'))
@when(sentence("يحفظ المشتري بطاقة قيمة الحقل «{field:Label}» فيها «{value}»"))
def save_changed_card(cards: ShopCards, field: str, value: str) -> None:
    cards.save_card(published_card(APPROVED), **{field: value})


@when(sentence("the buyer saves the card with its number written {how:Way}"))
@when(sentence("يحفظ المشتري البطاقة ورقمها مكتوب {how:Way}"))
def save_card_written(cards: ShopCards, how: Callable[[str], str]) -> None:
    card = published_card(APPROVED)
    cards.save_card(card, **{"Card number": how(card.number)})


@then(sentence('the block "{label}" is folded'))
@then(sentence("يكون القسم «{label:Label}» مطويًّا"))
def block_is_folded(cards: ShopCards, label: str) -> None:
    expect(cards.block(label)).to_be_visible()
    expect(cards.method("Card")).to_be_hidden()


@then(sentence('the block "{label}" is open'))
@then(sentence("يكون القسم «{label:Label}» مفتوحًا"))
def block_is_open(cards: ShopCards, label: str) -> None:
    expect(cards.block(label)).to_be_visible()
    expect(cards.method("Card")).to_be_visible()


@then(sentence('the method "{label}" is already chosen'))
@then(sentence("تكون الطريقة «{label:Label}» مختارة مسبقًا"))
def method_is_chosen(cards: ShopCards, label: str) -> None:
    expect(cards.method(label)).to_be_checked()


@then(sentence('there is no "{label}" to press'))
@then(sentence("لا يوجد زر «{label:Label}»"))
def nothing_to_press(cards: ShopCards, label: str) -> None:
    expect(cards.heading).to_be_visible()
    expect(cards.control(label)).to_be_hidden()


@then("the form of the four values is shown")
@then("يظهر نموذج القيم الأربع")
def form_is_shown(cards: ShopCards) -> None:
    for field in cards.fields_of_card():
        expect(field).to_be_editable()


@given(sentence('the shop has shown the card "{name}"'))
@given(sentence("أن المتجر عرض البطاقة «{name}»"))
@then(sentence('the card "{name}" is linked'))
@then(sentence("تكون البطاقة «{name}» مرتبطة"))
def is_linked(cards: ShopCards, name: str) -> None:
    with cards.profile_beside() as profile:
        linked = profile.linked.filter(has_text=shown(published_card(name)))
        expect(linked).to_be_visible()


@then(sentence("{number:Count} card is linked"))
@then(sentence("يكون عدد البطاقات المرتبطة {number:Count}"))
def so_many_are_linked(cards: ShopCards, number: int) -> None:
    with cards.profile_beside() as profile:
        expect(profile.linked).to_have_count(number)


@then("no card is linked")
@then("لا تكون أي بطاقة مرتبطة")
@then("the shop lists no card")
@then("لا يعرض المتجر أي بطاقة")
def none_is_linked(cards: ShopCards) -> None:
    with cards.profile_beside() as profile:
        expect(profile.heading).to_be_visible()
        expect(profile.linked).to_have_count(0)


@then("the shop says that the card was refused")
@then("يقول المتجر إن البطاقة رُفضت")
def card_was_refused(cards: ShopCards, target: Target) -> None:
    refusal = cards.trouble.filter(has_text=target.label("You were not charged."))
    expect(refusal.first).to_be_visible()


@then("the shop says that the card is linked already")
@then("يقول المتجر إن البطاقة مرتبطة بالفعل")
def card_is_linked_already(cards: ShopCards, target: Target) -> None:
    refusal = cards.trouble.filter(has_text=target.label("This card is already linked."))
    expect(refusal.first).to_be_visible()


@then(sentence('the card "{name}" is offered at the next checkout'))
@then(sentence("تُعرض البطاقة «{name}» عند إتمام الشراء التالي"))
def is_offered_next(shop: Shop, cards: ShopCards, name: str) -> None:
    shop.open()
    shop.start_order()
    is_offered(cards, name)


@then(sentence('the card "{name}" is offered at the next checkout with "{product}"'))
@then(sentence("تُعرض البطاقة «{name}» عند إتمام الشراء التالي للمنتج «{product}»"))
def is_offered_with(shop: Shop, cards: ShopCards, name: str, product: str) -> None:
    shop.come_to_checkout(product)
    is_offered(cards, name)


@then(sentence('the card "{name}" is offered'))
@then(sentence("تُعرض البطاقة «{name}»"))
def is_offered(cards: ShopCards, name: str) -> None:
    cards.open_block(BLOCK)
    expect(cards.offered(published_card(name))).to_be_visible()


@then(sentence('the card "{name}" is not offered'))
@then(sentence("لا تُعرض البطاقة «{name}»"))
def is_not_offered(cards: ShopCards, name: str) -> None:
    expect(cards.method("Card")).to_be_visible()
    expect(cards.offered(published_card(name))).to_have_count(0)


@then(sentence('the card "{name}" is chosen'))
@then(sentence("تكون البطاقة «{name}» مختارة"))
def is_chosen(cards: ShopCards, name: str) -> None:
    expect(cards.offered(published_card(name))).to_be_checked()


# On the phone (C3)


@given(sentence('the buyer has ticked "{product}" and pressed "{label}"'))
@given(sentence("أن المشتري وضع علامة على «{product}» وضغط «{label:Label}»"))
def at_window(shop: ShopMobile, product: str) -> None:
    with shop.beforehand() as way:
        way.come_to_checkout(product)


@given(sentence('the buyer is at the form for a new card with "{product}"'))
@given(sentence("أن المشتري وصل بالمنتج «{product}» إلى نموذج البطاقة الجديدة"))
def at_card_form(shop: ShopMobile, product: str) -> None:
    with shop.beforehand() as way:
        way.come_to_card_form(product)


@when(sentence('the buyer comes to the list of cards with "{product}"'))
@when(sentence("يصل المشتري بالمنتج «{product}» إلى قائمة البطاقات"))
def come_to_cards(shop: ShopMobile, product: str) -> None:
    shop.come_to_cards(product)


@when(sentence('the buyer switches "{label}" on'))
@when(sentence("يشغّل المشتري المفتاح «{label:Label}»"))
def switch_on(shop: ShopMobile, label: str) -> None:
    shop.switch_on(label)


@given(sentence('the buyer has linked the card "{name}" on the phone'))
@given(sentence("أن المشتري ربط البطاقة «{name}» على الهاتف"))
@when(sentence('the buyer links the card "{name}" on the phone'))
@when(sentence("يربط المشتري البطاقة «{name}» على الهاتف"))
def link_on_phone(shop: ShopMobile, name: str) -> None:
    shop.save_card(published_card(name))


@when(sentence('the buyer links a card with the number "{number}" on the phone'))
@when(sentence("يربط المشتري على الهاتف بطاقة رقمها «{number}»"))
def link_number_on_phone(shop: ShopMobile, number: str) -> None:
    shop.save_card(published_card(APPROVED), **{"Card number": number})


@when("the buyer buys with the chosen card")
@when("يُتمّ المشتري الشراء بالبطاقة المختارة")
def buy(shop: ShopMobile) -> None:
    shop.press("Pay now")


@then(sentence('the window shows "{product}" and the delivery address'))
@then(sentence("تعرض النافذة «{product}» وعنوان التسليم"))
def window_shows(shop: ShopMobile, product: str) -> None:
    expect(shop.window).to_contain_text(shop.target.label(product))
    expect(shop.address).to_be_visible()


@then(sentence('"{label}" is the first entry'))
@then(sentence("يكون «{label:Label}» أول ما في القائمة"))
def is_first_entry(shop: ShopMobile, label: str) -> None:
    expect(shop.entries.first).to_have_text(re.compile(re.escape(shop.target.label(label))))


@then(sentence('the card "{name}" comes before "{label}"'))
@then(sentence("تأتي البطاقة «{name}» قبل «{label:Label}»"))
def comes_before(shop: ShopMobile, name: str, label: str) -> None:
    card = re.compile(re.escape(shown(published_card(name))))
    expect(shop.entries.nth(0)).to_have_text(card)
    expect(shop.entries.nth(1)).to_have_text(re.compile(re.escape(shop.target.label(label))))
