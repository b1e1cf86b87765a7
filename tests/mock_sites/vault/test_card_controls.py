"""The vault's control that links a card."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from tests.mock_sites.vault.test_secrets import CODE, files_of, found_in
from tests.support.vault_fixture import (
    AMEX,
    MASTERCARD,
    VISA,
    VaultFixture,
    VaultVisitor,
    code_for,
    number_of,
    typed_card,
)


def link(fixture: VaultFixture, number: str = VISA, **changes: Any) -> Any:
    """What the control answers."""
    body = {
        "phone": fixture.phone(),
        "number": number,
        "holder": "Anna Petrova",
        "expiry": "12/40",
        "security_code": code_for(number),
    }
    return fixture.control("POST", "/cards", body | changes)


def test_a_card_is_linked_and_a_cent_is_held(fixture: VaultFixture, holder: VaultVisitor) -> None:
    made = link(fixture)

    token = made.pop("card_token")
    assert made == {"brand": "Visa", "last_four": "1111", "state": "CHECKING", "main": True}
    assert holder.tokens() == [token]
    [hold] = fixture.holds()
    assert (hold["card_token"], hold["state"], hold["times_held"]) == (token, "HELD", 1)
    assert fixture.discrepancies() == []


def test_the_shop_is_told(fixture: VaultFixture) -> None:
    link(fixture)

    fixture.deliver()

    assert [told["buyer"]["phone"] for told in fixture.shop.told] == [fixture.phone()]


def test_the_billing_address_is_kept(fixture: VaultFixture) -> None:
    link(fixture)
    link(fixture, AMEX, country="DE", postal_code="10115", address="Invalidenstr. 1")

    found = fixture.rows("SELECT country, postal_code, address FROM cards ORDER BY id")
    assert found == [
        ("RU", "420111", "Bauman Street 12, flat 3"),
        ("DE", "10115", "Invalidenstr. 1"),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": number_of("declined")}, "card.declined"),
        ({"number": number_of("insufficient-funds")}, "card.insufficient-funds"),
        ({"number": "4111 1111 1111 1112"}, "card_number.mistyped"),
        ({"number": ""}, "card_number.empty"),
        ({"holder": "1"}, "card_holder.not-a-name"),
        ({"expiry": "01/20"}, "expiry.past"),
        ({"security_code": "12"}, "security_code.wrong-length"),
        ({"country": "XX"}, "country.unknown"),
        ({"address": " "}, "address.empty"),
    ],
)
def test_what_the_form_refuses_is_refused(
    fixture: VaultFixture, holder: VaultVisitor, changes: dict[str, str], code: str
) -> None:
    assert link(fixture, **changes) == {"error": code}
    assert (holder.tokens(), fixture.holds()) == ([], [])


def test_a_card_is_linked_once(fixture: VaultFixture) -> None:
    link(fixture)

    assert link(fixture) == {"error": "card.already-linked"}


def test_nobodys_card_is_linked(fixture: VaultFixture) -> None:
    answer = link(fixture, phone="+79169999999")

    assert answer == {"error": "there is nothing of that name"}


@pytest.mark.parametrize("changes", [{}, {"expiry": "01/20"}, {"more": 1}, {"holder": 1}])
def test_neither_number_nor_code_is_left(
    fixture: VaultFixture, caplog: pytest.LogCaptureFixture, changes: dict[str, Any]
) -> None:
    caplog.set_level(logging.DEBUG)

    answer = link(fixture, AMEX, **{"security_code": CODE} | changes)

    left = f"{answer}{caplog.text}".encode() + files_of(fixture)
    assert found_in(left) == []


def test_a_payment_tells_the_end_of_the_card_that_paid(fixture: VaultFixture) -> None:
    link(fixture)
    linked = link(fixture, MASTERCARD)["card_token"]

    fixture.pay("by-linked", paymentMethodId=linked)
    fixture.pay("by-typed", card=typed_card(AMEX))

    told = {one["request_id"]: one["last_four"] for one in fixture.control("GET", "/payments")}
    assert told == {"by-linked": "4444", "by-typed": "0005"}
