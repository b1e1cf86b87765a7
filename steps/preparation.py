"""The quickest way to a precondition: a control if the target has one, else the site's pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal, TypeVar

import pytest

from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import not_offered

from .data import data
from .pages.flows.sign_in import SignInFlows
from .pages.shop import Shop
from .pages.shop_mobile import ShopMobile
from .pages.vault import Vault
from .pages.wallet import Wallet
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.payees import STEAM, Payee
from .support.published_cards import PaymentCard

SiteT = TypeVar("SiteT", bound=SignInFlows)


class Preparation:
    """Brings the scenario's buyer to where the scenario begins.

    In a run that people watch, everything is done on the pages.
    """

    def __init__(self, controls: Controls, buyer: Buyer) -> None:
        self._controls = controls
        self._buyer = buyer

    def enter(self, site: SignInFlows, show: bool = True, buyer: Buyer | None = None) -> None:
        """Sign the buyer in and, unless ``show`` is false, open the home page."""
        person = site.buyer = buyer or self._buyer
        if not self._by_control("sessions", site.name):
            self._controls.sessions.enter(site, person, show)
            return
        site.page.context.add_cookies(self._controls.sign_in(site.name, person.phone))
        if show:
            site.open()

    def enter_in_language(self, site: SiteT, language: str) -> SiteT:
        """Sign the buyer in on a device that is set to another language.

        Skips the scenario if the site does not speak it: no document asks for every language.
        """
        site = type(site).on(site.page, site.target.in_other_language(language))
        self.enter(site)
        if not (site.document.get_attribute("lang") or "").startswith(language):
            not_offered(f"the {site.name} in another language ({language})")
        return site

    def fill_cart(self, shop: Shop, *products: str) -> None:
        """Put products into the cart, one of each as often as it is named, and open it."""
        by_control = self._by_control("carts", "shop")
        if by_control:
            self._controls.fill_cart(self._buyer.phone, Counter(products))
        with shop.beforehand() as pages:
            for product in () if by_control else products:
                pages.put_into_cart(product)
            pages.open()
            pages.open_in_menu("Cart")

    def come_to_checkout(self, shop: Shop, *products: str) -> None:
        """Start an order up to the checkout, with one of each product as often as it is named."""
        if self._by_control("checkouts", "shop"):
            shop.open(self._controls.start_checkout(self._buyer.phone, Counter(products)))
            shop.go_on_to_payment()
            return
        with shop.beforehand() as pages:
            for product in products[1:]:
                pages.put_into_cart(product)
            pages.come_to_checkout(products[0])
            shop.gave_address_first = pages.gave_address_first
            shop.phone_at_first = pages.phone_at_first

    def come_to_card_form(self, shop: ShopMobile, product: str) -> None:
        """Start an order of one product on the phone, up to the form for a new card."""
        if self._by_control("checkouts", "shop"):
            shop.open(self._controls.start_checkout_by_card(self._buyer.phone, {product: 1}))
            return
        with shop.beforehand() as pages:
            pages.come_to_card_form(product)

    def order_with_wallet(self, shop: Shop, product: str, show: bool = True) -> str | None:
        """Order a product, to be paid with the wallet, and open the order's page.

        Return the invoice's id in the wallet, if it is known.
        """
        if not self._by_control("orders", "shop"):
            with shop.beforehand(show) as pages:
                pages.order_with_wallet(product)
            return None
        order = self._controls.place_order(self._buyer.phone, {product: 1})
        if show:
            shop.open(order.path)
        return order.invoice

    def order_one_by_one(self, shop: Shop, *products: str) -> None:
        """Order products, each by an order of its own, to be paid with the wallet."""
        if self._by_control("orders", "shop"):
            self._controls.place_orders(self._buyer.phone, [{product: 1} for product in products])
            return
        with shop.beforehand(show=False) as pages:
            for product in products:
                pages.order_with_wallet(product)

    def ask_for_code(self, shop: Shop, wallet: Wallet, product: str) -> None:
        """Order a product and begin to pay its invoice, up to the page that asks for the code."""
        invoice = self.order_with_wallet(shop, product, show=False)
        if invoice is not None and self._by_control("begun payments", "wallet"):
            wallet.open(self._controls.begin_paying_invoice(self._buyer.phone, invoice).path)
            return
        with wallet.beforehand() as pages:
            pages.open_newest_invoice()
            with self._controls.another_code(self._buyer.phone):
                pages.ask_for_code()

    def begin_payment(
        self,
        wallet: Wallet,
        account: str,
        money: NamedAmount,
        state: Literal["checked", "code sent"],
        buyer: Buyer | None = None,
        payee: Payee = STEAM,
    ) -> None:
        """Sign in and begin a payment: up to its check, or until the code is sent."""
        person = buyer or self._buyer
        if self._by_control("begun payments", "wallet"):
            self.enter(wallet, show=False, buyer=person)
            begun = self._controls.begin_payment(person.phone, payee.name, account, money, state)
            wallet.open(begun.path)
            return
        with wallet.beforehand() as pages:
            pages.come_in_as(person)
            pages.open_payee(payee.category, payee.name)
            pages.send_form(payee.field, account, money.typed)
            if state == "code sent":
                with self._controls.another_code(person.phone):
                    pages.press("Confirm")

    def pay_invoice(self, wallet: SignInFlows, money: NamedAmount) -> bool:
        """Pay the only invoice for an amount by controls, with the code that is sent, and open
        the receipt; return whether that was done.

        It is not if the target has no such controls, or there is no such invoice or several.
        """
        if not self._by_control("begun payments", "wallet"):
            return False
        phone = self._buyer.phone
        found = self._controls.unpaid_invoices(phone, money)
        if len(found) != 1:
            return False
        with self._controls.another_code(phone):
            begun = self._controls.begin_paying_invoice(phone, found[0])
        code = self._controls.newest_code(phone)
        wallet.open(self._controls.confirm_payment(phone, begun, code).path)
        return True

    def keep_addresses(self, shop: ShopMobile, product: str, *addresses: Mapping[str, str]) -> None:
        """Have the shop know addresses: each is given for an order of a product.

        An address has the street, and may have a city, a postal code and a recipient.
        """
        if self._by_control("orders", "shop"):
            orders = [{product: 1}] * len(addresses)
            self._controls.place_orders(self._buyer.phone, orders, addresses)
            return
        with shop.beforehand(show=False) as pages:
            for address in addresses:
                pages.come_to_checkout(product)
                pages.give_new_address(address)
                pages.press("Pay")
                pages.take_out_of_cart(product)

    def link_in_shop(self, shop: Shop, product: str, *cards: PaymentCard) -> None:
        """Link cards at the checkout of a product, one after the other, and buy nothing."""
        if self._by_control("linked cards", "shop"):
            holder = data().card_holder
            self._controls.link_cards_in_shop(self._buyer.phone, cards, holder, {product: 1})
            return
        with shop.beforehand() as pages:
            for card in cards:
                pages.link_card(card, product)
                pages.take_out_of_cart(product)

    def link_in_vault(self, vault: Vault, *cards: PaymentCard, buyer: Buyer | None = None) -> None:
        """Link cards in the vault, and open the list of cards."""
        person = buyer or self._buyer
        by_control = self._by_control("linked cards", "vault")
        if by_control:
            self._controls.link_cards_in_vault(person.phone, cards, data().card_holder)
        with vault.beforehand() as pages:
            for card in () if by_control else cards:
                pages.save_card(card)
            if by_control:
                pages.open_cards()

    def _by_control(self, capability: str, site: str) -> bool:
        target = self._controls.target
        return not target.on_screen and self._controls.offers(capability, site)


@pytest.fixture
def prepare(controls: Controls, buyer: Buyer) -> Preparation:
    """What brings the buyer to where the scenario begins."""
    return Preparation(controls, buyer)
