"""Flows through the card vault."""

from __future__ import annotations

from ...data import data
from ...support.published_cards import PaymentCard
from .card import CardFlows
from .sign_in import SignInFlows


class VaultFlows(SignInFlows, CardFlows):
    """Flows through the card vault."""

    # Whether the billing address had a page of its own, which was sent.
    sent_billing = False

    def open_cards(self) -> None:
        """Go to the management of cards."""
        self.open()
        self.open_link("Bank cards")

    def open_form(self) -> None:
        """Go to the form for a new card."""
        self.open_cards()
        self.press("Add card")

    def press(self, label: str) -> None:
        """Press the button or link with the label.

        Where the billing address has a page of its own, that was sent: there may be nothing to
        save any more.
        """
        if label == "Save" and self.sent_billing and not self.control(label).count():
            return
        super().press(label)

    def fill_in_all(self, card: PaymentCard, **changes: str) -> None:
        """Fill in every field of the form; ``changes`` replace some, by the field's label.

        If the billing address has a page of its own, go on from it to the one for the card.
        """
        wanted = self._billing() | changes
        billing = {label: wanted.pop(label) for label in self._billing()}
        if self.asks_for("Country") or not self.asks_for("Card number"):
            self._fill_in_billing(billing)
        if self._asks_for_billing_alone():
            self._go_on_from_billing()
        if not self.sent_billing or self.asks_for("Card number"):
            self.fill_in_card(card, **wanted)

    def go_on_to_card(self) -> None:
        """If the open form asks for the billing address first, give it and go on."""
        if self._asks_for_billing_alone():
            self._fill_in_billing(self._billing())
            self._go_on_from_billing()

    def _billing(self) -> dict[str, str]:
        address = data().address
        return {
            "Country": address.country,
            "Postal code": address.postal_code,
            "Address": address.street,
        }

    def _fill_in_billing(self, billing: dict[str, str]) -> None:
        for label, value in billing.items():
            if label == "Country":
                self.select(label, value)
            else:
                self.fill_in(label, value)

    def _go_on_from_billing(self) -> None:
        self.sent_billing = True
        words = self.target.name_of("Postal code").within
        self.send_form_around(self.page.get_by_label(words, exact=True), "Continue")

    def _asks_for_billing_alone(self) -> bool:
        """Whether the open page asks for a billing address, and for a card on the next one."""
        if not self.asks_for("Postal code") or self.asks_for("Card number"):
            return False
        # The form for a linked card asks for no number either, but saves.
        return not self.control("Save").count()

    def save_card(self, card: PaymentCard) -> None:
        """Link a card, from any page of the vault."""
        self.open_form()
        self.fill_in_all(card)
        self.press("Save")
