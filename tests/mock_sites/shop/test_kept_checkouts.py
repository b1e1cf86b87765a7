"""What was typed at the checkout is still there after a refusal, a reload and a new sign-in."""

from __future__ import annotations

import pytest

from tests.support.fake_vault import refused
from tests.support.shop_bench import (
    ADDRESS,
    BY_CARD,
    BY_CASH,
    BY_WALLET,
    CARD,
    Bench,
    Customer,
    words,
)

TYPED = {**ADDRESS, "street": "Nevsky 5", "city": "حلب", "postal_code": "?"}
VISA, MASTERCARD = "4111111111111111", "5555555555554444"


@pytest.fixture
def phone(bench: Bench) -> Customer:
    return bench.customer_on_phone()


@pytest.fixture
def sheet(phone: Customer) -> str:
    phone.put_into_cart("teapot")
    return phone.send_to("/cart", {"ticked": ["teapot"]}).request.path


def assert_filled_in(page: str, address: dict[str, str]) -> None:
    for text in address.values():
        assert f'value="{text}"' in page


def lose_session(
    bench: Bench, customer: Customer, path: str, form: dict[str, str], number: int = 0
) -> str:
    """Send a form after the session has ended, and sign in again; the page that comes."""
    person = bench.stack.keys.people[number]
    sign_in = customer.send_signed_out(path, form)
    who = {"phone": person.phone, "password": person.password}
    return customer.send(sign_in, who, page=sign_in)


def test_a_declined_card_leaves_the_address_on_a_reloaded_page(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    bench.vault.says_no = refused("CARD_DECLINED")
    customer.press(checkout, "confirm-card", **CARD, street="Nevsky 5")

    page = customer.open(checkout)

    assert_filled_in(page, ADDRESS | {"street": "Nevsky 5"})
    assert CARD["card_number"] not in page
    assert CARD["security_code"] not in page


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
    bench: Bench, customer: Customer, checkout: str
) -> None:
    bench.vault.link(bench.phone(), VISA)
    other = bench.vault.link(bench.phone(), MASTERCARD)
    bench.vault.says_no = refused("CARD_DECLINED")
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
    bench: Bench, phone: Customer, sheet: str
) -> None:
    bench.vault.link(bench.phone(), VISA)
    other = bench.vault.link(bench.phone(), MASTERCARD)
    phone.send(sheet, ADDRESS, page=sheet)
    payment = f"{sheet}/payment"
    bench.vault.says_no = refused("CARD_DECLINED")

    phone.send(payment, {"means": other}, page=payment)

    assert f'value="{other}" checked' in phone.open(payment)


def test_what_was_typed_at_the_desktop_is_there_on_the_phone(
    customer: Customer, checkout: str, phone: Customer
) -> None:
    customer.send(checkout, TYPED | BY_CASH, page=checkout)

    assert_filled_in(phone.open(checkout), TYPED)
    page = phone.open(f"{checkout.replace('/checkout/', '/mobile/')}/payment")
    assert 'value="CASH_ON_DELIVERY" checked' in page


@pytest.mark.parametrize("press", ["", "add-card", "confirm-card"])
def test_a_session_that_ends_at_the_checkout_loses_nothing_but_the_card(
    bench: Bench, customer: Customer, checkout: str, press: str
) -> None:
    form = TYPED | BY_WALLET | CARD | {"press": press}

    page = lose_session(bench, customer, checkout, form)

    for shown in (page, customer.open(checkout)):
        assert_filled_in(shown, TYPED)
        assert 'value="qiwi-wallet" checked' in shown
        for secret in CARD.values():
            assert secret == TYPED["recipient"] or secret not in shown
    assert "Your session has ended, so nothing was sent." in words(page)
    assert bench.orders() == []


def test_a_session_that_ends_on_the_phone_loses_nothing(
    bench: Bench, phone: Customer, sheet: str
) -> None:
    page = lose_session(bench, phone, sheet, TYPED)

    assert_filled_in(page, TYPED)
    assert_filled_in(phone.open(sheet), TYPED)


def test_a_session_that_ends_at_the_payment_on_the_phone_keeps_the_choice(
    bench: Bench, phone: Customer, sheet: str
) -> None:
    phone.send(sheet, ADDRESS, page=sheet)

    form = {"means": "CASH_ON_DELIVERY"}
    page = lose_session(bench, phone, f"{sheet}/payment", form)

    assert 'value="CASH_ON_DELIVERY" checked' in page


def test_another_buyer_who_signs_in_sees_nothing_of_it(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    page = lose_session(bench, customer, checkout, TYPED, number=1)

    assert "Page not found" in words(page)
    assert TYPED["street"] not in page
