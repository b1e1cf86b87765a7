"""The buyer's other device: the same wallet in another browser, also in another language (W1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Context, Page
from checkout_conformance.targets.target import Target, not_offered

from .form import page_shows_payment
from .pages.payment import Payment
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.sentences import given, then, when
from .tile import offers_tiles
from .wallet import offers, tiles_have_logo_and_caption


@given("the buyer is signed in to the wallet on another device", target_fixture="device")
def signed_in_elsewhere(
    new_context: Callable[..., Context], target: Target, prepare: Preparation
) -> Wallet:
    device = Wallet.on(new_context().new_page(), target)
    prepare.enter(device)
    expect(device.balance).to_be_visible()
    return device


@given(
    "the buyer is signed in to the wallet on a device in {language:Language}",
    target_fixture="device",
)
def signed_in_in_language(
    new_context: Callable[..., Context], target: Target, prepare: Preparation, language: str
) -> Wallet:
    # The labels of a target file are those of its own language.
    read = replace(target, locale=language, labels={})
    device = Wallet.on(new_context(locale=language).new_page(), read)
    prepare.enter(device)
    if not (device.document.get_attribute("lang") or "").startswith(language):
        not_offered(f"the wallet in another language ({language})")
    return device


@when('the buyer opens "{label}" in the menu on that device')
def open_in_menu(device: Wallet, label: str) -> None:
    device.open_in_menu(label)


@when("the buyer opens the payment on that device")
def open_payment(page: Page, device: Wallet) -> None:
    device.page.goto(page.url)


@then('that device shows the tiles "{one}" and "{other}"')
def shows_tiles(device: Wallet, one: str, other: str) -> None:
    offers_tiles(device, one, other)


@then('that device shows "{one}" and "{other}" in the category "{category}"')
def shows_groups(device: Wallet, one: str, other: str, category: str) -> None:
    expect(device.tile(category)).to_be_visible()
    device.open_tile(category)
    offers(device, one)
    offers(device, other)


@then('that device shows a logo and a caption on every tile of the category "{category}"')
def shows_logos(device: Wallet, category: str) -> None:
    device.open_tile(category)
    tiles_have_logo_and_caption(device)


@then('that device shows {money:Money} for "{account}"')
def shows_payment(device: Wallet, money: NamedAmount, account: str) -> None:
    page_shows_payment(device, money, account)


@then("on the other device the wallet holds {money:Money}")
def holds_elsewhere(device: Wallet, money: NamedAmount) -> None:
    device.open()
    expect(device.balance).to_contain_text(money.on_page)


@then('on the other device the history shows a payment of {money:Money} to "{payee}"')
def history_elsewhere(device: Wallet, target: Target, money: NamedAmount, payee: str) -> None:
    payment = Payment.on(device.page, target)
    payment.open_history()
    expect(payment.in_history(payee, money.on_page)).to_be_visible()
