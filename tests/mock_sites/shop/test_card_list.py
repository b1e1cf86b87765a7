"""The list of linked cards: the vault's is the truth, whatever notifications do (C2.6)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from werkzeug.test import TestResponse

from mock_sites.shared.messaging.signing import Signing
from tests.support.shop_bench import ADDRESS, BY_CARD, SAVED, Bench, Customer, words

VISA, MASTERCARD = "4111111111111111", "5555555555554444"
PATH = "/notifications/vault"


def known(bench: Bench) -> list[str]:
    person = bench.shop.people.find(bench.phone())
    assert person
    return [card.last_four for card in bench.shop.cards.known(person.id)]


def changed(bench: Bench, number: int = 0) -> dict[str, Any]:
    return {"notificationType": "BUYER_CARDS_CHANGED", "buyer": {"phone": bench.phone(number)}}


def notify(bench: Bench, news: Any, signing: Signing | None = None) -> TestResponse:
    body = json.dumps(news).encode()
    headers = (signing or bench.vault.signing).headers(PATH, body)
    return bench.site.app.test_client().post(PATH, data=body, headers=headers)


def test_a_card_linked_in_the_vault_is_in_the_profile_by_itself(
    bench: Bench, customer: Customer
) -> None:
    bench.vault.link(bench.phone(), VISA, status="PENDING")
    bench.vault.link(bench.phone(), MASTERCARD)

    page = words(customer.open("/profile"))

    assert "Visa •••• 1111 ANNA PETROVA · valid until 09/40 Main card Being checked" in page
    assert "Mastercard •••• 4444 ANNA PETROVA · valid until 09/40 Linked" in page


def test_a_card_removed_in_the_vault_is_gone(bench: Bench, customer: Customer) -> None:
    bench.vault.link(bench.phone(), VISA)
    customer.open("/profile")
    bench.vault.cards.clear()

    assert "No cards are linked." in words(customer.open("/profile"))


def test_a_notification_has_the_list_asked_for(bench: Bench) -> None:
    bench.vault.link(bench.phone(), VISA)

    answer = notify(bench, changed(bench))

    assert answer.json == {
        "result": {"resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "success"}
    }
    assert known(bench) == []
    bench.shop.cards.take_turn()
    assert known(bench) == ["1111"]


def test_a_notification_that_comes_twice_changes_nothing(bench: Bench) -> None:
    bench.vault.link(bench.phone(), VISA)

    for _ in range(2):
        assert notify(bench, changed(bench)).status_code == 200
        bench.shop.cards.take_turn()

    assert known(bench) == ["1111"]


def test_the_outcome_of_a_linking_finds_its_customer(bench: Bench, customer: Customer) -> None:
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    form = {**ADDRESS, **BY_CARD, **SAVED, "press": "confirm-card"}
    customer.send(checkout, form, page=checkout)
    (request_id,) = bench.vault.linkings
    bench.vault.cards[bench.phone()].clear()

    notify(bench, {"vaultingRequestId": request_id, "vaultingStatus": "FAIL"})
    bench.shop.cards.take_turn()

    assert known(bench) == []


@pytest.mark.parametrize(
    "news", [{"vaultingRequestId": "unknown"}, {"buyer": {"phone": "+70000000000"}}, {}]
)
def test_news_of_nobody_are_taken_and_change_nothing(bench: Bench, news: dict[str, Any]) -> None:
    assert notify(bench, news).status_code == 200
    assert bench.shop.cards.take_turn() is None


def test_a_lost_notification_is_made_up_for_on_the_clock(bench: Bench, customer: Customer) -> None:
    customer.open("/profile")
    bench.vault.link(bench.phone(), VISA)

    wait = bench.shop.cards.take_turn()
    assert wait is not None
    assert known(bench) == []
    bench.clock.advance(wait)
    bench.shop.cards.take_turn()

    assert known(bench) == ["1111"]


def test_a_notification_that_the_vault_has_not_signed_is_refused(bench: Bench) -> None:
    keys = bench.stack.keys.vault
    forger = Signing(keys.client_id, keys.shop.private_key, keys.vault.public_key)
    bench.vault.link(bench.phone(), VISA)

    answer = notify(bench, changed(bench), forger)

    assert answer.status_code == 403
    assert bench.shop.cards.take_turn() is None


def test_a_notification_signed_over_other_bytes_is_refused(bench: Bench) -> None:
    headers = bench.vault.signing.headers(PATH, json.dumps(changed(bench)).encode())
    other = json.dumps(changed(bench, 1))

    client = bench.site.app.test_client()

    assert client.post(PATH, data=other, headers=headers).status_code == 403
    assert client.post(PATH, data=other).status_code == 403


@pytest.mark.parametrize("news", ["text", [], {"buyer": "x"}, {"buyer": {"phone": "9" * 50}}])
def test_news_that_cannot_be_read_are_refused(bench: Bench, news: Any) -> None:
    assert notify(bench, news).status_code == 400


def test_while_the_vault_is_away_the_last_list_is_shown_as_such(
    bench: Bench, customer: Customer
) -> None:
    bench.vault.link(bench.phone(), VISA)
    customer.open("/profile")
    bench.vault.before = away

    page = words(customer.open("/profile"))

    assert "is not responding. The cards shown here may be out of date" in page
    assert "Visa •••• 1111" in page


def test_the_worker_tries_again_after_a_while_when_the_vault_was_away(
    bench: Bench, customer: Customer
) -> None:
    bench.vault.before = away
    customer.open("/profile")
    bench.vault.before = None
    bench.vault.link(bench.phone(), VISA)

    wait = bench.shop.cards.take_turn()

    assert wait is not None
    assert wait <= timedelta(seconds=30)
    bench.clock.advance(wait)
    bench.shop.cards.take_turn()
    assert known(bench) == ["1111"]


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
    bench: Bench, customer: Customer, broken: dict[str, Any]
) -> None:
    bench.vault.link(bench.phone(), VISA)
    customer.open("/profile")
    bench.vault.link(bench.phone(), MASTERCARD, **broken)

    customer.open("/profile")

    assert known(bench) == ["1111"]


def test_everybody_sees_their_own_cards(bench: Bench, customer: Customer) -> None:
    bench.vault.link(bench.phone(1), VISA)

    assert "1111" not in customer.open("/profile")
    assert "Visa •••• 1111" in words(bench.customer(1).open("/profile"))


def test_the_profile_warns_before_it_leaves_for_the_vault(customer: Customer) -> None:
    profile = customer.open("/profile")
    notice = customer.open("/profile/alipay")

    assert "http://vault.localhost" not in profile
    assert 'href="/profile/alipay"' in profile.split("My Alipay</h2>")[1]
    assert "You are about to leave the shop" in words(notice)
    assert 'href="http://vault.localhost:3/"' in notice


@pytest.mark.parametrize("page", ["/profile", "/profile/alipay"])
def test_a_stranger_signs_in_first(bench: Bench, page: str) -> None:
    assert bench.stranger().client.get(page).location == f"/sign-in?next={page}"


def away(_path: str) -> None:
    raise httpx.ConnectTimeout("nobody is there")
