"""What was typed at the checkout is still there after a refusal, a reload and a new sign-in."""

from __future__ import annotations

import re

import pytest

from tests.support.fake_vault import refused
from tests.support.shop_fixture import (
    ADDRESS,
    BY_CARD,
    BY_CASH,
    BY_WALLET,
    CARD,
    Customer,
    ShopFixture,
    without_keys,
    words,
)

TYPED = {**ADDRESS, "street": "Nevsky 5", "city": "حلب", "postal_code": "?"}
VISA, MASTERCARD = "4111111111111111", "5555555555554444"
# A random id may hold the three digits of a security code by chance.
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def phone(fixture: ShopFixture) -> Customer:
    return fixture.customer_on_phone()


@pytest.fixture
def sheet(phone: Customer) -> str:
    phone.put_into_cart("teapot")
    return phone.send_to("/cart", {"ticked": ["teapot"]}).request.path


def assert_filled_in(page: str, address: dict[str, str]) -> None:
    for text in address.values():
        assert f'value="{text}"' in page


def lose_session(
    fixture: ShopFixture, customer: Customer, path: str, form: dict[str, str], number: int = 0
) -> str:
    """Send a form after the session has ended, and sign in again; the page that comes."""
    person = fixture.stack.keys.people[number]
    sign_in = customer.send_signed_out(path, form)
    who = {"phone": person.phone, "password": person.password}
    return customer.send(sign_in, who, page=sign_in)


def test_a_declined_card_leaves_the_address_on_a_reloaded_page(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    fixture.vault.says_no = refused("CARD_DECLINED")
    customer.press(checkout, "confirm-card", **CARD, street="Nevsky 5")

    page = customer.open(checkout)

    assert_filled_in(page, ADDRESS | {"street": "Nevsky 5"})
    assert CARD["card_number"] not in page
    assert CARD["security_code"] not in without_keys(page)


def test_an_address_that_is_wrong_is_there_as_it_was_typed_on_a_reloaded_page(
    customer: Customer, checkout: str
) -> None:
    customer.send(checkout, TYPED | BY_CARD, page=checkout)

    assert_filled_in(customer.open(checkout), TYPED)


@pytest.mark.parametrize(
    ("answers", "ticked"),
    [
        (BY_CASH, 'name="payment" value="cash" checked'),
        (BY_WALLET, 'name="online_option" value="qiwi-wallet" checked'),
    ],
)
def test_the_way_to_pay_stays_chosen_on_a_reloaded_page(
    customer: Customer, checkout: str, answers: dict[str, str], ticked: str
) -> None:
    customer.send(checkout, TYPED | answers, page=checkout)

    assert ticked in customer.open(checkout)


def test_the_chosen_card_stays_chosen_on_a_reloaded_page(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    fixture.vault.link(fixture.phone(), VISA)
    other = fixture.vault.link(fixture.phone(), MASTERCARD)
    fixture.vault.says_no = refused("CARD_DECLINED")
    customer.send(checkout, {**ADDRESS, **BY_CARD, "card": other}, page=checkout)

    assert f'value="{other}" checked' in customer.open(checkout)


def test_on_a_phone_a_wrong_address_is_there_on_a_reloaded_page(
    phone: Customer, sheet: str
) -> None:
    phone.send(sheet, TYPED, page=sheet)

    assert_filled_in(phone.open(sheet), TYPED)


def test_on_a_phone_a_second_address_is_there_and_another_one_can_be_chosen(
    phone: Customer, sheet: str
) -> None:
    phone.send(sheet, ADDRESS, page=sheet)
    new = f"{sheet}?address=new"
    phone.send(new, TYPED, page=new)

    for page in (new, sheet):
        assert_filled_in(phone.open(page), TYPED)
    kept = phone.open(f"{sheet}?address=kept")
    assert "Arbat 1, flat 2" in words(kept)
    assert kept.count('type="radio"') == kept.count(" checked") == 1
    assert 'value="Arbat 1, flat 2"' in phone.open(f"{sheet}?address=1")


def test_on_a_phone_the_chosen_way_to_pay_stays_chosen(
    fixture: ShopFixture, phone: Customer, sheet: str
) -> None:
    fixture.vault.link(fixture.phone(), VISA)
    other = fixture.vault.link(fixture.phone(), MASTERCARD)
    phone.send(sheet, ADDRESS, page=sheet)
    payment = f"{sheet}/payment"
    fixture.vault.says_no = refused("CARD_DECLINED")

    phone.send(payment, {"means": other}, page=payment)

    assert f'value="{other}" checked' in " ".join(phone.open(payment).split())


def test_what_was_typed_at_the_desktop_is_there_on_the_phone(
    customer: Customer, checkout: str, phone: Customer
) -> None:
    customer.send(checkout, TYPED | BY_CASH, page=checkout)

    assert_filled_in(phone.open(checkout), TYPED)
    page = phone.open(f"{checkout.replace('/checkout/', '/mobile/')}/payment")
    assert 'value="CASH_ON_DELIVERY" checked' in page


@pytest.mark.parametrize("press", ["", "add-card", "confirm-card"])
def test_a_session_that_ends_at_the_checkout_loses_nothing_but_the_card(
    fixture: ShopFixture, customer: Customer, checkout: str, press: str
) -> None:
    form = TYPED | BY_WALLET | CARD | {"press": press}

    page = lose_session(fixture, customer, checkout, form)

    for shown in (page, customer.open(checkout)):
        assert_filled_in(shown, TYPED)
        assert 'value="qiwi-wallet" checked' in shown
        for secret in CARD.values():
            assert secret == TYPED["recipient"] or secret not in UUID.sub("", shown)
    assert "Your session has ended, so nothing was sent." in words(page)
    assert fixture.orders() == []


def test_a_session_that_ends_on_the_phone_loses_nothing(
    fixture: ShopFixture, phone: Customer, sheet: str
) -> None:
    page = lose_session(fixture, phone, sheet, TYPED)

    assert_filled_in(page, TYPED)
    assert_filled_in(phone.open(sheet), TYPED)


def test_a_session_that_ends_at_the_payment_on_the_phone_keeps_the_choice(
    fixture: ShopFixture, phone: Customer, sheet: str
) -> None:
    phone.send(sheet, ADDRESS, page=sheet)

    form = {"means": "CASH_ON_DELIVERY"}
    page = lose_session(fixture, phone, f"{sheet}/payment", form)

    assert 'value="CASH_ON_DELIVERY" checked' in page


def test_another_buyer_who_signs_in_sees_nothing_of_it(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    page = lose_session(fixture, customer, checkout, TYPED, number=1)

    assert "Page not found" in words(page)
    assert TYPED["street"] not in page
