"""Cards at the end of their last month: linked, expired, renewed (C1.3, C2.3, C3.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from checkout_conformance.drivers.expect import expect
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .card import PRODUCT_BY_THE_WAY
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .pages.vault import Vault
from .preparation import Preparation
from .support.controls import Controls
from .support.published_cards import PaymentCard, published_card
from .support.sentences import given, then, when


def until_now(controls: Controls, name: str) -> PaymentCard:
    """A published card that expires at the end of the current month of the sites' clock."""
    return replace(published_card(name), expiry=f"{controls.now():%m/%y}")


def until_last_month(controls: Controls, name: str) -> PaymentCard:
    """A published card that expired at the end of the month before, by the sites' clock."""
    last_month = controls.now().replace(day=1) - timedelta(days=1)
    return replace(published_card(name), expiry=f"{last_month:%m/%y}")


def month_after(now: datetime) -> datetime:
    """The first moment of the next month."""
    return datetime(now.year + now.month // 12, now.month % 12 + 1, 1, tzinfo=UTC)


@given('the buyer has linked the card "{name}", valid to the end of this month')
@asks("clock")
def has_linked(shop: Shop, controls: Controls, prepare: Preparation, name: str) -> None:
    prepare.link_in_shop(shop, PRODUCT_BY_THE_WAY, until_now(controls, name))


@given('the buyer has linked "{name}" in the vault, valid to the end of this month')
@asks("clock")
def has_linked_in_vault(vault: Vault, controls: Controls, prepare: Preparation, name: str) -> None:
    prepare.link_in_vault(vault, until_now(controls, name))


@given("this month has ended")
@when("this month ends")
@asks("clock")
def month_has_ended(controls: Controls) -> None:
    now = controls.now()
    controls.advance_clock((month_after(now) - now).total_seconds())


@given('the buyer has changed the expiry of "{name}" to "{expiry}"')
@when('the buyer changes the expiry of "{name}" to "{expiry}"')
def edit_expiry(vault: Vault, name: str, expiry: str) -> None:
    vault.edit(published_card(name), "Expiry", expiry)


@when('the buyer saves the card "{name}", valid to the end of this month')
@asks("clock")
def save_until_now(cards: ShopCards, controls: Controls, name: str) -> None:
    cards.save_card(until_now(controls, name))


@when('the buyer saves the card "{name}", valid to the end of last month')
@asks("clock")
def save_expired(cards: ShopCards, controls: Controls, name: str) -> None:
    cards.save_card(until_last_month(controls, name))


@when('the buyer saves "{name}" in the vault, valid to the end of this month')
@asks("clock")
def save_until_now_in_vault(vault: Vault, controls: Controls, name: str) -> None:
    vault.save_card(until_now(controls, name))


@when('the buyer saves "{name}" in the vault, valid to the end of last month')
@asks("clock")
def save_expired_in_vault(vault: Vault, controls: Controls, name: str) -> None:
    vault.save_card(until_last_month(controls, name))


@then('the card "{name}" has expired and cannot be chosen')
def cannot_be_chosen(cards: ShopCards, target: Target, name: str) -> None:
    expect(cards.offered(published_card(name))).to_be_disabled()
    expect(cards.main).to_contain_text(target.label("An expired card cannot be used to pay."))


@then('the vault shows that "{name}" has expired')
def has_expired(vault: Vault, target: Target, name: str) -> None:
    vault.open_cards()
    expect(vault.row(published_card(name))).to_contain_text(target.label("Expired"))
