"""Page objects for a shop that nobody here wrote: django-oscar's sandbox, as it comes.

It has no main landmark, no ticks in its basket and no payment of its own; it signs people in by
their email. What it lacks is not made up here: the steps find out, and the report says so.
"""

from __future__ import annotations

from checkout_conformance.drivers.browser_page import browser_page
from checkout_conformance.drivers.capabilities import Capability, needs
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.drivers.site import Site
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target
from steps.pages.shop import Shop
from steps.pages.shop_cards import ShopCards

SIGN_IN = "/accounts/login/"
BASKET = "/basket/"
ORDERS = "/accounts/orders/"


def email_of(buyer: Buyer) -> str:
    """The shop knows people by their email, the features by their phone."""
    return f"{buyer.phone.removeprefix('+')}@example.test"


class OscarPage(Site):
    """Any page, whether it marks its main part (ours do) or not (the shop's do not)."""

    def find_main(self) -> Locator:
        """The main part, or the whole page."""
        return self.page.locator("main, body:not(:has(main))")


class OscarCards(OscarPage, ShopCards):
    """What the shop would show of cards."""


class OscarShop(OscarPage, Shop):
    """django-oscar's shop."""

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.cart_lines = self.main.get_by_role("link", name=target.label("Remove"), exact=True)

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

    def put_into_cart(self, product: str) -> None:
        """Find a product in the catalogue and put one of it into the basket."""
        self.open()
        tile = self.main.get_by_role("heading", name=self.target.label(product), exact=True)
        self.follow(tile.get_by_role("link"))
        self.press("Add to cart")

    def open_in_menu(self, label: str) -> None:
        """The basket is a button of the header; the rest is a menu."""
        if label != "Cart":
            super().open_in_menu(label)
            return
        self.open(BASKET)

    def start_order(self) -> None:
        """Go on from the basket: there is nothing to tick."""
        self.open(BASKET)
        self.press("Buy")

    def line(self, product: str) -> Locator:
        """A product in the basket."""
        return self.main.get_by_role("heading", name=self.target.label(product), exact=True)

    def tick(self, product: str) -> None:
        """Look for a tick all the same: the document has one."""
        self.main.get_by_role("checkbox", name=self.target.label(product), exact=True).check()

    def take_out_of_cart(self, product: str) -> None:
        """Take out the only product that is in the basket."""
        self.open(BASKET)
        self.take_out_first()

    @needs(Capability.SCRIPT)
    def take_out_first(self) -> None:
        """Press Remove, a link whose script asks the shop and changes the page."""
        page = browser_page(self.page)
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            self.cart_lines.first.click()

    def give_address(self) -> None:
        """Say where the order is to be delivered, on a page of its own."""
        address = {
            "First name": "Ann",
            "Last name": "Lee",
            "First line of address": "12 Bauman Street",
            "City": "Leeds",
            "Post/Zip-code": "LS1 1AA",
        }
        for label, value in address.items():
            self.main.get_by_label(label).fill(value)
        self.follow(self.main.get_by_role("button", name="Continue"))

    def open_orders(self) -> None:
        """Go to the list of the buyer's orders."""
        self.open(ORDERS)
