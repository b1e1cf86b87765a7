"""Flows through the sites that many scenarios start with, written in actions."""

from __future__ import annotations

import re

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from checkout_conformance.drivers.finding import CONTENT
from checkout_conformance.drivers.lists_in_pages import next_pages
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator
from checkout_conformance.drivers.site import SIGN_IN, Site
from checkout_conformance.expectations import PreconditionFailed
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import not_offered

from ..data import data
from ..support.published_cards import PaymentCard
from .expiry_boxes import choose_number, expiry_boxes

FIELDS = ("Card number", "Card holder", "Expiry", "Security code")


def sign_in(site: Site, phone: str, password: str) -> None:
    """Fill in the open sign-in form and send it. It is the same on every site.

    A site may ask for the password on a page after that for the phone number.
    """
    # After a wrong password the number may stand there, and be no longer asked for.
    if site.field("Phone number").get_attribute("readonly") is None:
        site.fill_in("Phone number", phone)
    if not site.asks_for("Password"):
        number = site.page.get_by_label(site.target.name_of("Phone number").within, exact=True)
        form = site.page.locator("form").filter(has=number)
        site.follow(form.get_by_role("button").last)
    site.fill_in("Password", password)
    site.press("Sign in")


class SignInFlows(Site):
    """Signing in, the same on every site."""

    @property
    def sign_in_path(self) -> str:
        """The path of the sign-in page."""
        return self.target.path(self.name, SIGN_IN)

    def sign_in(self, phone: str, password: str) -> None:
        """Fill in the open sign-in form and send it."""
        sign_in(self, phone, password)

    def come_in(self, buyer: Buyer) -> None:
        """Go to the site and sign in; the home page opens."""
        self.open(self.sign_in_path)
        self.sign_in(buyer.phone, buyer.password)

    def enter(self, buyer: Buyer, show: bool = True) -> None:
        """Sign in and, unless ``show`` is false, open the home page."""
        with self.beforehand(show) as site:
            site.come_in(buyer)
            site.must_be_in()

    def sign_out(self) -> None:
        """Press Sign out on the open page; skip the scenario if the site does not show it."""
        words = self.target.label("Sign out")
        button = self.page.get_by_role("button", name=words, exact=True)
        control = button.or_(self.page.get_by_role("link", name=words, exact=True))
        if not control.is_visible():
            not_offered("signing out")
        self.follow(control)

    def must_be_in(self) -> None:
        """Raise PreconditionFailed if the site asks for the password once more."""
        try:
            self.field("Password").wait_for(state="hidden")
        except PlaywrightTimeout:
            said = [one.inner_text() for one in self.announcements.all()]
            raise PreconditionFailed(
                f"the {self.name} did not let the buyer in, and said: {' '.join(said) or 'nothing'}"
            ) from None


ANSWERS = "[type=radio], [role=radio], select"
# What buys, and the link to the order on a page that only thanks for it.
BUYS = ("Confirm order", "Confirm (card)", "Pay now", "Done")
TO_ORDER = re.compile(r"\border\b|\bзаказу?\b|طلب", re.IGNORECASE)


