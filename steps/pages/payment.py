"""The wallet's pages for one payment, from its form to its receipt."""

from __future__ import annotations

import re

from checkout_conformance.drivers.capabilities import Capability, needs
from checkout_conformance.drivers.finding import CONTENT
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.drivers.rows import rows_in
from checkout_conformance.targets.target import Target, not_offered

from ..support.amounts import any_money
from .flows.wallet import WalletFlows

# Lets a button be pressed whatever its page demands first.
OPEN_BUTTON = """button => {
    button.disabled = false;
    if (button.form) button.form.noValidate = true;
}"""


CODE = "Code from the message"
# No document has a word for the receipt, nor for the link to it.
RECEIPT = re.compile(r"receipt|\bчек\b|квитанц|إيصال", re.IGNORECASE)


def boxes_of_code(page: Page, target: Target) -> Locator:
    """Return the boxes of a code that has one for each digit."""
    group = page.get_by_role("group", name=target.name_of(CODE).within)
    return group.locator("input[maxlength='1']")


def with_boxes(field: NamedLocator, boxes: Locator) -> NamedLocator:
    """Return the field for a code, or the first of its boxes."""
    ways = [*field.alternatives, boxes.first, field.alternatives[-1].or_(boxes.first)]
    return NamedLocator(field.told, ways)


class Payment(WalletFlows):
    """A payment, its confirmation and its receipt."""

    name = "wallet"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.code_boxes = boxes_of_code(page, target)
        self.code = with_boxes(self.field(CODE), self.code_boxes)
        self.receipt = self.main.get_by_role("article")
        # A refusal is an alert.
        self.thanks = self.main.get_by_role("status").filter(has_text=any_money())
        self.rejected_fields = self.main.locator("[aria-invalid=true]")
        self.history = rows_in(self.main).filter(has_text=any_money())

    def press(self, label: str) -> None:
        """Press the button or link with the label; Confirm leads to the receipt in the end."""
        super().press(label)
        if label == "Confirm":
            self.go_on_to_receipt()

    def go_on_to_receipt(self) -> None:
        """If a page thanks for the payment, open the receipt: by its link, or in the history."""
        if self.receipt.count():
            return
        receipt = CONTENT.keep(self.main.get_by_role("link", name=RECEIPT))
        if receipt.count() == 1:
            self.follow(receipt)
        elif self._thanks() and not self.code.count():
            self.open_receipt_from_history()

    def _thanks(self) -> bool:
        # The shop's page, to which the wallet may have led, tells about the order.
        return self.page.url.startswith(self.url()) and self.thanks.count() > 0

    def state_on_receipt(self, label: str) -> Locator:
        """The state that the receipt shows, if the label is its name."""
        return self.receipt.get_by_text(self.target.label(label), exact=True)

    def line_of_receipt(self, label: str) -> Locator:
        """The heading of a line of the receipt."""
        return self.receipt.get_by_role("term").filter(has_text=self.target.label(label))

    def source(self) -> str:
        """The HTML of the page."""
        return self.page.content()

    def wait_for_code_page(self) -> None:
        """Wait for the page that asks for the code; by then the message has been sent."""
        self.code.wait_for()

    def enter_code(self, code: str) -> None:
        """Type the code; skip the scenario if its boxes have to be filled with another number."""
        self.wait_for_code_page()
        boxes = self.code_boxes.all()
        if not boxes:
            self.code.fill(code)
            return
        if len(code) != len(boxes):
            not_offered(f"a code of {len(code)} characters: it has {len(boxes)} boxes")
        for box, digit in zip(boxes, code, strict=True):
            box.fill(digit)

    def confirm_with(self, code: str) -> None:
        """Type the code and confirm."""
        self.enter_code(code)
        self.press("Confirm")

    def ask_for_new_code(self) -> None:
        """Press Send a new code; if it is disabled, load the page again, and else leave it.

        A page without a script keeps the button disabled until it is loaded again.
        """
        if not self.control("Send a new code").is_enabled():
            # Not a reload: after a wrong code that would send the wrong code once more.
            self.page.goto(self.page.url)
        if self.control("Send a new code").is_enabled():
            self.press("Send a new code")

    @needs(Capability.SCRIPT)
    def force_confirm(self, code: str) -> None:
        """Type the code and confirm, even if the page keeps Confirm closed."""
        self.enter_code(code)
        self.control("Confirm").evaluate(OPEN_BUTTON)
        self.press("Confirm")

    def in_history(self, payee: str, amount: re.Pattern[str]) -> Locator:
        """The rows of the open history with this payee and this amount."""
        return self.history.filter(has_text=self.target.label(payee)).filter(has_text=amount)

    def open_history(self) -> None:
        """Open the history of the wallet from the menu."""
        self.open_in_menu("History")

    def open_receipt_from_history(self) -> None:
        """Open the newest receipt from the history."""
        self.open_history()
        self.follow(self.history.get_by_role("link").first)

    @needs(Capability.SCRIPT)
    def slip_in(self, name: str, value: str) -> None:
        """Add a hidden field to the page's form that it should not have."""
        self._change_forms(
            "(form, [name, value]) => form.append(Object.assign("
            "document.createElement('input'), {type: 'hidden', name, value}))",
            [name, value],
        )

    @needs(Capability.SCRIPT)
    def take_out_keys(self) -> None:
        """Remove the CSRF tokens from the page's forms."""
        self._change_forms("form => form.querySelector('[name=csrf_token]')?.remove()", None)

    def _change_forms(self, script: str, argument: list[str] | None) -> None:
        for form in self.main.locator("form").all():
            form.evaluate(script, argument)
