"""The ways through the sites that many scenarios have behind them, from move to move."""

from __future__ import annotations

from checkout_conformance.drivers.actions import Actions
from checkout_conformance.people import Buyer

from ..support.published_cards import PaymentCard

FIELDS = ("Card number", "Card holder", "Expiry", "Security code")
HOLDER = "Anna Petrova"


def sign_in(site: Actions, phone: str, password: str) -> None:
    """Fill in the sign-in form, which is open, and send it: it is alike on every site."""
    site.fill_in("Phone number", phone)
    site.fill_in("Password", password)
    site.press("Sign in")


class SignInFlows(Actions):
    """Signing in, alike on every site."""

    def sign_in(self, phone: str, password: str) -> None:
        """Fill in the sign-in form, which is open, and send it."""
        sign_in(self, phone, password)

    def come_in(self, buyer: Buyer) -> None:
        """Go to the site and sign in; its home page comes."""
        self.open("/sign-in")
        self.sign_in(buyer.phone, buyer.password)


class CardFlows(Actions):
    """The form of a card's four values, on whichever site."""

    def fill_in_card(self, card: PaymentCard, **changes: str) -> None:
        """Type the four values of a card; ``changes`` replace some, by the field's label."""
        for label, value in (values_of(card) | changes).items():
            self.fill_in(label, value)


BILLING = {"Postal code": "420111", "Address": "Bauman Street 12, flat 3"}


class ShopFlows(SignInFlows, CardFlows):
    """Through the shop at a desktop."""

    def put_into_cart(self, product: str) -> None:
        """Find a product in the catalogue and put one of it into the cart."""
        self.open()
        self.open_link(product)
        self.press("Add to cart")

    def start_order(self) -> None:
        """Tick everything in the cart and go on to the checkout."""
        self.open_in_menu("Cart")
        self.tick_everything()
        self.press("Buy")

    def come_to_checkout(self, product: str) -> None:
        """Begin an order of one product."""
        self.put_into_cart(product)
        self.start_order()

    def take_out_of_cart(self, product: str) -> None:
        """Go to the cart and take a product out."""
        self.open()
        self.open_in_menu("Cart")
        self.press_for("Remove", product)

    def give_address(self) -> None:
        """Say where the order is to be delivered."""
        self.fill_in("City", "Kazan")
        self.fill_in("Street, house, flat", "Bauman Street 12, flat 3")
        self.fill_in("Postal code", "420111")

    def get_ready_to_confirm(self) -> None:
        """Fill in the checkout, which is open, for a payment with the wallet."""
        self.give_address()
        self.choose("Online")
        self.choose("QIWI Wallet")

    def order_with_wallet(self, product: str) -> None:
        """The whole way to an order that is paid with the wallet."""
        self.come_to_checkout(product)
        self.get_ready_to_confirm()
        self.press("Confirm order")

    def link_card(self, card: PaymentCard, product: str) -> None:
        """Begin to buy a product, and link a card on the way."""
        self.come_to_checkout(product)
        self.fill_in_card(card)
        self.tick_box("Save card")
        self.press("Confirm (card)")


class ShopMobileFlows(ShopFlows):
    """Through the shop on a phone."""

    def start_order(self) -> None:
        """Tick everything in the cart and press Pay."""
        self.open()
        self.open_in_menu("Cart")
        self.tick_everything()
        self.press("Pay")

    def come_to_cards(self, product: str) -> None:
        """Begin to buy a product, up to the list of cards."""
        self.come_to_checkout(product)
        # Once given, an address is kept and only to be chosen.
        if self.asks_for("City"):
            self.give_address()
        self.press("Pay")

    def come_to_card_form(self, product: str) -> None:
        """Begin to buy a product, up to the form for a new card."""
        self.come_to_cards(product)
        self.press("Add new card")

    def link_card(self, card: PaymentCard, product: str) -> None:
        """Begin to buy a product, and link a card on the way."""
        self.come_to_card_form(product)
        self.fill_in_card(card)
        self.tick_box("Save card")
        self.press("Done")


class WalletFlows(SignInFlows):
    """Through the wallet."""

    def open_category(self, category: str) -> None:
        """Go by the menu to a category's payees."""
        self.open_in_menu("Pay")
        self.open_link(category)

    def open_payee(self, category: str, payee: str) -> None:
        """Go by the menu to a payee's form."""
        self.open_category(category)
        self.open_link(payee)

    def send_form(self, account_field: str, account: str, amount: str) -> None:
        """Fill in a payee's form and send it."""
        self.fill_in(account_field, account)
        self.fill_in("Amount", amount)
        self.press("Pay")

    def open_newest_invoice(self) -> None:
        """Go to the page that pays the newest invoice."""
        self.open()
        self.open_in_menu("Invoices")
        self.open_link("Pay (invoice)")

    def ask_for_code(self) -> None:
        """On an invoice's page, choose the wallet's balance and press Pay."""
        self.press("Visa QIWI Wallet")
        self.press("Pay")


class VaultFlows(SignInFlows, CardFlows):
    """Through the card vault."""

    def open_cards(self) -> None:
        """Go to the management of cards."""
        self.open()
        self.open_link("Bank cards")

    def open_form(self) -> None:
        """Go to the form for a new card."""
        self.open_cards()
        self.press("Add card")

    def fill_in_all(self, card: PaymentCard, **changes: str) -> None:
        """Type everything that the form asks for."""
        self.select("Country", "RU")
        self.fill_in_card(card, **BILLING | changes)

    def save_card(self, card: PaymentCard) -> None:
        """Link a card, from wherever the buyer is in the vault."""
        self.open_form()
        self.fill_in_all(card)
        self.press("Save")


def values_of(card: PaymentCard) -> dict[str, str]:
    """What is typed into the four fields of a card's form, by their labels."""
    return dict(zip(FIELDS, (card.number, HOLDER, card.expiry, card.security_code), strict=True))