class CardFlows(Site):
    """The form for the four values of a card, on any site."""

    def press(self, label: str) -> None:
        """Press the button or link with the label; what buys leads to the order."""
        super().press(label)
        if label in BUYS:
            self.go_on_to_order()

    def go_on_to_order(self) -> None:
        """If a page thanks for the order, follow its link to it."""
        if self.part("Order status").count() or self.control("Confirm order").count():
            return
        link = CONTENT.keep(self.main.get_by_role("link", name=TO_ORDER))
        if link.count() == 1:
            self.follow(link)

    def fill_in_card(self, card: PaymentCard, **changes: str) -> None:
        """Type the four values of a card; ``changes`` replace some, by the field's label."""
        for label, value in (values_of(card) | changes).items():
            if label == "Expiry":
                self.fill_in_expiry(value)
            else:
                self.fill_in(label, value)

    def fill_in_expiry(self, expiry: str) -> None:
        """Type an expiry, or choose its month and its year if they have list boxes.

        Skips the scenario if a list box does not offer what the scenario wants to type.
        """
        months, years = expiry_boxes(self.page)
        if not months.is_visible():
            self.fill_in("Expiry", expiry)
            return
        month, _, year = expiry.partition("/")
        choose_number(months, month, expiry)
        choose_number(years, year, expiry)

    def block(self, label: str) -> Locator:
        """A block of the page that can be collapsed."""
        return self.part(label)

    def open_block(self, label: str) -> None:
        """Expand the block by its arrow: the button in its heading, or the heading itself."""
        block = self.block(label)
        heading = block.get_by_role("heading")
        button = heading.locator("button, [role=button]")
        summary = block.locator("summary")
        for arrow in (button, heading, summary):
            if arrow.count():
                arrow.click()
                return
        heading.click()

    def show_card_form(self) -> None:
        """Make the open checkout show the form: where a card is linked, by its Add card."""
        if self.asks_for("Card number"):
            return
        if not self.control("Add card").is_visible():
            self.open_block("Payment methods")
        self.press("Add card")


# No document has a word for taking something out of a cart.
REMOVES = re.compile(r"remove|delete|take out|[×✕✖]|удал|убра|حذف|إزالة|أزل", re.IGNORECASE)
PAYMENT_METHODS = "input[type=radio], [role=radio]"


class ShopFlows(SignInFlows, CardFlows):
    """Flows through the shop on a desktop."""

    # Whether the shop asked for the address before it asked how to pay.
    gave_address_first = False

    def put_into_cart(self, product: str) -> None:
        """Find a product in the catalogue and add one to the cart."""
        self.open()
        self.open_product(product)
        self.press("Add to cart")

    def open_product(self, product: str) -> None:
        """Follow the link of a product in the open catalogue, on whichever page of it that is."""
        link, further = self.link(product), next_pages(self.page)
        while not link.is_visible() and further.count():
            self.follow(further.first)
        self.follow(link)

    def start_order(self) -> None:
        """Tick everything in the cart and go on to the checkout."""
        self.open_in_menu("Cart")
        self.tick_everything()
        self.press("Buy")

    def press(self, label: str) -> None:
        """Press the button or link with the label; Buy leads to the payment."""
        super().press(label)
        if label == "Buy":
            self.go_on_to_payment()

    def go_on_to_payment(self) -> None:
        """If the shop asks for the address on a page of its own, give it and go on."""
        if self.asks_for_address_only():
            # Of this checkout: an earlier one was given its own.
            self.gave_address_first = False
            ShopFlows.give_address(self)
            self._send_address()
            self.gave_address_first = True

    def _send_address(self) -> None:
        """Send the form with the address. Where a press may cost money, only by its label."""
        press_guard = self.target.press_guard
        if press_guard and press_guard.watches(self.where):
            self.press("Continue to payment")
            return
        # Of the other forms of a page none has a label for the city.
        city = self.page.get_by_label(self.target.name_of("City").within, exact=True)
        form = self.page.locator("form").filter(has=city)
        self.follow(form.get_by_role("button").last)

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

    def removal_of(self, product: str) -> Locator:
        """The button that takes a product out of the open cart, in whatever words."""
        named = self.button_for("Remove", product)
        in_row = self.row_with(product).get_by_role("button", name=REMOVES)
        ways = [*named.alternatives, in_row, named.alternatives[-1].or_(in_row)]
        return NamedLocator(named.told, ways)

    def give_address(self) -> None:
        """Fill in the delivery address, unless the shop has asked for it before."""
        if self.gave_address_first:
            return
        address = data().address
        self.fill_in("City", address.city)
        self.fill_in("Street, house, flat", address.street)
        self.fill_in("Postal code", address.postal_code)

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

    def order_otherwise(self, product: str, method: str) -> None:
        """Order a product, to be paid by a method that asks for nothing more."""
        self.come_to_checkout(product)
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
        self.show_card_form()
        self.fill_in_card(card)
        self.tick_box("Save card")
        self.press("Confirm (card)")


