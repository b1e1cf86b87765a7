"""Flows through the shop on a desktop."""

from __future__ import annotations

import re
from typing import Self

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from checkout_conformance.drivers.lists_in_pages import next_pages
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.expectations import PreconditionFailed
from checkout_conformance.targets.names import whole_words
from checkout_conformance.targets.target import not_offered

from ...data import data
from ...support.published_cards import PaymentCard
from .card import CardFlows
from .sign_in import SignInFlows

# No document has a word for taking something out of a cart.
REMOVES = re.compile(r"remove|delete|take out|[×✕✖]|удал|убра|حذف|إزالة|أزل", re.IGNORECASE)
CONTINUE = "Continue to payment"
PAYMENT_METHODS = "input[type=radio], [role=radio]"


class ShopFlows(SignInFlows, CardFlows):
    """Flows through the shop on a desktop."""

    # Whether confirming an order leaves for the wallet at once. A hook, and noticed on the way.
    leaves_for_wallet = False
    # Whether the shop asked for the address before it asked how to pay.
    gave_address_first = False
    # What stood in the field for the phone number when the address was asked for; None: no field.
    phone_at_first: str | None = None

    def in_tab(self, page: Page) -> Self:
        """This site in another tab, for the same buyer and the same order."""
        shop = super().in_tab(page)
        shop.leaves_for_wallet = self.leaves_for_wallet
        shop.gave_address_first = self.gave_address_first
        shop.phone_at_first = self.phone_at_first
        return shop

    def control(self, label: str) -> Locator:
        """The button or link with the label; of several Add to cart that of the open product.

        Below it a shop may sell other goods, with a button of the same name for each.
        """
        found = super().control(label)
        return found.first if label == "Add to cart" else found

    def put_into_cart(self, product: str) -> None:
        """Find a product in the catalogue and add one to the cart."""
        self.open()
        self.open_product(product)
        self.press("Add to cart")

    def open_product(self, product: str) -> None:
        """Follow the link of a product in the open catalogue, on whichever page of it that is.

        Raises PreconditionFailed if a team's own catalogue does not have it.
        """
        link, further = self.link(product), next_pages(self.page)
        while not link.is_visible() and further.count():
            self.follow(further.first)
        try:
            self.follow(link)
        except PlaywrightTimeout:
            if self._is_of_a_team() and not link.count():
                raise PreconditionFailed(
                    f'the catalogue has no "{self.target.label(product)}": say in [products] of'
                    f" the target file what the shop has in the place of {product!r}"
                ) from None
            raise

    def _is_of_a_team(self) -> bool:
        guard = self.target.press_guard
        return guard is not None and guard.watches(self.url())

    def start_order(self) -> None:
        """Tick everything in the cart and go on to the checkout."""
        self.open_in_menu("Cart")
        self.tick_everything()
        self.press("Buy")

    def press(self, label: str) -> None:
        """Press the button or link with the label; Buy leads to the payment."""
        if label == "Confirm order" and not self.go_on_to_confirm():
            return
        super().press(label)
        if label == "Buy":
            self.go_on_to_payment()

    def go_on_to_payment(self) -> None:
        """If the shop asks for the address on a page of its own, give it and go on."""
        if self.asks_for_address_only():
            # Of this checkout: an earlier one was given its own.
            self.gave_address_first = False
            self.give_address()
            # Of the other forms of a page none has a label for the city.
            city = self.page.get_by_label(self.target.name_of("City").within, exact=True)
            self.send_form_around(city, CONTINUE)
            self.gave_address_first = True

    def press_twice(self, label: str) -> None:
        """Press twice, the second time before the answer to the first press."""
        if label == "Confirm order" and not self.go_on_to_confirm():
            return
        super().press_twice(label)

    def go_on_to_confirm(self) -> bool:
        """If the answer how to pay has a page of its own, send it; return whether to confirm then.

        There may be nothing to confirm: the shop asks for an answer, or the order is placed.
        """
        methods = self.page.locator(PAYMENT_METHODS)
        if self.control("Confirm order").count() or not methods.count():
            return True
        self.send_form_around(methods, CONTINUE)
        return bool(self.control("Confirm order").count())

    def asks_for_address_only(self) -> bool:
        """Whether the open page asks where to deliver, and nothing about the payment."""
        # A folded block has its payment methods too: only those that are shown have a role.
        if not self.asks_for("City") or self.page.locator(PAYMENT_METHODS).count():
            return False
        return not self.control("Confirm order").is_visible()

    def come_to_checkout(self, product: str) -> None:
        """Start an order of one product, up to the checkout."""
        self.put_into_cart(product)
        self.start_order()

    def take_out_of_cart(self, product: str) -> None:
        """Go to the cart and take a product out."""
        self.open()
        self.open_in_menu("Cart")
        self.follow(self.removal_of(product))
        self._answer_question_about(product)

    def _answer_question_about(self, product: str) -> None:
        """If a page asks whether to take a product out, say yes."""
        name = whole_words(self.target.label(product))
        # The cart itself may have smaller headings with the names of products.
        if not self.main.get_by_role("heading", level=1, name=name).count():
            return
        yes = self.main.get_by_role("button", name=REMOVES)
        if yes.count() == 1:
            self.follow(yes)

    def removal_of(self, product: str) -> Locator:
        """The button that takes a product out of the open cart, in whatever words."""
        named = self.button_for("Remove", product)
        in_row = self.row_with(product).get_by_role("button", name=REMOVES)
        ways = [*named.alternatives, in_row, named.alternatives[-1].or_(in_row)]
        return NamedLocator(named.told, ways)

    def give_address(self) -> None:
        """Fill in the delivery address, unless the shop has asked for it before."""
        if not self.gave_address_first:
            self.fill_in_address()

    def fill_in_address(self) -> None:
        """Fill in the form for the address, and the phone number if it stands there empty.

        A hook: a class of your own fills in what your shop asks for besides.
        """
        address = data().address
        self.fill_in("City", address.city)
        self.fill_in("Street, house, flat", address.street)
        self.fill_in("Postal code", address.postal_code)
        if self.asks_for("Phone number"):
            self.phone_at_first = self.field("Phone number").input_value()
            if self.buyer and not self.phone_at_first:
                self.fill_in("Phone number", self.buyer.phone)

    def get_ready_to_confirm(self) -> None:
        """Fill in the open checkout for a payment with the wallet."""
        self.give_address()
        self.choose("Online")
        self.choose("QIWI Wallet")

    def order_with_wallet(self, product: str) -> None:
        """Order a product, to be paid with the wallet."""
        self.come_to_checkout(product)
        self.get_ready_to_confirm()
        self.press("Confirm order")

    def order_otherwise(self, method: str) -> None:
        """Place the order of the open checkout, to be paid by a method that asks for no more."""
        self.give_address()
        self.choose_method(method)
        self.press("Confirm order")

    def choose_method(self, method: str) -> None:
        """Choose a payment method; skip the scenario if the shop does not have it."""
        if not self.choice(method).count():
            self.unfold_methods()
        if not self.choice(method).count():
            not_offered(method)
        self.choose(method)

    def unfold_methods(self) -> None:
        """Open the block of payment methods, which is folded if a card is linked (C1.3)."""
        self.open_block("Payment methods")

    def link_card(self, card: PaymentCard, product: str) -> None:
        """Start buying a product, and link a card at the checkout."""
        self.come_to_checkout(product)
        self.link_at_checkout(card)

    def link_at_checkout(self, card: PaymentCard) -> None:
        """Link a card at the open checkout."""
        self.show_card_form()
        self.fill_in_card(card)
        self.tick_box("Save card")
        self.press("Confirm (card)")
