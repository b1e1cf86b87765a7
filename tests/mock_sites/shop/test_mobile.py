"""The mobile version: for whom it is, and a purchase in it step by step (C3)."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from mock_sites.shop.store import OrderState
from tests.support.fake_vault import refused
from tests.support.shop_fixture import (
    ADDRESS,
    CARD,
    SAVED,
    Customer,
    ShopFixture,
    without_keys,
    words,
)

VISA, MASTERCARD = "4111111111111111", "5555555555554444"


@pytest.fixture
def customer(fixture: ShopFixture) -> Customer:
    return fixture.customer_on_phone()


@pytest.fixture
def sheet(customer: Customer) -> str:
    customer.put_into_cart("teapot")
    path = customer.send_to("/cart", {"ticked": ["teapot"]}).request.path
    assert path.startswith("/mobile/")
    return path


@pytest.fixture
def payment(customer: Customer, sheet: str) -> str:
    path = customer.send_to(sheet, {**ADDRESS, "address": "new"}, page=sheet).request.path
    assert path == f"{sheet}/payment"
    return path


def test_an_empty_cart_says_that_no_card_can_be_linked(customer: Customer) -> None:
    page = words(customer.open("/cart"))

    assert "Your cart is empty. Add a product first: here a card can only be linked" in page
    assert " Pay " not in page


def test_the_carts_button_is_pay_and_wants_a_tick(customer: Customer) -> None:
    customer.put_into_cart("teapot")

    page = customer.send("/cart")

    assert "Tick at least one product" in words(page)
    assert "<button>Pay</button>" in page
    assert "<button>Buy</button>" not in page


def test_the_sheet_shows_the_purchase_and_asks_for_the_address(
    customer: Customer, sheet: str
) -> None:
    page = customer.open(sheet)

    assert "Porcelain teapot 1 × RUB 2,380.00" in words(page)
    assert 'value="Anna Petrova"' in page
    assert "<button>Pay</button>" in page
    assert "Enter the city or village." in words(customer.send(sheet, {}, page=sheet))


def test_the_address_used_last_is_offered_again(customer: Customer, payment: str) -> None:
    customer.put_into_cart("honey")
    again = customer.send_to("/cart", {"ticked": ["honey"]}).request.path
    page = customer.open(again)

    assert "Arbat 1, flat 2" in words(page)
    assert page.count('type="radio"') == page.count(" checked") == 1
    answer = customer.send_to(again, {"address": "1"}, page=again)
    assert answer.request.path == f"{again}/payment"


def test_an_address_can_be_edited_or_another_one_given(
    fixture: ShopFixture, customer: Customer, sheet: str, payment: str
) -> None:
    assert 'value="Arbat 1, flat 2"' in customer.open(f"{sheet}?address=1")
    assert 'value="Arbat 1, flat 2"' not in customer.open(f"{sheet}?address=new")
    fixture.clock.advance(timedelta(seconds=1))

    customer.send(sheet, {**ADDRESS, "street": "Nevsky 5"}, page=sheet)

    page = customer.open(sheet)
    assert page.index("Nevsky 5") < page.index("Arbat 1")
    assert page.count(" checked") == 1


@pytest.mark.parametrize("number", ["1", "2", "x", "-1", "9" * 30])
def test_an_address_that_is_not_ones_own_does_not_exist(
    fixture: ShopFixture, customer: Customer, sheet: str, number: str
) -> None:
    other = fixture.customer_on_phone(1)
    other.put_into_cart("teapot")
    theirs = other.send_to("/cart", {"ticked": ["teapot"]}).request.path
    other.send(theirs, {**ADDRESS, "street": "Theirs 1"}, page=theirs)

    assert customer.send_to(sheet, {"address": number}, page=sheet).status_code == 404
    assert customer.client.get(f"{sheet}?address={number}").status_code == 404


def test_with_no_card_add_new_card_is_the_first_entry(customer: Customer, payment: str) -> None:
    entries = words(customer.open(payment).split('role="radiogroup"')[1])

    assert entries.index("Add new card") < entries.index("QIWI Wallet")
    assert "••••" not in entries


def test_earlier_cards_come_before_add_new_card_and_the_main_one_is_chosen(
    fixture: ShopFixture, customer: Customer, payment: str
) -> None:
    fixture.vault.link(fixture.phone(), MASTERCARD, main=False)
    main = fixture.vault.link(fixture.phone(), VISA, main=True)

    page = customer.open(payment)

    text = words(page)
    assert text.index("1111") < text.index("4444") < text.index("Add new card")
    assert f'value="{main}" checked' in page


def test_done_links_the_card_and_is_back_at_the_payment_with_it(
    fixture: ShopFixture, customer: Customer, sheet: str, payment: str
) -> None:
    fixture.vault.link(fixture.phone(), MASTERCARD)
    form = f"{sheet}/card"
    assert 'role="switch"' in customer.open(form)

    answer = customer.send_to(form, SAVED, page=form)

    assert answer.request.path == payment
    assert f'value="token-{fixture.phone()}-1111" checked' in answer.text
    assert "The card is linked. Nothing has been ordered yet." in words(answer.text)
    assert fixture.orders() == []


def test_pay_now_pays_from_the_chosen_card(
    fixture: ShopFixture, customer: Customer, payment: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)

    page = customer.send(payment, {"means": token}, page=payment)

    (order,) = fixture.orders()
    assert (order.state, order.street) == (OrderState.PAID, ADDRESS["street"])
    assert "Card, Visa •••• 1111" in words(page)


def test_switched_off_the_card_pays_once_and_is_gone(
    fixture: ShopFixture, customer: Customer, sheet: str, payment: str
) -> None:
    customer.send(f"{sheet}/card", CARD, page=f"{sheet}/card")

    assert [order.state for order in fixture.orders()] == [OrderState.PAID]
    assert fixture.vault.cards == {}


@pytest.mark.parametrize(
    ("payment_method", "kind"),
    [("QIWI_WALLET", "QIWI_WALLET"), ("CASH_ON_DELIVERY", "CASH_ON_DELIVERY")],
)
def test_the_other_ways_to_pay_are_there_too(
    fixture: ShopFixture, customer: Customer, payment: str, payment_method: str, kind: str
) -> None:
    customer.send(payment, {"means": payment_method}, page=payment)

    assert [order.payment_method for order in fixture.orders()] == [kind]


@pytest.mark.parametrize(
    ("payment_method", "message"),
    [("", "Choose a card, enter a new one"), ("invented", "This card is no longer linked.")],
)
def test_without_a_card_of_ones_own_nothing_is_paid(
    fixture: ShopFixture, customer: Customer, payment: str, payment_method: str, message: str
) -> None:
    page = customer.send(payment, {"means": payment_method}, page=payment)

    assert message in words(page)
    assert fixture.orders() == []


def test_a_declined_card_is_said_and_nothing_is_lost(
    fixture: ShopFixture, customer: Customer, payment: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)
    fixture.vault.says_no = refused("CARD_DECLINED")

    page = customer.send(payment, {"means": token}, page=payment)

    assert "declined this card. You were not charged." in words(page)
    assert f'value="{token}" checked' in page
    assert fixture.orders() == []
    assert "Porcelain teapot" in customer.open("/cart")


@pytest.mark.parametrize("saved", [SAVED, CARD])
def test_a_mistake_in_the_card_is_said_beside_its_field(
    fixture: ShopFixture, customer: Customer, sheet: str, payment: str, saved: dict[str, str]
) -> None:
    form = f"{sheet}/card"
    page = customer.send(form, {**saved, "expiry": "13/40"}, page=form)

    assert "This month does not exist." in words(
        page.split('id="expiry-error"')[1].split("</p>")[0]
    )
    assert 'value="Anna Petrova"' in page
    assert "737" not in without_keys(page)
    assert fixture.vault.asked_for("/payments/pay") == []


@pytest.mark.parametrize("saved", [SAVED, CARD])
def test_a_card_that_the_issuer_declines_is_not_linked(
    fixture: ShopFixture, customer: Customer, sheet: str, payment: str, saved: dict[str, str]
) -> None:
    fixture.vault.says_no = refused("LOST_CARD")

    page = customer.send(f"{sheet}/card", saved, page=f"{sheet}/card")

    assert "was reported lost" in words(page.split('id="card_number-error"')[1])
    assert fixture.vault.cards == {}
    assert fixture.orders() == []


def test_who_refuses_takes_it_out_of_the_cart_and_keeps_the_card(
    fixture: ShopFixture, customer: Customer, sheet: str, payment: str
) -> None:
    customer.send(f"{sheet}/card", SAVED, page=f"{sheet}/card")

    page = customer.send(f"{sheet}/leave", page=payment)

    assert "Removed from your cart. Nothing was ordered" in words(page)
    assert fixture.orders() == []
    assert "Visa •••• 1111" in words(customer.open("/profile"))


@pytest.mark.parametrize("step", ["", "/payment", "/card"])
def test_with_an_empty_cart_no_step_goes_on(
    fixture: ShopFixture, customer: Customer, sheet: str, step: str
) -> None:
    customer.send("/cart/teapot/remove")

    answer = customer.client.get(sheet + step, follow_redirects=True)

    assert answer.request.path == "/cart"
    assert "a card can only be linked during a purchase" in words(answer.text)


def test_what_has_changed_is_said_before_anything_is_paid(
    fixture: ShopFixture, customer: Customer, sheet: str, payment: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)
    fixture.shop.catalogue.reprice("teapot", 3000_00)

    answer = customer.send_to(payment, {"means": token}, page=payment)

    assert answer.request.path == sheet
    assert "The price of “Porcelain teapot” has changed" in words(answer.text)
    assert fixture.vault.payments == {}


def test_without_an_address_the_payment_leads_back_to_the_sheet(
    fixture: ShopFixture, customer: Customer, sheet: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)

    answer = customer.send_to(f"{sheet}/payment", {"means": token}, page=f"{sheet}/payment")

    assert answer.request.path == sheet
    assert "Enter the city or village." in words(answer.text)
    assert fixture.vault.payments == {}


def test_a_payment_without_an_answer_waits(
    fixture: ShopFixture, customer: Customer, payment: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)
    fixture.vault.after = lost

    page = customer.send(payment, {"means": token}, page=payment)

    assert "The payment is being checked" in words(page)
    fixture.vault.after = None
    assert "Card, Visa •••• 1111" in words(customer.open(payment))


def test_each_version_has_its_own_pages_of_a_purchase(
    fixture: ShopFixture, customer: Customer, sheet: str
) -> None:
    uid = sheet.removeprefix("/mobile/")

    assert customer.client.get(f"/checkout/{uid}").location == sheet
    assert fixture.customer().client.get(sheet).location == f"/checkout/{uid}"


def test_anothers_purchase_does_not_exist(fixture: ShopFixture, sheet: str) -> None:
    other = fixture.customer_on_phone(1)

    for step in ("", "/payment", "/card"):
        assert other.client.get(sheet + step).status_code == 404


def lost(path: str) -> None:
    if path.startswith("/payments"):
        raise httpx.ReadTimeout("the answer is lost")
