"""The card vault: getting there, managing cards, the cent that is held (C2)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_bdd import given, then, when

from checkout_conformance.people import Buyer, invent_buyer
from checkout_conformance.targets.target import Target

from .controls import Controls
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .pages.vault import Vault
from .published_cards import published_card
from .words import sentence

BLOCK = "Payment methods"


@pytest.fixture
def vault(page: Page, target: Target) -> Vault:
    """The vault in the buyer's browser."""
    return Vault.on(page, target)


@given("the buyer has an account with the vault")
@given("أن للمشتري حسابًا في الخزنة")
def has_account(controls: Controls, buyer: Buyer) -> None:
    controls.add_vault_holder(buyer.phone, buyer.password, buyer.name)


@given("the buyer is signed in to the vault")
@given("أن المشتري سجّل الدخول إلى الخزنة")
def signed_in(vault: Vault, buyer: Buyer) -> None:
    vault.enter(buyer)


@when("the buyer signs in to the vault")
@when("يسجّل المشتري الدخول إلى الخزنة")
def sign_in(vault: Vault, buyer: Buyer) -> None:
    vault.come_in(buyer)


@given("the buyer is signed in to the shop and to the vault")
@given("أن المشتري سجّل الدخول إلى المتجر وإلى الخزنة")
def signed_in_to_both(vault: Vault, shop: Shop, buyer: Buyer) -> None:
    vault.enter(buyer, show=False)
    shop.enter(buyer, show=False)


@given("the buyer is at the profile in the shop")
@given("أن المشتري في ملفه في المتجر")
def at_profile(cards: ShopCards) -> None:
    cards.open_profile()


@given("the buyer is at the vault's form for a card")
@given("أن المشتري في نموذج البطاقة في الخزنة")
def at_form(vault: Vault, buyer: Buyer) -> None:
    with vault.beforehand() as way:
        way.come_in(buyer)
        way.open_form()


@given(sentence('another buyer has linked the card "{name}" in the vault'))
@given(sentence("أن مشتريًا آخر ربط البطاقة «{name}» في الخزنة"))
def another_has_linked(
    new_context: Callable[..., BrowserContext],
    target: Target,
    controls: Controls,
    buyer_seed: str,
    name: str,
) -> None:
    other = invent_buyer(f"{buyer_seed} other")
    controls.add_vault_holder(other.phone, other.password, other.name)
    vault = Vault.on(new_context().new_page(), target)
    with vault.beforehand() as way:
        way.come_in(other)
        way.save_card(published_card(name))
    expect(vault.row(published_card(name))).to_be_visible()


@given(sentence('the buyer has linked "{one}" and then "{other}" in the vault'))
@given(sentence("أن المشتري ربط في الخزنة «{one}» ثم «{other}»"))
def has_linked_two(vault: Vault, one: str, other: str) -> None:
    with vault.beforehand() as way:
        for name in (one, other):
            way.save_card(published_card(name))


@given(sentence('the buyer has linked the card "{name}" in the vault'))
@given(sentence("أن المشتري ربط البطاقة «{name}» في الخزنة"))
@given(sentence('the buyer has saved the card "{name}" in the vault'))
@given(sentence("أن المشتري حفظ البطاقة «{name}» في الخزنة"))
def has_saved_card(vault: Vault, name: str) -> None:
    with vault.beforehand() as way:
        way.save_card(published_card(name))


@when(sentence('the buyer saves the card "{name}" in the vault'))
@when(sentence("يحفظ المشتري البطاقة «{name}» في الخزنة"))
def save_card(vault: Vault, name: str) -> None:
    vault.save_card(published_card(name))


@given(sentence('the buyer has pressed "{label}" below "{heading}"'))
@given(sentence("أن المشتري ضغط «{label:Label}» أسفل «{heading:Label}»"))
@when(sentence('the buyer presses "{label}" below "{heading}"'))
@when(sentence("يضغط المشتري «{label:Label}» أسفل «{heading:Label}»"))
def press_below(cards: ShopCards, label: str, heading: str) -> None:
    cards.press_below(heading, label)


