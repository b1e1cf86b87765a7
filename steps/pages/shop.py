"""The pages of the third-party shop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

from checkout_conformance.drivers.choices import box_of, is_option
from checkout_conformance.drivers.finding import BLOCKS
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.drivers.rows import rows_in
from checkout_conformance.safety.amounts import PageAmount, amounts_in
from checkout_conformance.targets.names import whole_words
from checkout_conformance.targets.target import Target, not_offered

from ..data import data
from ..support.amounts import any_money
from .flows.shop import REMOVES, ShopFlows


class Shop(ShopFlows):
    """The shop: catalogue, cart, checkout, orders."""

    name = "shop"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.payment = self._choices("How would you like to pay?")
        self.online_options = self._choices("Pay online with").get_by_role("radio")
        self.order_state = self.part("Order status")
        self.orders = rows_in(self.main).filter(has_text=any_money())
        self.purchase = self.part("Your purchase")
        self.cart_lines = self._boxes_of_products()

    def cart_rows(self) -> Locator:
        """The products in the open cart, each once: a row may have more boxes than its tick."""
        ticks = self.page.get_by_role("checkbox")
        rows = rows_in(self.main).filter(has_text=self._one_of_the_products()).filter(has=ticks)
        return rows if rows.count() else self.cart_lines

    def _one_of_the_products(self) -> re.Pattern[str]:
        known = [one for one in data().products if not self.target.does_lack(one)]
        names = [self.target.label(product) for product in known]
        return re.compile("|".join(whole_words(name).pattern for name in names))

    def _boxes_of_products(self) -> Locator:
        """The tick boxes of products: by their names, or by what their rows are about."""
        one_of_them = self._one_of_the_products()
        named = self.main.get_by_role("checkbox", name=one_of_them)
        return named.or_(rows_in(self.main).filter(has_text=one_of_them).get_by_role("checkbox"))

    def _choices(self, question: str) -> Locator:
        return self.part(question)

    def take_out_first(self) -> None:
        """Remove the first product from the open cart."""
        words = re.compile(rf"^{re.escape(self.target.label('Remove'))}\b")
        named = self.main.get_by_role("button", name=words)
        others = self.main.get_by_role("button", name=REMOVES)
        self.follow((named if named.count() else others).first)

    def line(self, product: str) -> Locator:
        """The checkbox of a product in the cart: by its name, or the one in the product's row."""
        named = self.box(product)
        in_row = self.row_with(product).get_by_role("checkbox")
        ways = [*named.alternatives, in_row, named.alternatives[-1].or_(in_row)]
        return NamedLocator(named.told, ways)

    def tick(self, product: str) -> None:
        """Tick a product in the open cart."""
        self.line(product).check()

    def untick(self, product: str) -> None:
        """Remove the tick of a product in the open cart."""
        self.line(product).uncheck()

    def open_cart(self) -> None:
        """Go to the cart from the home page."""
        self.open()
        self.open_in_menu("Cart")

    def tick_only(self, *products: str) -> None:
        """Tick products in the cart, and remove every other tick."""
        self.open_cart()
        for box in self.cart_lines.all():
            # One that cannot be ticked, such as that of a product no longer sold, buys nothing.
            if box.is_enabled():
                box.uncheck()
        for product in products:
            self.tick(product)

    def change_pieces(self, product: str, pieces: int) -> None:
        """Change the number of pieces in the cart; skip the scenario if the shop asks for none."""
        self.open_cart()
        number = self.quantity_of(product)
        if not number.is_visible():
            not_offered("a number of pieces that can be changed in the cart")
        number.fill(str(pieces))
        self.press_for("Change", product)

    def row_of(self, product: str) -> Locator:
        """The row of a product in the open cart."""
        box = self.page.get_by_role("checkbox", name=self.target.label(product), exact=True)
        named = rows_in(self.main).filter(has=box)
        return named if named.count() else self.row_with(product)

    def quantity_of(self, product: str) -> Locator:
        """The field for the number of pieces in the row of a product in the open cart."""
        row = self.row_of(product)
        return row.get_by_role("textbox").or_(row.get_by_role("spinbutton"))

    def put_pieces_into_cart(self, product: str, pieces: int) -> None:
        """Add some pieces to the cart: at once if the shop asks how many, else one by one."""
        self.open()
        self.open_product(product)
        if self.asks_for("Quantity"):
            self.fill_in("Quantity", str(pieces))
            self.press("Add to cart")
            return
        for _ in range(pieces):
            self.put_into_cart(product)

    def part_with(self, *products: str) -> Locator:
        """The smallest part of the page that names all these products; the page if none does."""
        parts = self.main.locator(BLOCKS)
        for product in products:
            parts = parts.filter(has_text=whole_words(self.target.label(product)))
        return parts.last if parts.count() else self.main

    def line_with(self, label: str) -> Locator:
        """The smallest part of the page that has the label and an amount of money, if any does."""
        lines = self.main.locator(f"{BLOCKS}, p, tr")
        parts = lines.filter(has_text=whole_words(self.target.label(label)))
        return parts.filter(has_text=any_money()).last

    def row_in_purchase(self, product: str) -> Locator:
        """The row of a product in the purchase of the open checkout; all of it if it has none."""
        return self.row_in(self.purchase, product)

    def row_in(self, part: Locator, product: str) -> Locator:
        """The row of a product in a part of the page; all of the part if it has no such row."""
        row = rows_in(part).filter(has_text=self.target.label(product))
        return row.first if row.count() else part

    def amounts_of(self, part: Locator) -> set[Decimal]:
        """The amounts of money in a part of the page, in whole units of whatever currency."""
        return {*self.list_of_amounts(part)}

    def list_of_amounts(self, part: Locator) -> list[Decimal]:
        """The same amounts in the order of the page, each as often as it is shown."""
        found = amounts_in(part.inner_text(), self.target.locale)
        return list(_values(found))

    def prices_of(self, product: str) -> set[Decimal]:
        """The amounts on the page of a product, one of which is its price; read in another tab."""
        return {*_values(self._money_of(product))}

    def foreign_money(self, part: Locator, product: str) -> list[str]:
        """The amounts in a part of the page in a currency in which this product is not sold."""
        found = amounts_in(part.inner_text(), self.target.locale)
        other = [one for one in found if one.sign.may_be and data().currency not in one.sign.may_be]
        if not other:
            return []
        sold_in = frozenset[str]().union(*(one.sign.may_be for one in self._money_of(product)))
        return [str(one) for one in other if not one.sign.may_be & sold_in]

    def _money_of(self, product: str) -> list[PageAmount]:
        with self.in_another_tab() as shop:
            shop.open()
            shop.open_product(product)
            return amounts_in(shop.main.inner_text(), self.target.locale)

    def answer(self, label: str) -> Locator:
        """An answer to the question how to pay."""
        return self.choice(label)

    def several_online_options(self, option: str) -> Locator:
        """The second option beside this one, or the list box if it has more than one."""
        answer = self.answer(option)
        if not is_option(answer):
            return self.online_options.nth(1)
        # The first one may stand for none.
        box = box_of(answer, self.page)
        return box.filter(has=self.page.locator("option:nth-of-type(3)"))

    def order_state_as(self, label: str) -> Locator:
        """The state of the order whose page is open, if the label is its name."""
        return self.order_state.get_by_text(self.target.label(label), exact=True)

    @property
    def waiting(self) -> Locator:
        """The words in the state of the open order that its payment is awaited."""
        return self.order_state.get_by_text(self.target.label("Awaiting payment")).first

    def go_on_to_order(self) -> None:
        """If a page thanks for the order, follow its link to it; stay, if it is the wallet's."""
        if self.page.url.startswith(self.target.urls.get("wallet", "no wallet")):
            self.leaves_for_wallet = True
        else:
            super().go_on_to_order()

    def show_order(self) -> None:
        """Open the order that was just made, if confirming led to the wallet or to the list."""
        if self.order_state.is_visible():
            return
        if self.leaves_for_wallet or self._shows_orders():
            self.open_newest_order()

    def _shows_orders(self) -> bool:
        if self.target.does_lack("My orders"):
            return False
        words = self.target.label("My orders")
        return self.main.get_by_role("heading", level=1, name=words, exact=True).is_visible()

    def wait_for_order(self) -> None:
        """Wait until the page of the order that was just made has come."""
        self.go_on_to_order()
        self.show_order()
        self.order_state.wait_for()

    def open_orders(self) -> None:
        """Go to the list of the buyer's orders."""
        self.open()
        self.open_in_menu("My orders")

    def open_order(self, place: int) -> None:
        """Open the page of an order by its place in the list; the newest is 0."""
        self.open_orders()
        self.follow(self.orders.nth(place).get_by_role("link").first)

    def open_newest_order(self) -> None:
        """Open the page of the newest order."""
        self.open_order(0)

    def return_address(self) -> str | None:
        """Where the wallet sends the buyer of the open order after the payment, if it is told."""
        link = self.control("Open the wallet").get_attribute("href") or ""
        query = link.partition("#")[0].partition("?")[2]
        return next(iter(parse_qs(query).get("successUrl", [])), None)

    def order_on_page(self) -> str:
        """The id of the order whose page is open."""
        return last_part(self.page.url)

    def slug_of(self, product: str) -> str:
        """Open the page of a product, and return its part of the address."""
        self.open()
        self.open_product(product)
        return last_part(self.page.url)

    @contextmanager
    def in_another_tab(self) -> Iterator[Shop]:
        """The shop in a second tab, closed afterwards."""
        page = self.page.context.new_page()
        yield self.in_tab(page)
        page.close()


def last_part(address: str) -> str:
    """Return the last part of an address's path: some addresses end in a slash."""
    return urlsplit(address).path.rstrip("/").rpartition("/")[2]


def _values(amounts: Iterable[PageAmount]) -> Iterator[Decimal]:
    """The values of amounts on a page, with the decimals of the target's currency."""
    for amount in amounts:
        value = amount.read(data().decimals)
        if value is not None:
            yield value
