"""What the buyer uses the sites with: the device, and the language of the pages (W1, W2)."""

from __future__ import annotations

from collections.abc import Callable

from checkout_conformance.drivers.page import Context, Page
from checkout_conformance.targets.target import Target

from .pages.shop import Shop
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.sentences import given


@given("the buyer's pages are in {language:Language}", target_fixture="target")
def pages_are_in(target: Target, language: str) -> Target:
    return target.in_other_language(language)


@given("the buyer has a {device:Device}", target_fixture="page")
def has_device(new_context: Callable[..., Context], target: Target, device: str | None) -> Page:
    return new_context(locale=target.locale, device=device).new_page()


@given("the buyer is signed in to the wallet in that language")
def signed_in_to_wallet(wallet: Wallet, target: Target, prepare: Preparation) -> None:
    prepare.enter_in_language(wallet, target.locale)


@given("the buyer is signed in to the wallet and to the shop in that language")
def signed_in_to_both(wallet: Wallet, shop: Shop, target: Target, prepare: Preparation) -> None:
    prepare.enter_in_language(wallet, target.locale)
    prepare.enter_in_language(shop, target.locale)


@given("the buyer is signed in to the wallet on a {device:Device}", target_fixture="wallet")
def signed_in_on_device(
    new_context: Callable[..., Context], target: Target, prepare: Preparation, device: str | None
) -> Wallet:
    wallet = Wallet.on(new_context(device=device).new_page(), target)
    prepare.enter(wallet)
    return wallet
