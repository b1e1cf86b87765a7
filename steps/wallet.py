"""The wallet: opening it, signing in, what it offers, what it holds (W1.1-W1.3)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_bdd import given, then, when

from steps.controls import Controls
from steps.expectations import check_that
from steps.pages.wallet import Wallet
from steps.people import Buyer, invent_buyer
from steps.target import Target
from steps.words import Money, sentence

SOMETHING = re.compile(r"\S")
WRONG_PASSWORD = "not-the-password"


@pytest.fixture
def wallet(page: Page, target: Target) -> Wallet:
    """The wallet in the buyer's browser."""
    return Wallet(page, target)


@given(sentence("a buyer with {money:Money} in the wallet"), target_fixture="funds")
def wallet_with(controls: Controls, buyer: Buyer, money: Money) -> Money:
    balances = {money.currency: money.minor}
    controls.add_wallet_buyer(buyer.phone, buyer.password, buyer.name, balances)
    return money


@given("the buyer is signed in to the wallet")
def signed_in(wallet: Wallet, buyer: Buyer) -> None:
    wallet.enter(buyer)


@given("another buyer is signed in to the wallet", target_fixture="other_page")
def other_buyer(
    new_context: Callable[..., BrowserContext],
    target: Target,
    controls: Controls,
    buyer_seed: str,
) -> Page:
    other = invent_buyer(f"{buyer_seed} other")
    controls.add_wallet_buyer(other.phone, other.password, other.name, {})
    wallet = Wallet(new_context().new_page(), target)
    wallet.enter(other)
    return wallet.page


@given(sentence("the buyer has given a wrong password {times:Count} times"))
def gave_wrong_passwords(wallet: Wallet, buyer: Buyer, times: int) -> None:
    wallet.open()
    for _ in range(times):
        wallet.sign_in(buyer.phone, WRONG_PASSWORD)


@given(sentence('the buyer is at the category "{category}"'))
def at_category(wallet: Wallet, buyer: Buyer, category: str) -> None:
    wallet.enter(buyer)
    wallet.open_category(category)


@when("the buyer opens the page of payable things by its address")
def open_pay_by_address(wallet: Wallet) -> None:
    wallet.open("/pay")


@when("the buyer signs in with the right password")
def sign_in(wallet: Wallet, buyer: Buyer) -> None:
    wallet.sign_in(buyer.phone, buyer.password)


@when("the buyer signs in to the wallet with a wrong password")
def sign_in_wrongly(wallet: Wallet, buyer: Buyer) -> None:
    wallet.open()
    wallet.sign_in(buyer.phone, WRONG_PASSWORD)


@when("the buyer goes to the wallet")
def go_to_wallet(wallet: Wallet) -> None:
    wallet.open()


@when(sentence('the buyer opens "{label}" in the menu'))
def open_in_menu(wallet: Wallet, label: str) -> None:
    wallet.open_in_menu(label)


@when(sentence('the buyer chooses the category "{category}"'))
def choose_category(wallet: Wallet, category: str) -> None:
    wallet.open_tile(category)


@when(sentence('the buyer opens the category "{category}"'))
def open_category(wallet: Wallet, category: str) -> None:
    wallet.open_category(category)


@when(sentence('the buyer opens the tile with the logo and the caption "{payee}"'))
def open_tile(wallet: Wallet, payee: str) -> None:
    wallet.open_tile(payee)


@then("the buyer is not signed in, and is told why")
def not_signed_in(wallet: Wallet) -> None:
    expect(wallet.trouble).to_have_text(SOMETHING)
    expect(wallet.field("Password")).to_be_visible()


@then("the wallet shows what can be paid, by category")
def shows_categories(wallet: Wallet) -> None:
    expect(wallet.heading).to_have_text(wallet.target.label("What would you like to pay?"))
    expect(wallet.tile("Entertainment")).to_be_visible()


@then(sentence('the wallet offers "{group}"'))
def offers(wallet: Wallet, group: str) -> None:
    tiles = wallet.group(group).get_by_role("link")
    expect(tiles.first).to_be_visible()


@then("every tile carries a logo and a caption")
def tiles_have_logo_and_caption(wallet: Wallet) -> None:
    expect(wallet.tiles.first).to_be_visible()
    for tile in wallet.tiles.all():
        expect(tile).to_have_accessible_name(SOMETHING)
        expect(wallet.logo(tile)).to_be_visible()
        loaded = wallet.logo(tile).evaluate("logo => logo.complete && logo.naturalWidth > 0")
        check_that("the tile shows its logo", loaded, "a picture that did not load")


@then(sentence('the wallet shows the page "{title}"'))
def shows_page(wallet: Wallet, title: str) -> None:
    expect(wallet.heading).to_have_text(wallet.target.label(title))


@then(sentence('the page has the fields "{one}" and "{other}"'))
def has_fields(wallet: Wallet, one: str, other: str) -> None:
    expect(wallet.field(one)).to_be_editable()
    expect(wallet.field(other)).to_be_editable()


@then(sentence("the wallet shows a balance of {money:Money}"))
def shows_balance(wallet: Wallet, money: Money) -> None:
    expect(wallet.balance).to_contain_text(money.on_page)


@then(sentence("the wallet holds {money:Money}"))
def holds(wallet: Wallet, money: Money) -> None:
    wallet.open()
    expect(wallet.balance).to_contain_text(money.on_page)


@then("nothing has been paid")
def nothing_paid(wallet: Wallet, funds: Money) -> None:
    with wallet.in_another_tab() as home:
        expect(home.balance).to_contain_text(funds.on_page)


@then("there is nothing there for that buyer")
def nothing_there(other_page: Page, target: Target) -> None:
    wallet = Wallet(other_page, target)
    expect(wallet.heading).to_have_text(target.label("There is nothing here"))
