"""The vault's twins with other pages of cards: the difference, and that cards can be managed."""

from __future__ import annotations

import re

from tests.support.vault_fixture import VISA, VaultFixture, VaultVisitor, words


def test_main_card_is_a_radio_button(vault: VaultFixture, holder: VaultVisitor) -> None:
    holder.add_card(VISA)
    newest, main = holder.tokens()
    page = holder.open("/cards").text
    assert re.search(rf'type="radio" name="main" value="{main}" [^>]+ checked>', page)
    assert f'action="/cards/{newest}/main"' not in page
    page = holder.send("/twin/main", page="/cards", main=newest).text
    assert re.search(rf'type="radio" name="main" value="{newest}" [^>]+ checked>', page)
    told = {card["cardToken"]: card["main"] for card in vault.cards()}
    assert told == {newest: True, main: False}


def test_cards_are_deleted_one_by_one(holder: VaultVisitor) -> None:
    page = holder.open("/cards").text
    assert 'type="checkbox"' not in page
    ask = re.search(r'<a href="(/cards/delete\?card=([\w-]+))"[^>]*>Delete</a>', page)
    assert ask
    assert "Delete 1 card?" in holder.open(ask[1]).text
    assert "No cards" in holder.send("/cards/delete", page=ask[1], card=ask[2]).text


def test_saved_card_has_a_page_of_its_own(holder: VaultVisitor) -> None:
    saved = holder.add_card(VISA)
    assert saved.request.path == "/twin/saved"
    assert "One kopek (RUB 0.01) is held on Visa" in words(saved.text)
    assert '<a class="button" href="/cards">' in saved.text
    assert holder.add_card(VISA).request.path == "/cards/new"


def test_languages_are_called_by_codes(holder: VaultVisitor) -> None:
    page = holder.open("/").text
    assert re.search(r'lang="ru" hreflang="ru" title="Русский">RU</a>', page)
