"""Cards whose last month ends: linked, expired, and with another expiry (C1.3, C2.3, C3.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from playwright.sync_api import expect
from pytest_bdd import given, then, when

from checkout_conformance.targets.target import Target

from .card import PRODUCT_BY_THE_WAY
from .controls import Controls
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .pages.vault import Vault
from .published_cards import Card, published_card
from .words import sentence


def until_now(controls: Controls, name: str) -> Card:
    """A published card that is good to the end of the month that the sites have."""
    return replace(published_card(name), expiry=f"{controls.now():%m/%y}")


def month_after(now: datetime) -> datetime:
    """The first moment of the next month."""
    return datetime(now.year + now.month // 12, now.month % 12 + 1, 1, tzinfo=UTC)


@given(sentence('the buyer has linked the card "{name}", good to the end of this month'))
@given(sentence("أن المشتري ربط البطاقة «{name}» الصالحة حتى نهاية هذا الشهر"))
def has_linked(shop: Shop, controls: Controls, name: str) -> None:
    with shop.beforehand() as way:
        way.link_card(until_now(controls, name), PRODUCT_BY_THE_WAY)
        way.take_out_of_cart(PRODUCT_BY_THE_WAY)


@given(sentence('the buyer has linked "{name}" in the vault, good to the end of this month'))
@given(sentence("أن المشتري ربط في الخزنة «{name}» الصالحة حتى نهاية هذا الشهر"))
def has_linked_in_vault(vault: Vault, controls: Controls, name: str) -> None:
    with vault.beforehand() as way:
        way.save_card(until_now(controls, name))


@given("this month has ended")
@given("أن هذا الشهر انتهى")
def month_has_ended(controls: Controls) -> None:
    now = controls.now()
    controls.advance_clock((month_after(now) - now).total_seconds())


@when(sentence('the buyer edits the expiry of "{name}" to "{expiry}"'))
@when(sentence("يغيّر المشتري تاريخ انتهاء «{name}» إلى «{expiry}»"))
def edit_expiry(vault: Vault, name: str, expiry: str) -> None:
    vault.open_cards()
    vault.press_beside(published_card(name), "Edit")
    vault.fill_in("Expiry", expiry)
    vault.press("Save")


@then(sentence('the card "{name}" has expired and cannot be chosen'))
@then(sentence("تكون البطاقة «{name}» منتهية الصلاحية ولا يمكن اختيارها"))
def cannot_be_chosen(cards: ShopCards, target: Target, name: str) -> None:
    expect(cards.offered(published_card(name))).to_be_disabled()
    expect(cards.main).to_contain_text(target.label("An expired card cannot be used to pay."))


@then(sentence('the vault shows that "{name}" has expired'))
@then(sentence("تبيّن الخزنة أن صلاحية «{name}» انتهت"))
def has_expired(vault: Vault, target: Target, name: str) -> None:
    vault.open_cards()
    expect(vault.row(published_card(name))).to_contain_text(target.label("Expired"))
