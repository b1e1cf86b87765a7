"""W2.1: among the ways to pay is Online, and among its options QIWI Wallet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop import wording
from mock_sites.shop.domain.payment_methods import ONLINE, ONLINE_OPTIONS, OnlineOption
from mock_sites.shop.routes import checkout, current_shop, forms
from mock_sites.shop.store import OrderState, PaymentMethod

BLOCK = "payment_methods.html"
UNAVAILABLE = "choice not in available"
IS_WALLET = "choice == 'qiwi-wallet'"
CHECKED = "{% if field.data == choice %} checked"


def without_wallet_if(site: Change, condition: str) -> None:
    """Grey out QIWI Wallet where the condition of the page holds."""
    site.page(BLOCK, UNAVAILABLE, f"{UNAVAILABLE} or ({IS_WALLET} and {condition})")


@deviant("W2.1", "shop")
def no_wallet_for_several_products(site: Change) -> None:
    """An order of several products cannot be paid with the wallet."""
    without_wallet_if(site, "checkout.lines | length > 1")


@deviant("W2.1", "shop")
def no_wallet_for_who_has_a_card(site: Change) -> None:
    """A buyer with a linked card is not offered the wallet."""
    without_wallet_if(site, "cards")


@deviant("W2.1", "shop")
def no_wallet_for_a_dear_order(site: Change) -> None:
    """An order of more than ten thousand roubles cannot be paid with the wallet."""
    without_wallet_if(site, "checkout.total.minor > 1000000")


@deviant("W2.1", "shop")
def wallet_chosen_means_cash(site: Change) -> None:
    """The order with QIWI Wallet chosen is to be paid in cash."""

    def neighbour(old: Any) -> Any:
        def chosen(payment: str, online_option: str) -> PaymentMethod:
            method: PaymentMethod = old(payment, online_option)
            is_wallet = method == PaymentMethod.QIWI_WALLET
            return PaymentMethod.CASH_ON_DELIVERY if is_wallet else method

        return chosen

    site.wrap(forms, "chosen_payment_method", neighbour)


@deviant("W2.1", "shop")
def choice_of_the_wallet_is_lost_on_a_mistake(site: Change) -> None:
    """After a mistake in the address the choice of QIWI Wallet is lost, and Card is ticked."""
    now = "(field.data if not form.errors else 'card')"
    site.page(BLOCK, CHECKED, CHECKED.replace("field.data", now))


@deviant("W2.1", "shop")
def no_wallet_while_an_order_is_unpaid(site: Change) -> None:
    """A buyer with an unpaid order cannot pay the next one with the wallet."""

    class Options:
        def __iter__(self) -> Iterator[OnlineOption]:
            orders = current_shop.orders.of_customer(signed_in_person().id)
            waits = any(order.state == OrderState.AWAITING_PAYMENT for order in orders)
            for option in ONLINE_OPTIONS:
                yield replace(option, payment_method=None) if waits else option

    site.rule(checkout, "ONLINE_OPTIONS", Options())


@deviant("W2.1", "shop")
def online_is_not_translated(site: Change) -> None:
    """The Russian page calls the way to pay Online by its English name."""
    site.rule(wording, "PAYMENTS", {**wording.PAYMENTS, ONLINE: "Online"})


@deviant("W2.1", "shop")
def wallet_is_the_only_option_the_second_time(site: Change) -> None:
    """Who has paid with the wallet once sees no other online option from then on."""

    def only_wallet(old: Any) -> Any:
        def page(uid: str) -> Any:
            answer = old(uid)
            orders = current_shop.orders.of_customer(signed_in_person().id)
            used = any(order.payment_method == PaymentMethod.QIWI_WALLET for order in orders)
            if not used or not isinstance(answer, str):
                return answer
            for code in ("bank-transfer", "mobile-bill"):
                answer = answer.replace(f'value="{code}"', f'value="{code}" hidden')
            return answer

        return page

    site.route("checkout.checkout", only_wallet)
