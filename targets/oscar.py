"""Page objects for a shop that nobody here wrote: django-oscar from PyPI, as it comes.

It has no ticks in its basket and no payment of its own, and it knows people by their email.
"""

from __future__ import annotations

from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.drivers.site import SOMETHING, Site
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target
from steps.pages.shop import Shop

SIGN_IN = "/accounts/login/"
BASKET = "/basket/"
ORDERS = "/accounts/orders/"
NOBODY = ("Ann", "Lee")


def email_of(buyer: Buyer) -> str:
    """The shop knows people by their email, the features by their phone."""
    return f"{buyer.phone.removeprefix('+')}@example.test"


class OscarPage(Site):
    """A page of the shop, or of any other site of the target."""

    def find_announcements(self) -> Locator:
        """What the page tells the buyer; the shop's own messages have no role."""
        told = self.main.locator(".alert").filter(has_text=SOMETHING)
        return super().find_announcements().or_(told)


class OscarShop(OscarPage, Shop):
    """django-oscar's shop."""

    open_to_visitors = True  # they have a basket

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.cart_lines = self.main.locator(".basket-items")
        # The purchase fills the pages of the checkout.
        self.purchase = self.main

    def control(self, label: str) -> Locator:
        """The first that carries the label: it shows other products below the one looked at."""
        return super().control(label).first

    def come_in(self, buyer: Buyer) -> None:
        """Sign in; who has no account yet gets one."""
        self.open(SIGN_IN)
        self._send("login", {"username": email_of(buyer), "password": buyer.password})
        if self.page.url.endswith(SIGN_IN):
            passwords = {"password1": buyer.password, "password2": buyer.password}
            self._send("registration", {"email": email_of(buyer), **passwords})

    def _send(self, form: str, values: dict[str, str]) -> None:
        for field, value in values.items():
            self.page.locator(f"#id_{form}-{field}").fill(value)
        self.follow(self.page.locator(f"button[name={form}_submit]"))

    def open_product(self, product: str) -> None:
        """Follow the link in the heading of a product's tile: the picture is a link as well."""
        tile = self.main.get_by_role("heading", name=self.target.label(product), exact=True)
        self.follow(tile.get_by_role("link"))

    def open_in_menu(self, label: str) -> None:
        """The basket is a button of the header; the orders are below the account."""
        pages = {"Cart": BASKET, "My orders": ORDERS}
        if label in pages:
            self.open(pages[label])
        else:
            super().open_in_menu(label)

    def start_order(self) -> None:
        """Go on from the basket: there is nothing to tick."""
        self.open(BASKET)
        self.press("Buy")

    def line(self, product: str) -> Locator:
        """A product in the basket."""
        name = self.target.label(product)
        return self.cart_lines.filter(has=self.page.get_by_role("heading", name=name, exact=True))

    def row_of(self, product: str) -> Locator:
        """A product in the basket, with its quantity and price."""
        return self.line(product)

    def take_out_of_cart(self, product: str) -> None:
        """Set the quantity of a product in the basket to 0."""
        self.open(BASKET)
        self._take_out(self.line(product))

    def take_out_first(self) -> None:
        """Set the quantity of the first product in the open basket to 0."""
        self._take_out(self.cart_lines.first)

    def _take_out(self, line: Locator) -> None:
        # Its Remove is a link that needs a script.
        line.get_by_role("spinbutton").fill("0")
        self.follow(line.get_by_role("button", name="Update"))

    def fill_in_address(self) -> None:
        """Fill in the name besides, in two fields."""
        first, last = self.buyer.name.split(maxsplit=1) if self.buyer else NOBODY
        self.main.get_by_label("First name").fill(first)
        self.main.get_by_label("Last name").fill(last)
        super().fill_in_address()
