"""The wallet on a device whose language is not that of the run (W1)."""

from __future__ import annotations

from collections.abc import Callable

from checkout_conformance.drivers.page import Context, Page
from checkout_conformance.expectations import check_that
from checkout_conformance.targets.target import Target

from .form import page_shows_payment
from .invoice import tells_of_unpaid
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.sentences import given, then, when
from .tile import has_tile, offers_tiles, some_tiles
from .wallet import offers, tiles_have_logo_and_caption


@given(
    "the buyer is signed in to the wallet on a device in {language:Language}",
    target_fixture="foreign_device",
)
def signed_in_in_language(
    new_context: Callable[..., Context], target: Target, prepare: Preparation, language: str
) -> Wallet:
    wallet = Wallet.on(new_context(locale=language).new_page(), target)
    return prepare.enter_in_language(wallet, language)


@when('the buyer opens "{label}" in the menu on that device')
def open_in_menu(foreign_device: Wallet, label: str) -> None:
    foreign_device.open_in_menu(label)


@when("the buyer goes to the wallet on that device")
def go_to_wallet(foreign_device: Wallet) -> None:
    foreign_device.open()


@when("the buyer opens the payment on that device")
def open_payment(page: Page, foreign_device: Wallet) -> None:
    foreign_device.page.goto(page.url)


@then('that device shows the tiles "{one}" and "{other}"')
def shows_tiles(foreign_device: Wallet, one: str, other: str) -> None:
    offers_tiles(foreign_device, one, other)


@then('that device shows "{one}" and "{other}" in the category "{category}"')
def shows_groups(foreign_device: Wallet, one: str, other: str, category: str) -> None:
    has_tile(foreign_device, category)
    foreign_device.open_tile(category)
    offers(foreign_device, one)
    offers(foreign_device, other)


@then('that device shows a logo and a caption on every tile of the category "{category}"')
def shows_logos(foreign_device: Wallet, category: str) -> None:
    foreign_device.open_tile(category)
    tiles_have_logo_and_caption(foreign_device)


@then('that device shows as many logos in the category "{category}" as the first one')
def shows_as_many_logos(wallet: Wallet, foreign_device: Wallet, category: str) -> None:
    some_tiles(wallet)
    foreign_device.open_tile(category)
    some_tiles(foreign_device)
    here, there = (device.number_of_logos() for device in (wallet, foreign_device))
    check_that(f"the category shows {here} logos", there == here, f"{there} logos")


@then('that device shows {money:Money} for "{account}"')
def shows_payment(foreign_device: Wallet, money: NamedAmount, account: str) -> None:
    page_shows_payment(foreign_device, money, account)


@then("that device shows a notice of {number:Count} unpaid invoice")
def shows_notice(foreign_device: Wallet, number: int) -> None:
    tells_of_unpaid(foreign_device, number)
