"""The same buyer's phone, set to Russian: the labels that its pages carry (C3.1, C3.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Context
from checkout_conformance.targets.target import Target

from .card import PRODUCT_BY_THE_WAY
from .pages.shop_mobile import ShopMobile
from .preparation import Preparation
from .support.sentences import then

RUSSIAN = "ru"


@pytest.fixture
def russian_phone(
    new_context: Callable[..., Context], target: Target, prepare: Preparation
) -> Iterator[ShopMobile]:
    """The shop on a phone that is set to Russian; the buyer is signed in."""
    page = new_context(locale=RUSSIAN).new_page()
    yield prepare.enter_in_language(ShopMobile.on(page, target), RUSSIAN)
    page.close()


@then('on a phone that is set to Russian the menu leads to "{label}"')
def menu_leads_to(russian_phone: ShopMobile, label: str) -> None:
    russian_phone.open()
    russian_phone.show_in_menu(label)
    expect(russian_phone.menu_entry(label)).to_be_visible()


@then('on a phone that is set to Russian the list of cards has "{label}"')
def list_has(russian_phone: ShopMobile, label: str) -> None:
    russian_phone.come_to_cards(PRODUCT_BY_THE_WAY)
    expect(russian_phone.answer_to(label)).to_be_visible()
