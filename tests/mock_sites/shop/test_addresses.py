"""What may be typed for an address, and which address a checkout begins with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shop.domain.address import (
    Address,
    parse_city,
    parse_recipient,
    parse_street,
)
from mock_sites.shop.domain.addresses import Addresses, Draft
from tests.support.shop_fixture import ADDRESS, ShopFixture

HOME = Address(**ADDRESS)
LINES = [
    (parse_recipient, "recipient", 100),
    (parse_city, "city", 100),
    (parse_street, "street", 200),
]
Typed = Callable[[str], str]


@pytest.fixture
def addresses(fixture: ShopFixture) -> Addresses:
    return fixture.shop.addresses


def refusal_of(read: Typed, typed: str) -> Refusal:
    with pytest.raises(Refusal) as refused:
        read(typed)
    return refused.value


@pytest.mark.parametrize(("read", "field", "longest"), LINES, ids=["recipient", "city", "street"])
def test_a_line_has_letters_of_any_script_and_an_end(read: Typed, field: str, longest: int) -> None:
    assert read("  شارع \t 5 ") == "شارع 5"
    assert read("e\N{COMBINING ACUTE ACCENT}") == "é"
    assert read("я" * longest) == "я" * longest
    for typed, code, facts in [
        ("", f"{field}.empty", {}),
        (" \t ", f"{field}.empty", {}),
        ("я" * (longest + 1), "text.too-long", {"limit": longest}),
        ("bell\x07", "text.unreadable", {}),
        ("half a letter \ud800", "text.unreadable", {}),
    ]:
        refusal = refusal_of(read, typed)
        assert (refusal.code, refusal.field, refusal.facts) == (code, field, facts)


def test_an_address_is_read_field_by_field() -> None:
    typed = Draft("  Anna  Petrova", "8 916 000-00-01", " Moscow ", "Arbat 1,  flat 2", "١٠١٠٠٠")

    assert typed.address() == HOME


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("recipient", "recipient.empty"),
        ("phone", "phone.empty"),
        ("city", "city.empty"),
        ("street", "street.empty"),
        ("postal_code", "postal_code.empty"),
    ],
)
def test_an_address_lacks_nothing(field: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Draft(**{**ADDRESS, field: ""}).address()

    assert (refused.value.code, refused.value.field) == (code, field)


def test_the_address_that_was_used_last_comes_first_and_each_comes_once(
    fixture: ShopFixture, addresses: Addresses
) -> None:
    customer_id = fixture.person().id
    work, dacha = replace(HOME, street="Nevsky 5"), replace(HOME, street="Lake 1")
    for address in (HOME, work, dacha, HOME):
        addresses.remember(customer_id, address)
        fixture.clock.advance(timedelta(seconds=1))
    addresses.remember(fixture.person(1).id, HOME)

    streets = [row.street for row in addresses.used(customer_id)]
    assert streets == [HOME.street, dacha.street, work.street]
    assert len(addresses.used(fixture.person(1).id)) == 1


@pytest.mark.parametrize("field", ADDRESS)
def test_an_address_that_differs_in_one_field_is_another(
    fixture: ShopFixture, addresses: Addresses, field: str
) -> None:
    first = addresses.remember(fixture.person().id, HOME)
    second = addresses.remember(fixture.person().id, replace(HOME, **{field: "other"}))

    assert first.id != second.id
    kept = addresses.get(fixture.person().id, str(second.id))
    assert {name: getattr(kept, name) for name in ADDRESS} == ADDRESS | {field: "other"}
    assert kept.used_at == fixture.clock.now()


def test_anothers_address_does_not_exist(fixture: ShopFixture, addresses: Addresses) -> None:
    row = addresses.remember(fixture.person().id, HOME)

    assert addresses.get(fixture.person().id, str(row.id)).street == HOME.street
    for person, number in [(1, str(row.id)), (0, "99"), (0, "first"), (0, "")]:
        with pytest.raises(NotFound):
            addresses.get(fixture.person(person).id, number)


def test_a_checkout_begins_with_its_draft_else_the_last_address_else_the_account(
    fixture: ShopFixture, addresses: Addresses
) -> None:
    person, checkout, other = fixture.person(), fixture.begin("teapot"), fixture.begin("honey")
    account = addresses.draft(person, checkout)
    addresses.remember(person.id, HOME)
    last = addresses.draft(person, checkout)
    half_typed = Draft("A", "8", "M", "S", "?")
    addresses.keep_draft(checkout, Draft("Somebody"))
    addresses.keep_draft(checkout, half_typed)

    assert account == Draft(recipient=person.name, phone=person.phone)
    assert last == Draft(**ADDRESS)
    assert addresses.draft(person, checkout) == half_typed
    assert addresses.draft(person, other) == Draft(**ADDRESS)


def test_a_draft_is_not_kept_without_end(fixture: ShopFixture, addresses: Addresses) -> None:
    checkout = fixture.begin("teapot")

    addresses.keep_draft(checkout, Draft(city="c" * 301))

    assert addresses.draft(fixture.person(), checkout) == Draft(city="c" * 300)
