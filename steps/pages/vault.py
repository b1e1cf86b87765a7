"""The pages of the card vault (C2)."""

from __future__ import annotations

from checkout_conformance.drivers.choices import choose
from checkout_conformance.drivers.finding import PICTURE, with_picture
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.drivers.questions import question_at
from checkout_conformance.drivers.rows import rows_in
from checkout_conformance.targets.target import Target

from ..support.card_masks import any_card
from ..support.held_cent import one_cent
from ..support.published_cards import PaymentCard
from .card_form import CardForm
from .flows import VaultFlows
from .shop_cards import shown

# Languages by their names in the switch, which are the same on a page in any language.
CODES = {"English": "en", "Русский": "ru", "العربية": "ar"}


class Vault(CardForm, VaultFlows):
    """The vault: signing in, the bank-card icon, the management of cards."""

    name = "vault"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.rows = rows_in(self.main).filter(has_text=any_card())
        main_card = target.label("Main card")
        self.main_card_marks = self.rows.get_by_text(main_card, exact=True)
        self.main_card = self.rows.filter(has=page.get_by_text(main_card, exact=True))
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
        button = self.page.get_by_role("button", name=name, exact=True)
        named = self.page.get_by_role("link", name=name, exact=True).or_(button)
        # A switch of two letters tells the language's own name, if at all, in its title.
        titled = self.page.locator(f'a[title="{name}"], button[title="{name}"]')
        coded = self.page.locator(f"a[hreflang={CODES[name]}], button[lang={CODES[name]}]")
        ways = [named, titled, coded, named.or_(titled).or_(coded)]
        self.follow(NamedLocator(f'switch to "{name}"', ways))

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

    def mark_of_main(self, card: PaymentCard) -> Locator:
        """The words Main card in the row of a card."""
        return self.row(card).get_by_text(self.target.label("Main card"), exact=True)

    def press_beside(self, card: PaymentCard, label: str) -> None:
        """Press the button or link in the row of a card."""
        self.follow(self.control_in(self.row(card), label))

    def edit(self, card: PaymentCard, label: str, value: str) -> None:
        """Change one field of a linked card, and save it."""
        self.open_cards()
        self.press_beside(card, "Edit")
        self.fill_in(label, value)
        self.press("Save")

    def delete_main(self) -> None:
        """Delete the main card, and confirm if the vault asks."""
        self.open_cards()
        self.main_card.get_by_role("checkbox").check()
        self._delete_ticked()

    def ask_to_delete(self, *cards: PaymentCard) -> None:
        """Tick cards and press Delete, which may ask for confirmation.

        To a question of the browser the buyer says no; its words are in ``question``.
        """
        self._tick(*cards)
        self.question = question_at(self.page, lambda: self.press("Delete"), accept=False)

    def make_main(self, card: PaymentCard) -> None:
        """Make a card the main one."""
        self.open_cards()
        self.press_beside(card, "Set as main")

    def delete(self, *cards: PaymentCard) -> None:
        """Delete cards, and confirm if the vault asks."""
        self._tick(*cards)
        self._delete_ticked()

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
        self.heading.wait_for()
        if self.control("Confirm").is_visible():
            self.press("Confirm")
