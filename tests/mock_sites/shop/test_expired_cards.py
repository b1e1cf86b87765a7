"""A linked card that has expired: it stays in sight, and cannot pay (C1.3, C2.3, C3.4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mock_sites.shared.values.refusal import Refusal
from mock_sites.shop.domain.addresses import Draft
from tests.support.shop_fixture import (
    ADDRESS,
    BY_CARD,
    BY_CASH,
    SAVED,
    Customer,
    ShopFixture,
    words,
)

VISA, MASTERCARD = "4111111111111111", "5555555555554444"
FOLDED, OPEN = '<details class="methods">', '<details class="methods" open>'
ADVICE = "An expired card cannot be used to pay. Update its expiry in your payment system account"


@pytest.fixture
def over(fixture: ShopFixture) -> str:
    """The main card, whose last month has just ended; its token."""
    token, now = link_until_now(fixture), fixture.clock.now()
    fixture.clock.advance(month_after(now) - now)
    return token


def link_until_now(fixture: ShopFixture) -> str:
    now = fixture.clock.now()
    return fixture.vault.link(fixture.phone(), VISA, expiryMonth=now.month, expiryYear=now.year)


def month_after(now: datetime) -> datetime:
    """The first moment of the next month."""
    return datetime(now.year + now.month // 12, now.month % 12 + 1, 1, tzinfo=UTC)


def radio(page: str, token: str) -> str:
    """The words after a radio button's value, such as `` checked``."""
    after = page.split(f'value="{token}"')[1].split(">")[0]
    return "".join(f" {word}" for word in after.split())


def test_a_card_is_good_to_the_end_of_its_month(fixture: ShopFixture, customer: Customer) -> None:
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    token, now = link_until_now(fixture), fixture.clock.now()
    fixture.clock.advance(month_after(now) - now - timedelta(microseconds=1))

    assert "checked" in radio(customer.open(checkout), token)
    fixture.clock.advance(timedelta(microseconds=1))
    assert radio(customer.open(checkout), token) == " disabled"


def test_with_no_other_card_the_block_is_open_on_the_form(
    over: str, customer: Customer, checkout: str
) -> None:
    page = customer.open(checkout)

    assert OPEN in page
    assert radio(page, over) == " disabled"
    assert "checked" in radio(page, "new")
    assert "expired " in words(page)
    assert ADVICE in words(page)
    assert "Security code" in words(page)


def test_the_next_card_that_can_pay_is_chosen_in_its_place(
    fixture: ShopFixture, over: str, customer: Customer, checkout: str
) -> None:
    other = fixture.vault.link(fixture.phone(), MASTERCARD)

    page = customer.open(checkout)

    assert FOLDED in page
    assert "Payment methods Mastercard •••• 4444" in words(page)
    assert "checked" in radio(page, other)


def test_it_pays_nothing_even_if_the_form_says_so(
    fixture: ShopFixture, over: str, customer: Customer, checkout: str
) -> None:
    page = customer.send(checkout, {**ADDRESS, **BY_CARD, "card": over}, page=checkout)

    assert "This card expired at the end of" in words(page)
    assert fixture.orders() == []
    assert fixture.vault.payments == {}


def test_a_choice_kept_with_the_checkout_is_not_taken_once_the_card_expires(
    fixture: ShopFixture, over: str, customer: Customer, checkout: str
) -> None:
    other = fixture.vault.link(fixture.phone(), MASTERCARD)
    fixture.shop.addresses.keep_draft(checkout.rpartition("/")[2], Draft(card=over))

    assert "checked" in radio(customer.open(checkout), other)


def test_another_way_to_pay_is_free(
    fixture: ShopFixture, over: str, customer: Customer, checkout: str
) -> None:
    customer.send(checkout, ADDRESS | BY_CASH, page=checkout)

    assert len(fixture.orders()) == 1


def test_a_new_card_linked_beside_it_is_chosen(
    fixture: ShopFixture, over: str, customer: Customer, checkout: str
) -> None:
    page = customer.press(checkout, "confirm-card", **SAVED | {"card_number": MASTERCARD})

    assert FOLDED in page
    assert "Payment methods Mastercard •••• 4444" in words(page)


def test_the_profile_says_that_it_has_expired(over: str, customer: Customer) -> None:
    page = words(customer.open("/profile"))

    assert "Main card Expired" in page
    assert "Linked cards Visa •••• 1111" in page
    assert ADVICE in page


def test_on_a_phone_it_comes_first_and_cannot_be_chosen(fixture: ShopFixture, over: str) -> None:
    other = fixture.vault.link(fixture.phone(), MASTERCARD)
    phone = fixture.customer_on_phone()
    phone.put_into_cart("teapot")
    sheet = phone.send_to("/cart", {"ticked": ["teapot"]}).request.path
    page = phone.send(sheet, ADDRESS, page=sheet)

    assert radio(page, over) == " disabled"
    assert "checked" in radio(page, other)
    assert words(page).index("1111") < words(page).index("4444") < words(page).index("Add new card")
    assert ADVICE in words(page)
    paid = phone.send(f"{sheet}/payment", {"means": over}, page=f"{sheet}/payment")
    assert "This card expired at the end of" in words(paid)
    assert fixture.orders() == []


def test_without_an_expired_card_there_is_no_advice(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    fixture.vault.link(fixture.phone(), VISA)

    assert ADVICE not in words(customer.open(checkout) + customer.open("/profile"))


def test_the_rules_refuse_to_pay_with_it(fixture: ShopFixture, over: str) -> None:
    fixture.shop.cards.refresh(fixture.person())

    cards = fixture.shop.cards
    assert cards.usable(cards.known(fixture.person().id)) == []
    with pytest.raises(Refusal) as refused:
        fixture.shop.cards.to_pay_with(fixture.person().id, over)
    assert (refused.value.code, refused.value.field) == ("card.out-of-date", "card")