class ShopMobileFlows(ShopFlows):
    """Flows through the shop on a phone."""

    def asks_for_address_only(self) -> bool:
        """Return False: on a phone the address belongs to the window (C3.3)."""
        return False

    def press(self, label: str) -> None:
        """Press the button or link with the label; Add new card may also be chosen."""
        if (
            label == "Add new card"
            and not self.control(label).count()
            and self.radio(label).count()
        ):
            self.choose(label)
            super().press("Pay now")
        else:
            super().press(label)

    def start_order(self) -> None:
        """Tick everything in the cart and press Pay."""
        self.open()
        self.open_in_menu("Cart")
        self.tick_everything()
        self.press("Pay")

    def come_to_cards(self, product: str) -> None:
        """Start buying a product, up to the list of cards."""
        self.come_to_checkout(product)
        self.go_on_to_cards()

    def go_on_to_cards(self) -> None:
        """Go on from the open checkout to the list of cards."""
        # The shop keeps an address, so it asks for it only once.
        if self.asks_for("City"):
            self.give_address()
        self.press("Pay")

    def order_otherwise(self, product: str, method: str) -> None:
        """Order a product, to be paid by a method of the list that is no card."""
        self.come_to_cards(product)
        self.choose_method(method)
        self.press("Pay now")

    def unfold_methods(self) -> None:
        """Do nothing: on a phone the methods stand in the list of cards (C3.4)."""

    def come_to_card_form(self, product: str) -> None:
        """Start buying a product, up to the form for a new card."""
        self.come_to_cards(product)
        self.press("Add new card")

    def link_card(self, card: PaymentCard, product: str) -> None:
        """Start buying a product, and link a card at the checkout."""
        self.come_to_card_form(product)
        self.fill_in_card(card)
        self.tick_box("Save card")
        self.press("Done")


BALANCE = "Visa QIWI Wallet"


class WalletFlows(SignInFlows):
    """Flows through the wallet."""

    def press(self, label: str) -> None:
        """Press the button or link with the label; a payment method may also be chosen."""
        if label == BALANCE and not self.control(label).count() and self.choice(label).count():
            self.choose_means(label)
        else:
            super().press(label)

    def choose_means(self, label: str) -> None:
        """Choose a payment method, and go on to the page with Pay if that is another one."""
        self.choose(label)
        if self.control("Pay").is_visible():
            return
        form = self.page.locator("form").filter(has=self.page.locator(ANSWERS))
        self.follow(CONTENT.keep(form.get_by_role("button")).last)

    def open_category(self, category: str) -> None:
        """Open the payees of a category from the menu."""
        self.open_in_menu("Pay")
        self.open_link(category)

    def open_payee(self, category: str, payee: str) -> None:
        """Open a payee's form from the menu."""
        self.open_category(category)
        self.open_link(payee)

    def send_form(self, account_field: str, account: str, amount: str) -> None:
        """Fill in a payee's form and send it."""
        self.fill_in(account_field, account)
        self.fill_in("Amount", amount)
        self.press("Pay")

    def ask_for_code(self) -> None:
        """On the page of an invoice, choose the wallet's balance and press Pay."""
        self.press(BALANCE)
        self.press("Pay")


class VaultFlows(SignInFlows, CardFlows):
    """Flows through the card vault."""

    def open_cards(self) -> None:
        """Go to the management of cards."""
        self.open()
        self.open_link("Bank cards")

    def open_form(self) -> None:
        """Go to the form for a new card."""
        self.open_cards()
        self.press("Add card")

    def fill_in_all(self, card: PaymentCard, **changes: str) -> None:
        """Fill in every field of the form."""
        address = data().address
        self.select("Country", address.country)
        billing = {"Postal code": address.postal_code, "Address": address.street}
        self.fill_in_card(card, **billing | changes)

    def save_card(self, card: PaymentCard) -> None:
        """Link a card, from any page of the vault."""
        self.open_form()
        self.fill_in_all(card)
        self.press("Save")


def values_of(card: PaymentCard) -> dict[str, str]:
    """The values for the four fields of a card's form, by label."""
    return dict(
        zip(FIELDS, (card.number, data().card_holder, card.expiry, card.security_code), strict=True)
    )
