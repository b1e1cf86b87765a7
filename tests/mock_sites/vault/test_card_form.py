"""Adding a card on the vault's page: what is taken, and what is said of the rest (C2.4, C2.5)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mock_sites.shared.values.published_cards import published_cards
from tests.support.vault_fixture import (
    AMEX,
    ERROR,
    MASTERCARD,
    MIR,
    VISA,
    VaultFixture,
    VaultVisitor,
    field_value,
    month_after,
    number_of,
    vault_fixture,
    words,
)


@pytest.mark.parametrize("number", [VISA, MASTERCARD, AMEX, MIR, number_of("slow")])
def test_a_saved_card_is_listed_with_one_cent_held(
    fixture: VaultFixture, holder: VaultVisitor, number: str
) -> None:
    brand = next(card.brand for card in published_cards() if card.number == number)
    answer = holder.add_card(number, expiry="09/39")

    assert answer.request.path == "/cards"
    assert holder.rows() == [
        f"{brand} •••• {number[-4:]} Anna Petrova 09/39 Being checked Main card Edit"
    ]
    status = re.search(r'<div role="status">(.*?)</div>', answer.text, re.DOTALL)
    assert status
    assert "One kopek (RUB 0.01)" in words(status[1])
    [hold] = fixture.holds()
    assert (hold["amount_minor"], hold["currency"], hold["state"]) == (1, "RUB", "HELD")
    assert fixture.money_of("held") == 1


def test_a_slow_issuer_is_waited_for(tmp_path: Path) -> None:
    waited: list[float] = []
    with vault_fixture(tmp_path, waited) as fixture:
        fixture.holder().add_card(VISA)
        assert waited == []
        fixture.holder().add_card(number_of("slow"))
    assert waited == [2.0]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("declined", "declined this card"),
        ("insufficient-funds", "Insufficient funds"),
        ("expired", "According to the issuing bank, this card has expired"),
        ("wrong-code", "security code is wrong"),
        ("lost", "was reported lost"),
        ("issuer-down", "is not responding"),
    ],
)
def test_a_card_that_its_issuer_refuses_leaves_nothing_behind(
    fixture: VaultFixture, holder: VaultVisitor, outcome: str, said: str
) -> None:
    answer = holder.add_card(number_of(outcome))

    assert answer.request.path == "/cards/new"
    assert said in words(answer.text)
    assert "Nothing was linked. No money is held" in words(answer.text)
    assert field_value(answer.text, "card_holder") == "Anna Petrova"
    assert holder.rows() == []
    assert fixture.holds() == []
    assert fixture.money_of("held") == 0
    assert fixture.shop.told == []


WRONG = [
    ("card_number", "", "Enter the card number."),
    ("card_number", "4111x11111111111", "in digits"),
    ("card_number", "4111111111111112", "a typo"),
    ("card_number", "411111111111111", "too few or too many"),
    ("card_number", "4242424242424242", "not a published test card"),
    ("expiry", "", "Enter the month and year"),
    ("expiry", "13/40", "month does not exist"),
    ("expiry", "00/40", "month does not exist"),
    ("expiry", "soon", "in digits"),
    ("expiry", "01/20", "has expired"),
    ("card_holder", "", "card holder's name"),
    ("card_holder", "Anna 2", "in letters"),
    ("card_holder", "A" * 200, "no more than 100 characters"),
    ("security_code", "", "Enter the security code."),
    ("security_code", "12", "has 3 digits"),
    ("security_code", "1234", "has 3 digits"),
    ("security_code", "abc", "has 3 digits"),
    ("country", "", "Choose the country."),
    ("country", "XX", "Choose a country from the list."),
    ("postal_code", "", "Enter the postal code."),
    ("postal_code", "!", "in 3 to 10 Latin letters and digits"),
    ("postal_code", "1" * 11, "in 3 to 10 Latin letters and digits"),
    ("address", "", "Enter the address."),
    ("address", "x" * 201, "no more than 200 characters"),
    ("address", "flat 4111-1111-1111-1111", "looks like a card number"),
]


@pytest.mark.parametrize(("field", "typed", "said"), WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    fixture: VaultFixture, holder: VaultVisitor, field: str, typed: str, said: str
) -> None:
    answer = holder.add_card(**{field: typed})

    [(place, words_beside)] = ERROR.findall(answer.text)
    assert place == field
    assert said in words_beside.replace("&#39;", "'")
    for name in {"card_holder", "expiry", "postal_code", "address"} - {field}:
        assert field_value(answer.text, name)
    assert '<option selected value="RU">' in answer.text or field == "country"
    assert field_value(answer.text, "card_number") == ""
    assert field_value(answer.text, "security_code") == ""
    assert fixture.holds() == []


def test_the_security_code_of_american_express_has_four_figures(holder: VaultVisitor) -> None:
    assert ERROR.findall(holder.add_card(AMEX, security_code="123").text) == [
        ("security_code", "The security code of this card has 4 digits.")
    ]


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("card_number", "4111 1111-1111 1111", "•••• 1111"),
        ("card_number", "٤١١١ ١١١١ ١١١١ ١١١١", "•••• 1111"),
        ("expiry", "12/27", "12/27"),
        ("expiry", "12/2027", "12/27"),
        ("expiry", "1227", "12/27"),
        ("expiry", "١٢/٢٧", "12/27"),
    ],
)
def test_a_card_may_be_typed_in_several_ways(
    holder: VaultVisitor, field: str, typed: str, shown: str
) -> None:
    holder.add_card(**{field: typed})
    [row] = holder.rows()
    assert shown in row


@pytest.mark.parametrize("name", ["آنا بتروفا", "Анна Петрова", "O'Neil-Смит"])
def test_a_holder_may_write_in_any_script(
    fixture: VaultFixture, holder: VaultVisitor, name: str
) -> None:
    holder.add_card(card_holder=name)
    assert fixture.rows("SELECT holder FROM cards") == [(name,)]


def test_a_card_is_good_until_its_month_ends_by_the_stacks_clock(
    fixture: VaultFixture, holder: VaultVisitor
) -> None:
    this_month = month_after(fixture.clock.now())
    holder.add_card(expiry=this_month)
    assert len(holder.rows()) == 1
    fixture.advance(days=32)
    answer = holder.add_card(MIR, expiry=this_month)
    assert [place for place, _ in ERROR.findall(answer.text)] == ["expiry"]
