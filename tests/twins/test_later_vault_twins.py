"""The difference of every later twin of the vault is there, and a card can still be linked."""

from __future__ import annotations

from tests.support.vault_fixture import BILLING, VISA, VaultFixture, VaultVisitor, code_for
from tests.support.walk import Walk

CARD = {
    "card_number": VISA,
    "card_holder": "Anna Petrova",
    "expiry": "12/40",
    "security_code": code_for(VISA),
}
HELD = "One kopek (RUB 0.01) is held on Visa •••• 1111"


def cards(holder: VaultVisitor) -> Walk:
    """C2.2: the cards, by the icon."""
    return Walk(holder.client).open("/").use("Bank cards")


def links(walk: Walk) -> bool:
    """C2.3 to C2.5, from the cards."""
    return HELD in walk.use("Add card").use("Save", **CARD, **BILLING).text


def main_card(vault: VaultFixture) -> str:
    """The last digits of the card that the shop selects."""
    return next(str(card["maskedCardNo"])[-4:] for card in vault.cards() if card["main"])


def test_card_actions_in_a_menu(vault: VaultFixture, holder: VaultVisitor) -> None:
    walk = cards(holder)
    assert links(walk)
    assert '<summary aria-label="Action: Visa •••• 1111">⋮</summary>' in walk.html
    assert main_card(vault) == "4444"
    walk.use("Set as main")
    assert main_card(vault) == "1111"
    assert "The card has been updated." in walk.use("Edit").use("Save", **BILLING).text


def test_billing_address_comes_first(holder: VaultVisitor) -> None:
    walk = cards(holder).use("Add card")
    assert "Card number" not in walk.text
    assert "Choose the country." in walk.use("Continue").text
    walk.use("Continue", **BILLING)
    assert "Postal code" not in walk.text
    mistyped = CARD | {"card_number": VISA[:-1] + "2"}
    assert "card number has a typo" in walk.use("Save", **mistyped).text
    assert HELD in walk.use("Save", **CARD).text


def test_hold_is_told_before_saving(vault: VaultFixture, holder: VaultVisitor) -> None:
    walk = cards(holder).use("Add card")
    assert "After you press Save, one kopek is held on the card" in walk.text
    assert walk.html.index(">Save</button>") < walk.html.index("After you press Save")
    assert "RUB 0.01." in walk.text
    assert links(cards(holder))


def test_languages_are_buttons(holder: VaultVisitor) -> None:
    walk = Walk(holder.client).open("/").use("Русский")
    assert 'lang="ru" aria-pressed="true">Русский</button>' in walk.html
    assert "Банковские карты" in walk.text
    assert links(walk.use("English").use("Bank cards"))


def test_main_card_is_a_radio(vault: VaultFixture, holder: VaultVisitor) -> None:
    walk = cards(holder)
    assert links(walk)
    assert walk.html.count('<input type="radio" name="token"') == 2
    newest = holder.tokens()[0]
    walk.use("Set as main", token=newest)
    assert main_card(vault) == "1111"
    assert f'value="{newest}" form="main" aria-describedby' in walk.html