@when("the buyer goes on to the vault")
@when("يتابع المشتري إلى الخزنة")
def go_on_to_vault(cards: ShopCards) -> None:
    cards.press("Continue")


@when("the buyer presses the icon of a bank card")
@when("يضغط المشتري أيقونة البطاقة المصرفية")
def press_icon(vault: Vault) -> None:
    vault.press_icon()


@when("the buyer looks at the cards in the vault")
@when("ينظر المشتري إلى البطاقات في الخزنة")
def look_at_cards(vault: Vault) -> None:
    vault.open_cards()


@given("the buyer has opened the vault's form for a card")
@given("أن المشتري فتح نموذج البطاقة في الخزنة")
def opened_form(vault: Vault) -> None:
    with vault.beforehand() as way:
        way.open_form()


@when(sentence('the buyer fills in all the data of the card "{name}"'))
@when(sentence("يملأ المشتري كل بيانات البطاقة «{name}»"))
def fill_in_all(vault: Vault, name: str) -> None:
    vault.fill_in_all(published_card(name))


@when(sentence('the buyer saves in the vault a card whose "{field}" is "{value}"'))
@when(sentence("يحفظ المشتري في الخزنة بطاقة قيمة الحقل «{field:Label}» فيها «{value}»"))
def save_changed_card(vault: Vault, field: str, value: str) -> None:
    vault.fill_in_all(published_card("Visa, approved"), **{field: value})
    vault.press("Save")


@when(sentence('the buyer makes "{name}" the main card'))
@when(sentence("يجعل المشتري «{name}» البطاقة الرئيسية"))
def make_main(vault: Vault, name: str) -> None:
    vault.open_cards()
    vault.press_beside(published_card(name), "Set as main")


@when(sentence('the buyer wants to delete "{name}"'))
@when(sentence("يريد المشتري حذف «{name}»"))
def want_to_delete(vault: Vault, name: str) -> None:
    vault.ask_to_delete(published_card(name))


@when(sentence('the buyer deletes "{name}" in the vault'))
@when(sentence("يحذف المشتري «{name}» من الخزنة"))
def delete(vault: Vault, name: str) -> None:
    vault.delete(published_card(name))


@when(sentence('the buyer deletes "{one}" and "{other}"'))
@when(sentence("يحذف المشتري «{one}» و«{other}»"))
def delete_two(vault: Vault, one: str, other: str) -> None:
    vault.delete(published_card(one), published_card(other))


@when("the buyer deletes the main card")
@when("يحذف المشتري البطاقة الرئيسية")
def delete_main(vault: Vault, target: Target) -> None:
    vault.open_cards()
    main = vault.rows.filter(has=vault.page.get_by_text(target.label("Main card"), exact=True))
    main.get_by_role("checkbox").check()
    vault.press("Delete")
    vault.press("Confirm")


@when(sentence('the buyer edits the holder of "{name}" to "{holder}"'))
@when(sentence("يغيّر المشتري حامل «{name}» إلى «{holder}»"))
def edit_holder(vault: Vault, name: str, holder: str) -> None:
    vault.open_cards()
    vault.press_beside(published_card(name), "Edit")
    vault.fill_in("Card holder", holder)
    vault.press("Save")


@when(sentence('the buyer goes to the checkout with "{product}"'))
@when(sentence("ينتقل المشتري بالمنتج «{product}» إلى صفحة إتمام الشراء"))
def go_to_checkout(shop: Shop, product: str) -> None:
    shop.come_to_checkout(product)


@then("the shop warns that its site is being left")
@then("ينبّه المتجر إلى أن المشتري يغادر موقعه")
def warns_of_leaving(cards: ShopCards, target: Target) -> None:
    expect(cards.heading).to_have_text(target.label("You are about to leave the shop"))
    expect(cards.control("Continue")).to_be_visible()


