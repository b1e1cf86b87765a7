"""The difference of every twin of the vault is there, and a card can still be linked."""

from __future__ import annotations

import re

from tests.support.vault_fixture import (
    MASTERCARD,
    VISA,
    VaultVisitor,
    number_of,
    words,
)


def test_vault_add_card_has_a_plus(holder: VaultVisitor) -> None:
    assert "<button>+ Add card</button>" in holder.open("/cards").text


def test_vault_fields_have_hints_in_the_label(holder: VaultVisitor) -> None:
    form = holder.open("/cards/new").text
    assert '<label for="card_number">Card number (16 digits)</label>' in form
    assert '<label for="expiry">Expiry</label>' in form


def test_vault_pages_say_only_that_they_run_to_the_left(holder: VaultVisitor) -> None:
    assert '<html lang="en">' in holder.open("/cards").text
    assert '<html lang="ar" dir="rtl">' in holder.open("/cards?language=ar").text


def test_code_stands_behind_the_amount(holder: VaultVisitor) -> None:
    assert "One kopek (0.01 RUB) is held" in words(holder.open("/cards").text)


def test_cards_are_named_by_their_ending(holder: VaultVisitor) -> None:
    assert f"Mastercard ending in {MASTERCARD[-4:]}" in words(holder.open("/cards").text)


def test_cards_stand_in_a_list(holder: VaultVisitor) -> None:
    cards = holder.open("/cards").text
    assert "<table" not in cards
    assert re.search(
        r'<li class="card">\s*<label><input [^>]+> <span[^>]+>.*<bdi>Mastercard', cards
    )
    assert "One kopek" in words(cards)


def test_bank_card_icon_has_no_caption(holder: VaultVisitor) -> None:
    assert re.search(r'<a href="/cards"><img [^>]+ alt="Bank cards"></a>', holder.open("/").text)


def test_vault_menu_has_add_card(holder: VaultVisitor) -> None:
    assert '<a href="/cards/new">Add card</a>' in holder.open("/").text


def test_vault_form_can_be_saved_from_above(holder: VaultVisitor) -> None:
    form = holder.open("/cards/new").text
    assert form.count("Save</button>") == 2
    assert form.index("Save</button>") < form.index('id="card_number"')


def test_browser_asks_before_deleting(holder: VaultVisitor) -> None:
    assert 'data-question="Delete the chosen cards?"' in holder.open("/cards").text
    assert "window.confirm" in holder.open("/twin/ask.js").text
    assert holder.send("/cards/delete", page="/cards", card=holder.tokens()[0]).status_code == 200
    assert holder.tokens() == []


def test_vault_deletes_at_once(holder: VaultVisitor) -> None:
    assert re.search(
        r'id="chosen"[^>]+ method="post" action="/cards/delete"', holder.open("/cards").text
    )
    holder.send("/cards/delete", page="/cards", card=holder.tokens()[0])
    assert holder.tokens() == []


def test_languages_are_a_list_box(holder: VaultVisitor) -> None:
    home = holder.open("/").text
    assert '<option value="ru" lang="ru">Русский</option>' in home
    russian = holder.open("/?language=ru")
    assert '<html lang="ru"' in russian.text
    assert '<option value="ru" lang="ru" selected>' in russian.text


def test_vault_has_other_addresses(holder: VaultVisitor) -> None:
    assert 'href="/wallet/bank-cards"' in holder.open("/").text
    assert holder.open("/cards").status_code == 404


def test_vault_refuses_in_other_words(holder: VaultVisitor) -> None:
    assert "Your bank said no" in holder.add_card(number_of("declined")).text
    assert "You have linked this card before." in holder.add_card(MASTERCARD).text


def test_vault_tells_of_the_hold_in_other_words(holder: VaultVisitor) -> None:
    holder.add_card(VISA)
    said = " ".join(words(holder.open("/cards").text).split())
    assert re.search(r"We have reserved RUB 0\.01 on Visa .* Within 24 hours you get it back", said)


def test_home_lets_the_password_be_changed(holder: VaultVisitor) -> None:
    home = holder.open("/").text
    assert re.search(r'<label for="old">Password</label><input id="old" type="password"', home)
    assert '<a href="/cards">' in home
