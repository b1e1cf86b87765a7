"""The pages of the third-party shop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page

from steps.pages.shop_cards import ShopCards
from steps.pages.site import Site
from steps.people import Buyer
from steps.published_cards import Card
from steps.target import Target


class Shop(Site):
    """The shop: catalogue, cart, checkout, orders."""

    name = "shop"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.payment = self._choices("How would you like to pay?")
        self.online_options = self._choices("Pay online with")
        self.order_state = self.main.get_by_role("status", name=target.label("State of the order"))
        self.orders = self.main.get_by_role("table").locator("tbody").get_by_role("row")
        self.purchase = self.main.get_by_role("region", name=target.label("Your purchase"))
        self.trouble = self.main.get_by_role("alert")
        self.cart_lines = self.main.get_by_role("checkbox")

    def _choices(self, question: str) -> Locator:
        return self.main.get_by_role("radiogroup", name=self.target.label(question), exact=True)

    def enter(self, buyer: Buyer) -> None:
        """Go to the shop and sign in."""
        self.open("/sign-in")
        self.sign_in(buyer.phone, buyer.password)

    def put_into_cart(self, product: str) -> None:
        """Find a product in the catalogue and put one of it into the cart."""
        self.open()
        self.follow(self.main.get_by_role("link", name=self.target.label(product)))
        self.press("Add to cart")

    def start_order(self) -> None:
        """Tick everything in the cart and go on to the checkout."""
        self.open_in_menu("Cart")
        for line in self.cart_lines.all():
            line.check()
        self.press("Buy")

    def line(self, product: str) -> Locator:
        """What is ticked to buy a product in the cart."""
        return self.main.get_by_role("checkbox", name=self.target.label(product), exact=True)

    def tick(self, product: str) -> None:
        """Tick a product in the cart, which is open."""
        self.line(product).check()

    def take_out_of_cart(self, product: str) -> None:
        """Go to the cart and take a product out."""
        self.open()
        self.open_in_menu("Cart")
        self.follow(self.button_for("Remove", product))

    def take_out_first(self) -> None:
        """Take whatever lies first out of the cart, which is open."""
        words = re.compile(rf"^{re.escape(self.target.label('Remove'))}\b")
        self.follow(self.main.get_by_role("button", name=words).first)

    def button_for(self, label: str, product: str) -> Locator:
        """A button in the cart that is about one product."""
        words = f"{self.target.label(label)} {self.target.label(product)}"
        return self.main.get_by_role("button", name=words)

    def come_to_checkout(self, product: str) -> None:
        """Begin an order of one product."""
        self.put_into_cart(product)
        self.start_order()

    def give_address(self) -> None:
        """Say where the order is to be delivered."""
        self.fill_in("City", "Kazan")
        self.fill_in("Street, house, flat", "Bauman Street 12, flat 3")
        self.fill_in("Postal code", "420111")

    def answer(self, label: str) -> Locator:
        """An answer to the question how to pay."""
        return self.main.get_by_role("radio", name=self.target.label(label), exact=True)

    def choose(self, label: str) -> None:
        """Tick an answer."""
        self.answer(label).check()

    def link_card(self, card: Card, product: str) -> None:
        """Begin to buy a product, and link a card on the way."""
        self.come_to_checkout(product)
        ShopCards.on(self.page, self.target).save_card(card)

    def prepare_order_with_wallet(self, product: str) -> None:
        """The whole way up to an order that would be paid with the wallet."""
        self.come_to_checkout(product)
        self.give_address()
        self.choose("Online")
        self.choose("QIWI Wallet")

    def order_with_wallet(self, product: str) -> None:
        """The whole way to an order that is paid with the wallet."""
        self.prepare_order_with_wallet(product)
        self.press("Confirm order")
        self.order_state.wait_for()

    def open_orders(self) -> None:
        """Go to the list of the buyer's orders."""
        self.open()
        self.open_in_menu("My orders")

    def open_order(self, place: int) -> None:
        """Go to the page of an order by its place in the list, the newest at 0."""
        self.open_orders()
        self.follow(self.orders.nth(place).get_by_role("link"))

    def open_newest_order(self) -> None:
        """Go to the page of the order that was made last."""
        self.open_order(0)

    def order_on_page(self) -> str:
        """The id of the order whose page is open."""
        return self.page.url.rpartition("/")[2]

    def slug_of(self, product: str) -> str:
        """What the shop calls a product in addresses; its page is open afterwards."""
        self.open()
        self.follow(self.main.get_by_role("link", name=self.target.label(product)))
        return self.page.url.rpartition("/")[2]

    @contextmanager
    def in_another_tab(self) -> Iterator[Shop]:
        """The shop in a tab beside this one, closed afterwards."""
        page = self.page.context.new_page()
        yield type(self)(page, self.target)
        page.close()
