"""The list of linked cards: the vault's is the truth, whatever notifications do (C2.6)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from werkzeug.test import TestResponse

from mock_sites.shared.messaging.signing import Signing
from tests.support.shop_fixture import ADDRESS, BY_CARD, SAVED, Customer, ShopFixture, words

VISA, MASTERCARD = "4111111111111111", "5555555555554444"
PATH = "/notifications/vault"


def known(fixture: ShopFixture) -> list[str]:
    person = fixture.shop.people.find(fixture.phone())
    assert person
    return [card.last_four for card in fixture.shop.cards.known(person.id)]


def changed(fixture: ShopFixture, number: int = 0) -> dict[str, Any]:
    return {"notifyType": "BUYER_CARDS_CHANGED", "buyer": {"phone": fixture.phone(number)}}


def notify(fixture: ShopFixture, notification: Any, signing: Signing | None = None) -> TestResponse:
    body = json.dumps(notification).encode()
    headers = (signing or fixture.vault.signing).headers(PATH, body)
    return fixture.site.app.test_client().post(PATH, data=body, headers=headers)


def test_a_card_linked_in_the_vault_is_in_the_profile_by_itself(
    fixture: ShopFixture, customer: Customer
) -> None:
    fixture.vault.link(fixture.phone(), VISA, status="PENDING")
    fixture.vault.link(fixture.phone(), MASTERCARD)

    page = words(customer.open("/profile"))

    assert "Visa •••• 1111 ANNA PETROVA · valid until 09/40 Main card Being checked" in page
    assert "Mastercard •••• 4444 ANNA PETROVA · valid until 09/40 Linked" in page


def test_a_card_removed_in_the_vault_is_gone(fixture: ShopFixture, customer: Customer) -> None:
    fixture.vault.link(fixture.phone(), VISA)
    customer.open("/profile")
    fixture.vault.cards.clear()

    assert "No cards are linked." in words(customer.open("/profile"))


def test_a_notification_has_the_list_asked_for(fixture: ShopFixture) -> None:
    fixture.vault.link(fixture.phone(), VISA)

    answer = notify(fixture, changed(fixture))

    assert answer.json == {
        "result": {"resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "success"}
    }
    assert known(fixture) == []
    fixture.shop.cards.process_due()
    assert known(fixture) == ["1111"]


def test_a_notification_that_comes_twice_changes_nothing(fixture: ShopFixture) -> None:
    fixture.vault.link(fixture.phone(), VISA)

    for _ in range(2):
        assert notify(fixture, changed(fixture)).status_code == 200
        fixture.shop.cards.process_due()

    assert known(fixture) == ["1111"]


def test_the_outcome_of_a_linking_finds_its_customer(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    form = {**ADDRESS, **BY_CARD, **SAVED, "press": "confirm-card"}
    customer.send(checkout, form, page=checkout)
    (request_id,) = fixture.vault.linkings
    fixture.vault.cards[fixture.phone()].clear()

    notify(fixture, {"vaultingRequestId": request_id, "vaultingStatus": "FAIL"})
    fixture.shop.cards.process_due()

    assert known(fixture) == []


@pytest.mark.parametrize(
    "notification", [{"vaultingRequestId": "unknown"}, {"buyer": {"phone": "+70000000000"}}, {}]
)
def test_notifications_of_nobody_are_taken_and_change_nothing(
    fixture: ShopFixture, notification: dict[str, Any]
) -> None:
    assert notify(fixture, notification).status_code == 200
    assert fixture.shop.cards.process_due() is None


def test_a_lost_notification_is_made_up_for_on_the_clock(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.open("/profile")
    fixture.vault.link(fixture.phone(), VISA)

    wait = fixture.shop.cards.process_due()
    assert wait is not None
    assert known(fixture) == []
    fixture.clock.advance(wait)
    fixture.shop.cards.process_due()

    assert known(fixture) == ["1111"]


def test_a_notification_that_the_vault_has_not_signed_is_refused(fixture: ShopFixture) -> None:
    keys = fixture.stack.keys.vault
    forger = Signing(keys.client_id, keys.shop.private_key, keys.vault.public_key)
    fixture.vault.link(fixture.phone(), VISA)

    answer = notify(fixture, changed(fixture), forger)

    assert answer.status_code == 403
    assert fixture.shop.cards.process_due() is None


def test_a_notification_signed_over_other_bytes_is_refused(fixture: ShopFixture) -> None:
    headers = fixture.vault.signing.headers(PATH, json.dumps(changed(fixture)).encode())
    other = json.dumps(changed(fixture, 1))

    client = fixture.site.app.test_client()

    assert client.post(PATH, data=other, headers=headers).status_code == 403
    assert client.post(PATH, data=other).status_code == 403


@pytest.mark.parametrize(
    "notification", ["text", [], {"buyer": "x"}, {"buyer": {"phone": "9" * 50}}]
)
def test_notifications_that_cannot_be_read_are_refused(
    fixture: ShopFixture, notification: Any
) -> None:
    assert notify(fixture, notification).status_code == 400


def test_while_the_vault_is_away_the_last_list_is_shown_as_such(
    fixture: ShopFixture, customer: Customer
) -> None:
    fixture.vault.link(fixture.phone(), VISA)
    customer.open("/profile")
    fixture.vault.before = unreachable

    page = words(customer.open("/profile"))

    assert "is not responding. The cards shown here may be out of date" in page
    assert "Visa •••• 1111" in page


def test_the_worker_tries_again_after_a_while_when_the_vault_was_away(
    fixture: ShopFixture, customer: Customer
) -> None:
    fixture.vault.before = unreachable
    customer.open("/profile")
    fixture.vault.before = None
    fixture.vault.link(fixture.phone(), VISA)

    wait = fixture.shop.cards.process_due()

    assert wait is not None
    assert wait <= timedelta(seconds=30)
    fixture.clock.advance(wait)
    fixture.shop.cards.process_due()
    assert known(fixture) == ["1111"]


@pytest.mark.parametrize(
    "broken",
    [
        {"cardToken": ""},
        {"cardToken": "token-+79160000001-1111"},
        {"maskedCardNo": "none"},
        {"expiryMonth": 13},
        {"status": "MAYBE"},
        {"brand": "x" * 100},
    ],
)
def test_a_list_that_makes_no_sense_changes_nothing(
    fixture: ShopFixture, customer: Customer, broken: dict[str, Any]
) -> None:
    fixture.vault.link(fixture.phone(), VISA)
    customer.open("/profile")
    fixture.vault.link(fixture.phone(), MASTERCARD, **broken)

    customer.open("/profile")

    assert known(fixture) == ["1111"]


def test_everybody_sees_their_own_cards(fixture: ShopFixture, customer: Customer) -> None:
    fixture.vault.link(fixture.phone(1), VISA)

    assert "1111" not in customer.open("/profile")
    assert "Visa •••• 1111" in words(fixture.customer(1).open("/profile"))


def test_the_profile_warns_before_it_leaves_for_the_vault(customer: Customer) -> None:
    profile = customer.open("/profile")
    notice = customer.open("/profile/alipay")

    assert "http://vault.localhost" not in profile
    assert 'href="/profile/alipay"' in profile.split("My Alipay</h2>")[1]
    assert "You are about to leave the shop" in words(notice)
    assert 'href="http://vault.localhost:3/"' in notice


@pytest.mark.parametrize("page", ["/profile", "/profile/alipay"])
def test_a_stranger_signs_in_first(fixture: ShopFixture, page: str) -> None:
    assert fixture.stranger().client.get(page).location == f"/sign-in?next={page}"


def unreachable(_path: str) -> None:
    raise httpx.ConnectTimeout("nobody is there")
