"""What became of an earlier order before the one at hand is placed and paid (W2)."""

from __future__ import annotations

from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks

from .invoice import sent_code
from .pages.payment import Payment
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .pages.wallet import Wallet
from .payment import confirm_wrongly_often, says_ended
from .preparation import Preparation
from .support.controls import Controls
from .support.published_cards import published_card
from .support.sentences import given, when

CARD = "Visa, approved"
PRODUCT_OF_ANOTHER = "Felt slippers"


@given('the buyer has ordered "{product}" with the wallet and cancelled the order')
def has_cancelled(shop: Shop, prepare: Preparation, product: str) -> None:
    prepare.order_with_wallet(shop, product)
    shop.wait_for_order()
    shop.press("Cancel order")
    shop.order_state_as("Awaiting payment").wait_for(state="hidden")


@given('the buyer has ended the payment of an order of "{product}" with wrong codes')
def has_ended(
    shop: Shop,
    wallet: Wallet,
    payment: Payment,
    prepare: Preparation,
    controls: Controls,
    buyer: Buyer,
    product: str,
) -> None:
    sent_code(shop, wallet, payment, prepare, product)
    confirm_wrongly_often(payment, controls, buyer, 0)
    says_ended(payment)


@given('the buyer has ordered "{product}" in cash')
def has_ordered_in_cash(shop: Shop, prepare: Preparation, product: str) -> None:
    prepare.come_to_checkout(shop, product)
    shop.give_address()
    shop.choose("Cash on delivery")
    shop.press("Confirm order")
    shop.wait_for_order()


@given('the buyer has paid for "{product}" with a card that was not saved')
def has_paid_by_card(shop: Shop, cards: ShopCards, prepare: Preparation, product: str) -> None:
    prepare.come_to_checkout(shop, product)
    shop.give_address()
    cards.pay_once(published_card(CARD))
    shop.wait_for_order()


@given("another buyer has used the shop in the same browser in between")
def other_has_used_browser(shop: Shop, buyer: Buyer, other_buyer: Buyer) -> None:
    with shop.beforehand(show=False) as pages:
        pages.open()
        pages.sign_out()
        pages.come_in_as(other_buyer)
        pages.come_to_checkout(PRODUCT_OF_ANOTHER)
        pages.open()
        pages.sign_out()
        pages.come_in_as(buyer)


@when('the buyer starts an order of only "{product}"')
@asks("ticks")
def start_order_of(shop: Shop, product: str) -> None:
    shop.open_cart()
    shop.tick(product)
    shop.press("Buy")
