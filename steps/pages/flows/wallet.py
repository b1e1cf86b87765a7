"""Flows through the wallet."""

from __future__ import annotations

from checkout_conformance.drivers.finding import CONTENT

from .sign_in import SignInFlows

BALANCE = "Visa QIWI Wallet"
ANSWERS = "[type=radio], [role=radio], select"


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