@then("the buyer is at the vault")
@then("يكون المشتري في الخزنة")
def is_at_vault(vault: Vault) -> None:
    expect(vault.page).to_have_url(re.compile(re.escape(vault.url())))


@then("the vault shows the management of cards")
@then("تعرض الخزنة إدارة البطاقات")
def shows_management(vault: Vault, target: Target) -> None:
    expect(vault.heading).to_have_text(target.label("Bank cards"))
    expect(vault.control("Add card")).to_be_visible()


@then("the vault tells of one cent, held for a day or less")
@then("تُخبر الخزنة بحجز سنت واحد ليوم أو أقل")
def tells_of_cent(vault: Vault, target: Target) -> None:
    expect(vault.message).to_contain_text(target.label("One cent"))
    expect(vault.message).to_contain_text(target.label("one day or less"))


@then(sentence('the card "{name}" is being checked in the vault'))
@then(sentence("تكون البطاقة «{name}» قيد التحقق في الخزنة"))
def is_being_checked(vault: Vault, target: Target, name: str) -> None:
    expect(vault.row(published_card(name))).to_contain_text(target.label("Being checked"))


@then(sentence('the card "{name}" is linked for good in the vault'))
@then(sentence("تكون البطاقة «{name}» مرتبطة نهائيًّا في الخزنة"))
def is_linked_for_good(vault: Vault, target: Target, name: str) -> None:
    expect(vault.row(published_card(name))).to_contain_text(target.label("Linked"))
    expect(vault.message.filter(has_text=target.label("One cent"))).to_have_count(0)


@then(sentence('"{name}" is chosen at the shop\'s checkout'))
@then(sentence("تكون «{name}» مختارة في صفحة إتمام الشراء"))
def is_chosen_at_checkout(shop: Shop, cards: ShopCards, name: str) -> None:
    shop.come_to_checkout("Felt slippers")
    cards.open_block(BLOCK)
    expect(cards.offered(published_card(name))).to_be_checked()


@then("the vault asks whether to delete 1 card")
@then("تسأل الخزنة هل تُحذف بطاقة واحدة")
def asks_before_deleting(vault: Vault) -> None:
    expect(vault.heading).to_have_text(re.compile(r"1\D*\?|1\D*؟"))
    expect(vault.control("Confirm")).to_be_visible()
    expect(vault.control("Keep")).to_be_visible()


@then("the vault lists no card")
@then("لا تعرض الخزنة أي بطاقة")
def lists_none(vault: Vault, target: Target) -> None:
    vault.open_cards()
    expect(vault.heading).to_have_text(target.label("Bank cards"))
    expect(vault.rows).to_have_count(0)


@then("the vault lists 1 card, which is the main one")
@then("تعرض الخزنة بطاقة واحدة هي البطاقة الرئيسية")
def lists_one_main(vault: Vault, target: Target) -> None:
    # The page of a second press may be the form, which says that the card is linked already.
    vault.open_cards()
    expect(vault.rows).to_have_count(1)
    expect(vault.rows.get_by_text(target.label("Main card"), exact=True)).to_be_visible()


@then(sentence('the vault lists "{name}" with the holder "{holder}"'))
@then(sentence("تعرض الخزنة «{name}» باسم الحامل «{holder}»"))
def lists_holder(vault: Vault, name: str, holder: str) -> None:
    expect(vault.row(published_card(name))).to_contain_text(holder)


@then("the vault says that the card was refused")
@then("تقول الخزنة إن البطاقة رُفضت")
def card_was_refused(vault: Vault, target: Target) -> None:
    refusal = vault.trouble.filter(has_text=target.label("Nothing was linked."))
    expect(refusal.first).to_be_visible()


@then("the vault keeps what else was typed, but no security code")
@then("تُبقي الخزنة على كل ما كُتب ما عدا رمز الأمان")
def keeps_the_rest(vault: Vault) -> None:
    expect(vault.field("Address")).to_have_value("Bauman Street 12, flat 3")
    expect(vault.field("Security code")).to_have_value("")
