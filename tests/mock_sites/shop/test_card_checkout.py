"""Cards at the desktop checkout: the block, the form, linking (C1.3 to C1.7)."""

from __future__ import annotations

import httpx
import pytest

from tests.support.fake_vault import refused
from tests.support.shop_fixture import (
    ADDRESS,
    BY_CARD,
    BY_WALLET,
    CARD,
    SAVED,
    Customer,
    ShopFixture,
    words,
)

VISA, MASTERCARD = "4111111111111111", "5555555555554444"
FOLDED, OPEN = '<details class="methods">', '<details class="methods" open>'


def test_without_a_card_the_block_is_open_on_the_form(customer: Customer, checkout: str) -> None:
    page = customer.open(checkout)

    assert OPEN in page
    assert 'name="payment" value="card" checked' in page
    assert "Card number Card holder Expiry" in words(page)
    assert "Add card" not in words(page)


def test_with_a_card_the_block_is_folded_and_the_main_card_chosen(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    fixture.vault.link(fixture.phone(), VISA)
    main = fixture.vault.link(fixture.phone(), MASTERCARD, main=True)
    fixture.vault.cards[fixture.phone()][0]["main"] = False

    page = customer.open(checkout)

    assert FOLDED in page
    assert f'name="card" value="{main}" checked' in page
    assert "Payment methods Mastercard •••• 4444" in words(page)
    assert "Add card" in words(page)
    assert "Security code" not in words(page)


def test_add_card_opens_the_form_and_keeps_the_address(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    fixture.vault.link(fixture.phone(), VISA)

    page = customer.press(checkout, "add-card", street="Kept street", city="")

    assert OPEN in page
    assert "Security code" in words(page)
    assert 'value="Kept street"' in page


def test_a_saved_card_is_linked_and_chosen_and_nothing_is_ordered(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    fixture.vault.link(fixture.phone(), MASTERCARD)

    page = customer.press(checkout, "confirm-card", **SAVED, street="Kept street")

    (asked,) = fixture.vault.asked_for("/vaults/vaultPaymentMethod")
    assert asked["buyer"] == {"phone": fixture.phone()}
    assert asked["vaultingNotificationUrl"] == "http://127.0.0.1:2/notifications/vault"
    assert asked["paymentMethodDetail"]["card"] == {
        "cardNo": VISA,
        "cvv": "737",
        "expiryYear": "40",
        "expiryMonth": "09",
        "cardholderName": {"firstName": "Anna", "lastName": "Petrova"},
    }
    assert "The card is linked. Nothing has been ordered yet." in words(page)
    assert "Payment methods Visa •••• 1111" in words(page)
    assert FOLDED in page
    assert 'value="Kept street"' in page
    assert fixture.orders() == []
    assert fixture.vault.payments == {}


def test_sending_the_card_form_twice_links_one_card(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    request = "6f2b4d9e-7a75-4d3e-9a53-2f4f5b0c8c11"

    for _ in range(2):
        customer.press(checkout, "confirm-card", **SAVED, linking=request)

    assert len(fixture.vault.cards[fixture.phone()]) == 1


def test_anothers_request_to_link_does_not_exist(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    request = "6f2b4d9e-7a75-4d3e-9a53-2f4f5b0c8c11"
    customer.press(checkout, "confirm-card", **SAVED, linking=request)
    other = fixture.customer(1)
    other.put_into_cart("teapot")
    mine = other.buy("teapot")

    form = {**ADDRESS, **BY_CARD, **SAVED, "press": "confirm-card", "linking": request}
    answer = other.send_to(mine, form, page=mine)

    assert answer.status_code == 404
    assert fixture.phone(1) not in fixture.vault.cards


@pytest.mark.parametrize(
    ("code", "status", "message", "field"),
    [
        ("CARD_DECLINED", "F", "declined this card", "card_number"),
        ("INSUFFICIENT_FUNDS", "F", "Insufficient funds on this card", "card_number"),
        ("EXPIRED_CARD", "F", "this card has expired", "expiry"),
        ("INVALID_SECURITY_CODE", "F", "the security code is wrong", "security_code"),
        ("LOST_CARD", "F", "was reported lost", "card_number"),
        ("NOT_A_TEST_CARD", "F", "not a published test card", "card_number"),
        ("CARD_ALREADY_LINKED", "F", "already linked", "card_number"),
        ("ISSUER_UNAVAILABLE", "U", "The issuing bank is not responding", "card_number"),
        ("SOMETHING_NEW", "F", "rejected this card", "card_number"),
    ],
)
def test_a_card_that_is_refused_is_said_beside_its_field(
    fixture: ShopFixture,
    customer: Customer,
    checkout: str,
    code: str,
    status: str,
    message: str,
    field: str,
) -> None:
    fixture.vault.says_no = refused(code, status)

    page = customer.press(checkout, "confirm-card", **SAVED, street="Kept street")

    beside = page.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert message in words(beside)
    assert 'value="Kept street"' in page
    assert 'value="09/40"' in page
    assert 'name="save_card" value="y" checked' in page
    assert OPEN in page
    assert fixture.vault.cards == {}


def test_a_refused_card_can_be_tried_again(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    fixture.vault.says_no = refused("CARD_DECLINED")
    page = customer.press(checkout, "confirm-card", **SAVED)
    fixture.vault.says_no = None

    customer.press(checkout, "confirm-card", **SAVED, linking=linking_in(page))

    assert len(fixture.vault.cards[fixture.phone()]) == 1


def test_a_lost_answer_leaves_one_card_when_the_form_is_sent_again(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    fixture.vault.after = lost
    page = customer.press(checkout, "confirm-card", **SAVED)
    fixture.vault.after = None

    assert "it is not known yet whether the card is linked" in words(page)
    again = customer.press(checkout, "confirm-card", **SAVED, linking=linking_in(page))

    assert "The card is linked." in words(again)
    assert len(fixture.vault.cards[fixture.phone()]) == 1


def test_a_vault_that_cannot_be_reached_is_said_and_links_nothing(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    fixture.vault.before = unreachable

    page = customer.press(checkout, "confirm-card", **SAVED)

    assert "The card vault is unreachable. Nothing was done." in words(page)
    assert fixture.vault.linkings == {}


@pytest.mark.parametrize("status", [200, 500])
def test_an_answer_that_the_vault_has_not_signed_counts_for_nothing(
    fixture: ShopFixture, customer: Customer, checkout: str, status: int
) -> None:
    result = {"result": {"resultCode": "SUCCESS", "resultStatus": "S"}}
    fixture.vault.after = lambda _path: httpx.Response(status, json=result)

    page = customer.press(checkout, "confirm-card", **SAVED)

    assert "it is not known yet whether the card is linked" in words(page)


def test_no_card_is_linked_once_the_cart_is_empty(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    customer.send("/cart/teapot/remove")

    page = customer.press(checkout, "confirm-card", **SAVED)

    assert "Your cart is empty. Add a product first: a card can only be linked" in words(page)
    assert fixture.vault.cards == {}


def test_walking_away_leaves_the_card_and_no_order(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    customer.press(checkout, "confirm-card", **SAVED)
    customer.open("/")
    customer.send("/cart/teapot/remove")

    assert fixture.orders() == []
    assert "Your cart is empty." in words(customer.open("/cart"))
    assert "Visa •••• 1111" in words(customer.open("/profile"))


def test_enter_in_a_field_presses_confirm_order(customer: Customer, checkout: str) -> None:
    form = customer.open(checkout).split('<form class="split"')[1]

    assert "Confirm order" in form[form.index("<button") : form.index("</button>")]


def test_whoever_pays_another_way_is_not_asked_for_a_card(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    customer.send(checkout, {**ADDRESS, **BY_WALLET, **CARD, "expiry": "13/13"}, page=checkout)

    assert [order.payment_method for order in fixture.orders()] == ["QIWI_WALLET"]


def linking_in(page: str) -> str:
    return page.split('name="linking" value="')[1].split('"')[0]


def lost(path: str) -> None:
    if path == "/vaults/vaultPaymentMethod":
        raise httpx.ReadTimeout("the answer is lost")


def unreachable(_path: str) -> None:
    raise httpx.ConnectError("nobody is there")
