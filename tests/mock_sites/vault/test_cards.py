"""Managing cards on the vault's own pages, without a browser (C2.2-C2.5)."""

from __future__ import annotations

import re

import pytest

from tests.support.vault_fixture import (
    BILLING,
    ERROR,
    MASTERCARD,
    MIR,
    VISA,
    VaultFixture,
    VaultVisitor,
    field_value,
    words,
)


def main_cards(visitor: VaultVisitor) -> list[str]:
    return [row for row in visitor.rows() if "Main card" in row]


def test_the_icon_on_the_home_page_leads_to_the_cards(holder: VaultVisitor) -> None:
    home = holder.open("/").text
    icon = re.search(r'<a href="([^"]+)"><img [^>]*bank-card.svg[^>]*>Bank cards</a>', home)
    assert icon
    assert "<h1>Bank cards</h1>" in holder.open(icon[1]).text
    with holder.open("/static/bank-card.svg") as picture:
        assert picture.mimetype == "image/svg+xml"


@pytest.mark.parametrize("path", ["/", "/cards", "/cards/new", "/cards/delete", "/cards/x/edit"])
def test_nobody_sees_cards_without_signing_in(fixture: VaultFixture, path: str) -> None:
    assert fixture.stranger().open(path).request.path == "/sign-in"


def test_the_same_card_again_is_said_to_be_there(
    fixture: VaultFixture, holder: VaultVisitor
) -> None:
    holder.add_card()
    answer = holder.add_card(card_number="4111-1111-1111-1111", expiry="11/39")
    [(place, said)] = ERROR.findall(answer.text)
    assert place == "card_number"
    assert "already" in said
    assert len(holder.rows()) == 1
    assert len(fixture.holds()) == 1


def test_another_person_may_have_the_same_card(fixture: VaultFixture, holder: VaultVisitor) -> None:
    holder.add_card()
    other = fixture.holder(1)
    other.add_card()
    assert len(other.rows()) == 1


def test_a_deleted_card_may_be_linked_anew(fixture: VaultFixture, holder: VaultVisitor) -> None:
    holder.add_card()
    holder.send("/cards/delete", "/cards", card=holder.tokens())
    holder.add_card()
    assert len(holder.rows()) == 1
    assert [hold["state"] for hold in fixture.holds()] == ["RETURNED", "HELD"]


def test_the_first_card_is_the_main_one_until_another_is_chosen(holder: VaultVisitor) -> None:
    for number in (VISA, MASTERCARD, MIR):
        holder.add_card(number)
    assert [row[:15] for row in main_cards(holder)] == ["Visa •••• 1111 "]
    newest = holder.tokens()[0]

    for _ in range(2):
        holder.send(f"/cards/{newest}/main", "/cards")

    assert [row[:13] for row in main_cards(holder)] == ["Mir •••• 7761"]
    assert holder.open("/cards").text.count("Set as main") == 2


def test_without_the_main_card_the_newest_other_one_is_main(holder: VaultVisitor) -> None:
    for number in (VISA, MASTERCARD, MIR):
        holder.add_card(number)
    _, _, visa = holder.tokens()
    holder.send("/cards/delete", "/cards", card=visa)
    assert [row[:3] for row in main_cards(holder)] == ["Mir"]
    holder.send("/cards/delete", "/cards", card=holder.tokens())
    assert holder.rows() == []


def test_deleting_another_card_leaves_the_main_one(holder: VaultVisitor) -> None:
    holder.add_card(VISA)
    holder.add_card(MIR)
    holder.send("/cards/delete", "/cards", card=holder.tokens()[0])
    assert [row[:4] for row in main_cards(holder)] == ["Visa"]


def test_deleting_asks_first(holder: VaultVisitor) -> None:
    for number in (VISA, MASTERCARD, MIR):
        holder.add_card(number)
    mir, _, visa = holder.tokens()

    question = holder.open(f"/cards/delete?card={mir}&card={visa}").text
    assert "<h1>Delete 2 cards?</h1>" in question
    assert "Visa •••• 1111" in words(question)
    assert "4444" not in question
    assert "<h1>Delete 1 card?</h1>" in holder.open(f"/cards/delete?card={mir}").text
    assert len(holder.rows()) == 3

    holder.send("/cards/delete", f"/cards/delete?card={mir}", card=[mir, visa])
    assert [row[:10] for row in holder.rows()] == ["Mastercard"]


def test_deleting_with_no_card_ticked_says_what_to_do(holder: VaultVisitor) -> None:
    holder.add_card()
    answer = holder.open("/cards/delete")
    assert answer.request.path == "/cards"
    assert "Tick the cards to delete first." in answer.text


def test_deleting_twice_deletes_once(fixture: VaultFixture, holder: VaultVisitor) -> None:
    holder.add_card()
    token = holder.tokens()
    for _ in range(2):
        assert holder.send("/cards/delete", "/cards", card=token).status_code == 200
    assert [event["state"] for event in fixture.holds()[0]["events"]] == ["HELD", "RETURNED"]


def test_editing_changes_everything_but_the_number(
    fixture: VaultFixture, holder: VaultVisitor
) -> None:
    holder.add_card()
    path = f"/cards/{holder.tokens()[0]}/edit"
    page = holder.open(path).text
    assert [field_value(page, name) for name in ("card_holder", "expiry", "postal_code")] == [
        "Anna Petrova",
        "12/40",
        "101000",
    ]
    assert 'name="card_number"' not in page
    assert VISA not in page

    changed = {"card_holder": "Анна", "expiry": "01/39", "country": "KZ", "postal_code": "a-1"}
    answer = holder.send(path, **changed, address="Абая 1", card_number=MASTERCARD)

    assert answer.request.path == "/cards"
    columns = "holder, expiry_month, expiry_year, country, postal_code, address, last_four"
    assert fixture.rows(f"SELECT {columns} FROM cards") == [
        ("Анна", 1, 2039, "KZ", "A-1", "Абая 1", "1111")
    ]
    assert len(fixture.holds()) == 1


def test_what_is_wrong_in_an_edited_card_is_said_beside_its_field(holder: VaultVisitor) -> None:
    holder.add_card()
    path = f"/cards/{holder.tokens()[0]}/edit"
    answer = holder.send(path, card_holder="", expiry="13/20", **BILLING)
    assert [place for place, _ in ERROR.findall(answer.text)] == ["card_holder", "expiry"]
    assert "12/40" in holder.rows()[0]


def test_another_persons_card_does_not_exist(fixture: VaultFixture, holder: VaultVisitor) -> None:
    holder.add_card()
    token = holder.tokens()[0]
    other = fixture.holder(1)
    other.add_card(MIR)
    mine = other.tokens()[0]

    assert other.open(f"/cards/{token}/edit").status_code == 404
    assert other.open(f"/cards/delete?card={token}").status_code == 404
    assert other.send(f"/cards/{token}/edit", "/cards", card_holder="X").status_code == 404
    assert other.send(f"/cards/{token}/main", "/cards").status_code == 404
    assert other.send("/cards/delete", "/cards", card=[mine, token]).status_code == 404
    assert len(holder.rows()) == len(other.rows()) == 1


def test_every_page_of_the_cards_has_one_heading(holder: VaultVisitor) -> None:
    holder.add_card()
    token = holder.tokens()[0]
    for path in (
        "/",
        "/cards",
        "/cards/new",
        f"/cards/{token}/edit",
        f"/cards/delete?card={token}",
    ):
        assert holder.open(path).text.count("<h1") == 1, path
