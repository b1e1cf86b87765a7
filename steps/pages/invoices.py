"""The wallet's pages about invoices from shops."""

from __future__ import annotations

import re

from checkout_conformance.drivers.finding import named_question
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.drivers.rows import rows_in
from checkout_conformance.targets.target import Target

from ..data import data
from ..support.amounts import any_money
from .flows.wallet import BALANCE, WalletFlows
from .payment import CODE, boxes_of_code, with_boxes

# What shows the invoices of every state, where the list begins with those of one.
ALL = re.compile(r"^(all|all invoices|show all|все|все счета|الكل|كل الفواتير)$", re.IGNORECASE)
QUESTION = "How would you like to pay?"
FOLDED = "details:not([open]) > summary"
NOT_IN_A_LIST = "button:not(li *), input:not(li *), a:not(li *)"
NO_ANSWER_MISSING = (
    ":not(form:has([type=radio]:not([disabled])):not(:has([type=radio][checked])) *)"
)


class Invoices(WalletFlows):
    """The list of invoices, and the payment pages of one."""

    name = "wallet"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.rows = rows_in(self.main).filter(has_text=any_money())
        self.newest = self.rows.last if data().newest_invoice == "last" else self.rows.first
        # The name of the part with the answers, or the label of a list box.
        self.means_question = named_question(page, target.name_of(QUESTION))
        self.wallet_means = self.answer_to(BALANCE)
        words = target.label(BALANCE)
        wallet = page.get_by_role("button", name=words, exact=True)
        wallet = wallet.or_(page.get_by_role("radio", name=words, exact=True))
        others = self.means_question.get_by_role("listitem").filter(has_not=wallet)
        others = others.locator("button, [role=button], [type=radio], [role=radio]")
        # The first option of a list box may be no answer: it says nothing, or has only a dash.
        other_words = re.compile(rf"^(?!{re.escape(words)}$).*\w")
        options = self.means_question.get_by_role("option", name=other_words)
        self.other_means = others.or_(options)
        # Beside an option of a closed list box nothing can be said.
        self.other_means_with_words = others
        self.code = with_boxes(self.field(CODE), boxes_of_code(page, target))
        pay = target.label("Pay")
        exactly_pay = self.means_question.get_by_role("button", name=pay, exact=True)
        # A payment method may be called "Pay in parts": that button pays nothing yet. Nor does
        # one that sends the answer to the question, while none is given.
        at_once = self.control("Pay").and_(page.locator(NOT_IN_A_LIST)).or_(exactly_pay)
        self.pay_at_once = at_once.and_(page.locator(NO_ANSWER_MISSING))

    def open_list(self) -> None:
        """Open the list of invoices from the menu."""
        self.open()
        self.open_in_menu("Invoices")
        self.show_all()

    def show_all(self) -> None:
        """If the list shows only some of the invoices or folds some, show all."""
        everything = self.page.locator("main, [role=main]").get_by_role("link", name=ALL)
        if everything.count() == 1:
            self.follow(everything)
        for fold in self.main.locator(FOLDED).all():
            fold.click()

    def button_beside(self, row: Locator, label: str) -> Locator:
        """The link beside an invoice that carries the label."""
        return self.control_in(row, label)

    def begin_of(self, row: Locator) -> Locator:
        """The first cell of an invoice in a table, or its heading in a list: the shop."""
        return row.locator("td, th, [role=cell], h1, h2, h3, h4, h5, h6, strong, b").first

    def open_newest(self) -> None:
        """Open the payment page of the newest invoice."""
        self.open_list()
        self.follow(self.button_beside(self.newest, "Pay (invoice)"))

    def row_for(self, amount: re.Pattern[str]) -> Locator:
        """The invoice for an amount that no other invoice is for."""
        return self.rows.filter(has_text=amount)

    def telling_shop(self, amount: re.Pattern[str]) -> Locator:
        """What tells the shop of an invoice: its row, or the heading above the shop's invoices."""
        same_row = rows_in(self.page).filter(has_text=amount)
        groups = self.main.locator("section, [role=region], [role=group]").filter(has=same_row)
        return self.row_for(amount).or_(groups.last.get_by_role("heading"))

    def state_of(self, row: Locator, label: str) -> Locator:
        """The state of an invoice, if the label is its name."""
        return row.get_by_text(self.target.label(label), exact=True)

    def open_invoice_for(self, amount: re.Pattern[str]) -> None:
        """Open the payment page of the invoice for an amount."""
        self.open_list()
        self.follow(self.button_beside(self.row_for(amount), "Pay (invoice)"))
