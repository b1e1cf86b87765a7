"""The tiles of categories and payees: where they are, their logos and captions (W1.1-W1.3)."""

from __future__ import annotations

from collections.abc import Sequence

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Locator
from checkout_conformance.expectations import check_that, expect_that
from checkout_conformance.targets.target import not_offered

from .pages.wallet import Wallet
from .support.sentences import then, when


@when('the buyer opens "{payee}" in the category "{category}"')
def open_payee(wallet: Wallet, payee: str, category: str) -> None:
    wallet.open_payee(category, payee)


@then('the wallet offers the tiles "{one}" and "{other}"')
def offers_tiles(wallet: Wallet, one: str, other: str) -> None:
    for caption in (one, other):
        has_tile(wallet, caption)


@then('the wallet does not offer the tile "{caption}"')
def offers_no_tile(wallet: Wallet, caption: str) -> None:
    some_tiles(wallet)
    expect(wallet.tile(caption)).to_have_count(0)


@then('"{one}" and "{other}" are among "{group}"')
def are_among(wallet: Wallet, one: str, other: str, group: str) -> None:
    _skip_without_groups(wallet)
    for payee in (one, other):
        tile = wallet.tile_in(group, payee)
        expect_that(f"{payee} is among {group}", expect(tile).to_be_visible)


@then('"{payee}" is not among "{group}"')
def is_not_among(wallet: Wallet, payee: str, group: str) -> None:
    _skip_without_groups(wallet)
    expect(wallet.tile_in(group, payee)).to_have_count(0)


@then('the category "{category}" leads to the form of "{payee}"')
def category_leads_to_form(wallet: Wallet, category: str, payee: str) -> None:
    for caption in (category, payee):
        has_tile(wallet, caption)
        wallet.open_tile(caption)
    _shows_form(wallet)


@then('the tile "{caption}" leads to a payment form')
def leads_to_form(wallet: Wallet, caption: str) -> None:
    wallet.open_tile(caption)
    _shows_form(wallet)


@then("the captions of all tiles can be read")
def captions_can_be_read(wallet: Wallet) -> None:
    some_tiles(wallet)
    captions = wallet.captions()
    check_that("each tile shows its caption", all(captions), captions)


@then("no two tiles have the same logo")
def logos_differ(wallet: Wallet) -> None:
    some_tiles(wallet)
    _check_differ("each tile names a logo of its own", wallet.addresses_of_logos())
    pictures = wallet.pictures_of_logos()
    check_that("each logo shows something", all(pictures), f"{pictures.count('')} empty pictures")
    _check_differ("each tile shows a logo of its own", pictures)


def has_tile(wallet: Wallet, caption: str) -> None:
    """Check that the open page has a tile with that caption."""
    expect_that(f"there is a tile {caption}", expect(wallet.tile(caption)).to_be_visible)


def some_tiles(wallet: Wallet) -> Sequence[Locator]:
    """Check that the open page has a tile, and return all its tiles."""
    expect(wallet.tiles.first).to_be_visible()
    return wallet.tiles.all()


def _shows_form(wallet: Wallet) -> None:
    expect(wallet.field("Amount")).to_be_visible()


def _skip_without_groups(wallet: Wallet) -> None:
    some_tiles(wallet)
    if not wallet.has_groups():
        not_offered("groups of payees within a category")


def _check_differ(what: str, logos: list[str]) -> None:
    numbers = [logos.index(logo) + 1 for logo in logos]
    check_that(what, len(set(logos)) == len(logos), f"by number, the logos {numbers}")
