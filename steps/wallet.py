"""The wallet: signing in, its categories and tiles, its balance (W1.1-W1.3)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Page
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer, invent_buyer, with_phone
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .data import data
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.sentences import given, then, when
from .tile import some_tiles

SOMETHING = re.compile(r"\S")
WRONG_PASSWORD = "not-the-password"


@pytest.fixture
def wallet(page: Page, target: Target) -> Wallet:
    """The wallet in the buyer's browser."""
    return Wallet.on(page, target)


@given("a buyer with {money:Money} in the wallet", target_fixture="funds")
@asks("balances")
def wallet_with(controls: Controls, buyer: Buyer, money: NamedAmount) -> NamedAmount:
    balances = {money.currency: money.minor}
    controls.add_wallet_buyer(buyer.phone, buyer.password, buyer.name, balances)
    return money


@given(
    'a buyer whose phone begins with "{beginning}", with {money:Money} in the wallet',
    target_fixture="buyer",
)
@asks("balances")
def wallet_of_phone(
    controls: Controls, buyer_seed: str, beginning: str, money: NamedAmount
) -> Buyer:
    buyer = with_phone(invent_buyer(f"{buyer_seed} phone"), beginning)
    balances = {money.currency: money.minor}
    controls.add_wallet_buyer(buyer.phone, buyer.password, buyer.name, balances)
    return buyer


@given("the buyer is signed in to the wallet")
def signed_in(wallet: Wallet, prepare: Preparation) -> None:
    prepare.enter(wallet)


@given("the buyer has signed out of the wallet")
def signed_out(wallet: Wallet) -> None:
    wallet.sign_out()


@given("the buyer has given a wrong password {fewer:Often}")
def gave_wrong_passwords(wallet: Wallet, buyer: Buyer, fewer: int) -> None:
    wallet.open()
    for _ in range(data().limits.wrong_passwords - fewer):
        wallet.sign_in(buyer.phone, WRONG_PASSWORD)


@given('the buyer is at the category "{category}"')
def at_category(wallet: Wallet, prepare: Preparation, category: str) -> None:
    prepare.enter(wallet, show=False)
    with wallet.beforehand() as pages:
        pages.open()
        pages.open_category(category)


@when("the buyer opens the address of the payment categories")
def open_pay_by_address(wallet: Wallet) -> None:
    wallet.open(wallet.target.path("wallet", "categories"))


@when("the buyer signs in with the right password")
def sign_in(wallet: Wallet, buyer: Buyer) -> None:
    wallet.sign_in(buyer.phone, buyer.password)


@when("the buyer signs in to the wallet")
def go_and_sign_in(wallet: Wallet, buyer: Buyer) -> None:
    wallet.open()
    wallet.sign_in(buyer.phone, buyer.password)


@when("the buyer signs in with the right password {typo:Typo}")
def sign_in_with_typo(wallet: Wallet, buyer: Buyer, typo: Callable[[str], str]) -> None:
    wallet.open()
    wallet.sign_in(buyer.phone, typo(buyer.password))


@when("the buyer signs in with the phone number written {how:Way}")
def sign_in_with_phone_written(wallet: Wallet, buyer: Buyer, how: Callable[[str], str]) -> None:
    wallet.open()
    wallet.sign_in(how(buyer.phone), buyer.password)


@when("the buyer signs in to the wallet with a wrong password")
def sign_in_wrongly(wallet: Wallet, buyer: Buyer) -> None:
    wallet.open()
    wallet.sign_in(buyer.phone, WRONG_PASSWORD)


@when("the buyer goes to the wallet")
def go_to_wallet(wallet: Wallet) -> None:
    wallet.open()


@when('the buyer opens "{label}" in the menu')
def open_in_menu(wallet: Wallet, label: str) -> None:
    wallet.open_in_menu(label)


@when('the buyer chooses the category "{category}"')
def choose_category(wallet: Wallet, category: str) -> None:
    wallet.open_tile(category)


@when('the buyer opens the category "{category}"')
def open_category(wallet: Wallet, category: str) -> None:
    wallet.open_category(category)


@when('the buyer opens the tile with the logo and the caption "{payee}"')
def open_tile(wallet: Wallet, payee: str) -> None:
    wallet.open_tile(payee)


@then("the buyer is not signed in, and is told why")
def not_signed_in(wallet: Wallet, buyer: Buyer) -> None:
    expect(wallet.alerts).to_have_text(SOMETHING)
    _can_sign_in(wallet, buyer)


@then("the wallet asks the buyer to sign in")
def asks_to_sign_in(wallet: Wallet, buyer: Buyer) -> None:
    expect(wallet.field("Phone number")).to_be_visible()
    _can_sign_in(wallet, buyer)


def _can_sign_in(wallet: Wallet, buyer: Buyer) -> None:
    wallet.come_to_password(buyer.phone)
    expect(wallet.field("Password")).to_be_visible()


@then("the wallet shows what can be paid, by category")
def shows_categories(wallet: Wallet) -> None:
    expect(wallet.tile("Entertainment")).to_be_visible()


@then('the menu has "{label}"')
def menu_has(wallet: Wallet, label: str) -> None:
    wallet.show_in_menu(label)
    expect(wallet.menu_entry(label)).to_be_visible()


@then("Pay in the menu shows what can be paid, by category")
def pay_shows_categories(wallet: Wallet) -> None:
    wallet.open_in_menu("Pay")
    shows_categories(wallet)


@then('the wallet offers "{group}"')
def offers(wallet: Wallet, group: str) -> None:
    expect(wallet.some_tile_of(group)).to_be_visible()


@then("every tile has a logo and a caption")
def tiles_have_logo_and_caption(wallet: Wallet) -> None:
    for tile in some_tiles(wallet):
        expect(tile).to_have_accessible_name(SOMETHING)
        if wallet.has_picture(tile):
            expect(wallet.logo(tile)).to_be_visible()
        else:
            shown = wallet.has_background(tile)
            check_that("the tile has a logo", shown, "no picture, and no background")
        loaded = wallet.has_loaded_logo(tile)
        check_that("the tile shows its logo", loaded, "a picture that did not load")


@then('the wallet shows the page "{title}"')
def shows_page(wallet: Wallet, title: str) -> None:
    expect(wallet.heading).to_contain_text(wallet.target.label(title))


@then('the page has the fields "{one}" and "{other}"')
def has_fields(wallet: Wallet, one: str, other: str) -> None:
    for field in (wallet.field(one), wallet.field(other)):
        # A hidden field is editable too.
        expect(field).to_be_visible()
        expect(field).to_be_editable()


@then("the wallet shows a balance of {money:Money}")
def shows_balance(wallet: Wallet, money: NamedAmount) -> None:
    expect(wallet.balance).to_contain_text(money.on_page)


@then("the wallet holds {money:Money}")
def holds(wallet: Wallet, money: NamedAmount) -> None:
    wallet.open()
    shows_balance(wallet, money)


@then("nothing has been paid")
def nothing_paid(wallet: Wallet, funds: NamedAmount) -> None:
    with wallet.in_another_tab() as home:
        expect(home.balance).to_contain_text(funds.on_page)
