"""The pages of the shop on a phone, with their own layout and checkout (C3)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checkout_conformance.drivers.finding import named_part
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.drivers.rows import rows_in
from checkout_conformance.targets.target import Target, not_offered

from ..support.published_cards import PaymentCard
from .card_form import CardForm
from .flows.shop_mobile import ShopMobileFlows
from .shop import Shop
from .shop_cards import shown

# What one of the ways to pay is chosen by.
WAY_TO_PAY = "[type=radio], [role=radio], a, button"
FIELDS_OF_ADDRESS = {
    "recipient": "Recipient's name",
    "city": "City",
    "street": "Street, house, flat",
    "postal_code": "Postal code",
}


class ShopMobile(Shop, CardForm, ShopMobileFlows):
    """The shop on a phone: Pay in the cart opens a window, then the list of cards."""

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.entries = self._ways_to_pay()
        self.window = self.part("Your purchase")
        self.address = self.part("Delivery address")

    def _ways_to_pay(self) -> Locator:
        """The cards, Add new card and other methods: in one list, or in several with headings."""
        together = named_part(self.page, self.target.name_of("How would you like to pay?"))
        ways = [way.locator("li") for way in together.alternatives]
        apart = rows_in(self.main).filter(has=self.page.locator(WAY_TO_PAY))
        return NamedLocator("entries of the ways to pay", [*ways, ways[-1].or_(apart)])

    def kept_address(self, street: str) -> Locator:
        """The choice of an address that the shop knows, in the window."""
        return self.main.get_by_role("radio", name=re.compile(re.escape(street)))

    def choose_address(self, street: str) -> None:
        """Choose an address that the shop knows, in the window."""
        addresses_alone = self.open_addresses()
        self.kept_address(street).check()
        if addresses_alone:
            self.follow(self._form_with(street).get_by_role("button").last)

    def open_addresses(self) -> bool:
        """Open the addresses, if they stand on a page of their own; return whether they do."""
        if not self.shows_one_address():
            return False
        self.follow(self.control("Change"))
        return True

    def shows_one_address(self) -> bool:
        """Whether the window shows only the chosen address, and Change leads to the others."""
        return not self.main.get_by_role("radio").count() and self.control("Change").count() == 1

    def _form_with(self, street: str) -> Locator:
        address = self.page.get_by_role("radio", name=re.compile(re.escape(street)))
        return self.page.locator("form").filter(has=address)

    def edit_address(self, street: str, new_street: str) -> None:
        """Give an address that the shop knows another street; skip if none can be edited here."""
        words = re.compile(rf"^{re.escape(self.target.label('Edit'))}\b.*{re.escape(street)}")
        edit = self.main.get_by_role("link", name=words)
        edit = edit.or_(self.main.get_by_role("button", name=words))
        if not edit.is_visible():
            not_offered("editing a known address in the window")
        self.follow(edit)
        self.fill_in(FIELDS_OF_ADDRESS["street"], new_street)

    def give_new_address(self, address: Mapping[str, str]) -> None:
        """Fill in another address, in the window; ``address`` has what differs from the usual."""
        if not self.asks_for("City"):
            self.open_addresses()
            self.press("New address")
        self.give_address()
        for name in FIELDS_OF_ADDRESS.keys() & address.keys():
            self.fill_in(FIELDS_OF_ADDRESS[name], address[name])

    def refuse(self, *products: str) -> None:
        """Delete the purchase from the cart: where its page offers that, else in the cart."""
        if self.control("Remove from the cart").is_visible():
            self.press("Remove from the cart")
            return
        for product in products:
            self.take_out_of_cart(product)

    def entry_of(self, card: PaymentCard) -> Locator:
        """The entry of a card in the list of cards."""
        return self.entries.filter(has_text=shown(card))

    def choose_card(self, card: PaymentCard) -> None:
        """Choose a linked card in the list of cards."""
        self.main.get_by_role("radio", name=shown(card)).check()

    def save_card(self, card: PaymentCard, **changes: str) -> None:
        """Fill in the form, turn on Save card and press Done."""
        self.fill_in_card(card, **changes)
        self.switch_on("Save card")
        self.press("Done")

    def switch_on(self, label: str) -> None:
        """Turn on the switch with this label."""
        self.tick_box(label)
