"""The pages of the card vault (C2)."""

from __future__ import annotations

from checkout_conformance.drivers.choices import choose
from checkout_conformance.drivers.finding import CONTENT, PICTURE, with_picture
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.drivers.questions import question_at
from checkout_conformance.drivers.rows import rows_in
from checkout_conformance.targets.target import Target, not_offered

from ..support.card_masks import any_card
from ..support.held_cent import one_cent
from ..support.published_cards import PaymentCard
from .card_form import CardForm
from .flows.vault import VaultFlows
from .shop_cards import shown

CHOSEN = "[type=radio][checked]"
FOLDED = "details:not([open]) > summary"
# Languages by their names in the switch, which are the same on a page in any language.
CODES = {"English": "en", "Русский": "ru", "العربية": "ar"}


class Vault(CardForm, VaultFlows):
    """The vault: signing in, the bank-card icon, the management of cards."""

    name = "vault"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.rows = rows_in(self.main).filter(has_text=any_card())
        # The words in which the browser has asked something, for the vault.
        self.question = ""
        self._listed = 0
        cent = one_cent(target.label("One cent"))
        self.message = self.announcements.filter(has_text=cent)

    def switch_language(self, name: str) -> None:
        """Choose the language of the page by its own name: a link, a button or an option."""
        option = self.page.get_by_role("option", name=name, exact=True)
        if option.count():
            choose(option, self.page)
            sent = self.page.locator("form").filter(has=option).get_by_role("button")
            if sent.count():
                self.follow(sent.first)
            return
        self.follow(self.language_switch(name))

    def language_switch(self, name: str) -> Locator:
        """What switches the page to a language: a link, a button, or the list box that has it."""
        option = self.page.get_by_role("option", name=name, exact=True)
        if option.count():
            return self.page.locator("select").filter(has=option)
        button = self.page.get_by_role("button", name=name, exact=True)
        named = self.page.get_by_role("link", name=name, exact=True).or_(button)
        # A switch of two letters tells the language's own name, if at all, in its title.
        titled = self.page.locator(f'a[title="{name}"], button[title="{name}"]')
        coded = self.page.locator(f"a[hreflang={CODES[name]}], button[lang={CODES[name]}]")
        ways = [named, titled, coded, named.or_(titled).or_(coded)]
        return NamedLocator(f'switch to "{name}"', ways)

    def link_of_cards(self, words: str) -> Locator:
        """The link to the management of cards, which says ``words`` in the page's language."""
        return self.main.get_by_role("link", name=words, exact=True)

    def press_icon(self) -> None:
        """Press the icon of a bank card."""
        name, picture = self.target.name_of("Bank cards"), self.page.locator(PICTURE)
        self.follow(with_picture(self.page, name, picture, "icon"))

    def open_cards(self) -> None:
        """Open the management of cards."""
        self.open()
        self.press_icon()

    def row(self, card: PaymentCard) -> Locator:
        """The row of a card in the list."""
        return self.rows.filter(has_text=shown(card))

    @property
    def main_card(self) -> Locator:
        """The row of the main card."""
        if self.rows.locator(CHOSEN).count():
            return self.rows.filter(has=self.page.locator(CHOSEN))
        words = self.target.label("Main card")
        return self.rows.filter(has=self.page.get_by_text(words, exact=True))

    @property
    def main_card_marks(self) -> Locator:
        """What marks the main card: its radio button is chosen, or it has the words Main card.

        A list with radio buttons may call each of them Main card.
        """
        return self.mark_in(self.rows)

    def mark_of_main(self, card: PaymentCard) -> Locator:
        """What marks a card as the main one, in its row."""
        return self.mark_in(self.row(card))

    def mark_in(self, rows: Locator) -> Locator:
        """What marks the main card among some rows of the list."""
        if self.rows.locator(CHOSEN).count():
            return rows.locator(CHOSEN)
        return rows.get_by_text(self.target.label("Main card"), exact=True)

    def press_beside(self, card: PaymentCard, label: str) -> None:
        """Press the button or link in the row of a card, which a menu of the row may hide."""
        control, menu = self.control_in(self.row(card), label), self.row(card).locator(FOLDED)
        if not control.is_visible() and menu.count():
            menu.first.click()
        self.follow(control)

    def edit(self, card: PaymentCard, label: str, value: str) -> None:
        """Change one field of a linked card, and save it."""
        self.open_cards()
        self.press_beside(card, "Edit")
        self.fill_in(label, value)
        self.press("Save")

    def delete_main(self) -> None:
        """Delete the main card, and confirm if the vault asks."""
        self.open_cards()
        if self.has_nothing_to_tick():
            self._delete_in(self.main_card)
            return
        self.main_card.get_by_role("checkbox").check()
        self._delete_ticked()

    def ask_to_delete(self, *cards: PaymentCard) -> None:
        """Tick cards and press Delete, which may ask for confirmation.

        To a question of the browser the buyer says no; its words are in ``question``. Skips the
        scenario if no card is given and the vault has a Delete in each row.
        """
        if self._deletes_one_by_one(*cards):
            if not cards:
                not_offered("a Delete for ticked cards")
            in_row = self.control_in(self.row(cards[0]), "Delete")
            self.question = question_at(self.page, lambda: self.follow(in_row), accept=False)
            return
        self._tick(*cards)
        self.question = question_at(self.page, lambda: self.press("Delete"), accept=False)

    def make_main(self, card: PaymentCard) -> None:
        """Make a card the main one."""
        self.open_cards()
        choice = self.row(card).get_by_role("radio")
        if choice.count():
            choice.check()
            self.press("Set as main")
        else:
            self.press_beside(card, "Set as main")

    def delete(self, *cards: PaymentCard) -> None:
        """Delete cards, together or one by one, and confirm if the vault asks."""
        if self._deletes_one_by_one(*cards):
            for card in cards:
                self.open_cards()
                self._delete_in(self.row(card))
            return
        self._tick(*cards)
        self._delete_ticked()

    def has_nothing_to_tick(self) -> bool:
        """Whether each card of the open list has a Delete of its own instead of a tick box."""
        ticks = self.rows.get_by_role("checkbox")
        return not ticks.count() and self.control_in(self.rows, "Delete").count() > 0

    def show_cards(self) -> None:
        """Go on to the cards, where a page of its own tells that one is saved."""
        cards = CONTENT.keep(self.link_of_cards(self.target.label("Bank cards")))
        if not self.rows.count() and cards.count() == 1:
            self.follow(cards)

    def _deletes_one_by_one(self, *cards: PaymentCard) -> bool:
        self.open_cards()
        (self.row(cards[0]) if cards else self.rows.first).wait_for()
        self._listed = self.rows.count()
        return self.has_nothing_to_tick()

    def _delete_in(self, row: Locator) -> None:
        in_row = self.control_in(row, "Delete")
        question_at(self.page, lambda: self.follow(in_row), accept=True)
        self._confirm_deletion()

    def has_deleted(self, heading: str) -> bool:
        """Whether the vault has deleted what was ticked, and shows the cards that are left."""
        self.heading.wait_for()
        return self.heading.inner_text() == heading and self.rows.count() < self._listed

    def _tick(self, *cards: PaymentCard) -> None:
        self.open_cards()
        for card in cards:
            self.row(card).get_by_role("checkbox").check()
        self._listed = self.rows.count()

    def _delete_ticked(self) -> None:
        question_at(self.page, lambda: self.press("Delete"), accept=True)
        self._confirm_deletion()

    def _confirm_deletion(self) -> None:
        self.heading.wait_for()
        if self.control("Confirm").is_visible():
            self.press("Confirm")
