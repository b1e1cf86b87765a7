"""What a buyer has done in the shop before: orders, cards, checkouts that were left (C1, C3)."""

from __future__ import annotations

from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks

from .card import PRODUCT_BY_THE_WAY
from .expiry import month_has_ended, until_now
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .pages.vault import Vault
from .preparation import Preparation
from .support.controls import Controls
from .support.published_cards import published_card
from .support.sentences import given, when


@given('the buyer has ordered "{product}" and chosen "{method}"')
def ordered_otherwise(shop: Shop, prepare: Preparation, product: str, method: str) -> None:
    with shop.beforehand(show=False) as pages:
        prepare.come_to_checkout(pages, product)
        pages.order_otherwise(method)
        pages.wait_for_order()


@given('the buyer has cancelled an order of "{product}" with the wallet')
def ordered_and_cancelled(shop: Shop, prepare: Preparation, product: str) -> None:
    prepare.order_with_wallet(shop, product, show=False)
    with shop.beforehand(show=False) as pages:
        pages.open_newest_order()
        pages.press("Cancel order")
        pages.order_state_as("Awaiting payment").wait_for(state="hidden")


@given('the buyer has paid for "{product}" with the card "{name}" without saving it')
def paid_once(shop: Shop, prepare: Preparation, product: str, name: str) -> None:
    with shop.beforehand(show=False) as pages:
        prepare.come_to_checkout(pages, product)
        pages.give_address()
        cards = ShopCards.on(pages.page, pages.target)
        cards.show_card_form()
        cards.pay_once(published_card(name))
        pages.wait_for_order()


@given('the shop has declined the card "{name}" for "{product}"')
def declined(shop: Shop, prepare: Preparation, name: str, product: str) -> None:
    with shop.beforehand(show=False) as pages:
        prepare.come_to_checkout(pages, product)
        pages.link_at_checkout(published_card(name))
        pages.alerts.first.wait_for()
        pages.take_out_of_cart(product)


@given('the buyer has linked the card "{name}" and deleted it in the vault')
@asks(labels=["Card number"])
def linked_and_deleted(
    shop: Shop, controls: Controls, prepare: Preparation, buyer: Buyer, name: str
) -> None:
    controls.add_vault_holder(buyer.phone, buyer.password, buyer.name)
    prepare.link_in_shop(shop, PRODUCT_BY_THE_WAY, published_card(name))
    vault = Vault.on(shop.page, shop.target)
    prepare.enter(vault, show=False)
    with vault.beforehand(show=False) as pages:
        pages.delete(published_card(name))
        pages.row(published_card(name)).wait_for(state="hidden")


@given('the buyer has a card "{name}" that has expired')
def has_expired(shop: Shop, controls: Controls, prepare: Preparation, name: str) -> None:
    prepare.link_in_shop(shop, PRODUCT_BY_THE_WAY, until_now(controls, name))
    month_has_ended(controls)


@given('another buyer has linked the card "{name}" in the same browser')
@asks(labels=["Card number"])
def other_in_same_browser(shop: Shop, buyer: Buyer, other_buyer: Buyer, name: str) -> None:
    with shop.beforehand(show=False) as pages:
        pages.open()
        pages.sign_out()
        pages.come_in_as(other_buyer)
        pages.link_card(published_card(name), PRODUCT_BY_THE_WAY)
        pages.take_out_of_cart(PRODUCT_BY_THE_WAY)
        pages.sign_out()
        pages.come_in_as(buyer)


@given('the buyer has left the checkout with "{product}"')
def left_checkout(shop: Shop, prepare: Preparation, product: str) -> None:
    with shop.beforehand(show=False) as pages:
        prepare.come_to_checkout(pages, product)
        pages.purchase.wait_for()


@given('the checkout with "{product}" is open in another tab')
def checkout_in_another_tab(shop: Shop, prepare: Preparation, product: str) -> None:
    tab = shop.new_tab()
    prepare.come_to_checkout(tab, product)
    tab.purchase.wait_for()


@when("the buyer signs out of the shop and in again")
def signs_out_and_in(shop: Shop, buyer: Buyer) -> None:
    shop.open()
    shop.sign_out()
    shop.come_in_as(buyer)
