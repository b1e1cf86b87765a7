"""What the shop keeps of a customer's cards, and when it asks the vault for them (C2.6)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from mock_sites.shared.values.cards import Expiry
from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shop.domain.cards import Cards
from tests.support.shop_fixture import TYPED_CARD, ShopFixture

VISA, MASTERCARD, MIR = "4111111111111111", "5555555555554444", "2200770239097761"
PATH = "/notifications/vault"
HALF_A_MINUTE, FIVE_MINUTES = timedelta(seconds=30), timedelta(minutes=5)
A_MONTH = timedelta(days=30)
LINK, OUTCOME, LIST = (
    "/vaults/vaultPaymentMethod",
    "/vaults/inquireVaulting",
    "/vaults/inquireBuyerCards",
)


@pytest.fixture
def cards(fixture: ShopFixture) -> Cards:
    return fixture.shop.cards


def known(fixture: ShopFixture, number: int = 0) -> list[str]:
    return [card.last_four for card in fixture.shop.cards.known(fixture.person(number).id)]


def fail_at(fixture: ShopFixture, path: str, error: Exception) -> None:
    """From now on that call fails, before the vault has taken it in."""

    def fail(asked: str) -> None:
        if asked == path:
            raise error

    fixture.vault.before = fail


def handle_notification(fixture: ShopFixture, notification: dict[str, Any]) -> None:
    body = json.dumps(notification).encode()
    fixture.shop.cards.handle_notification(PATH, fixture.vault.signing.headers(PATH, body), body)


def test_the_main_card_comes_first_and_the_others_as_the_vault_lists_them(
    fixture: ShopFixture, cards: Cards
) -> None:
    for number, main in [(MASTERCARD, False), (VISA, False), (MIR, True)]:
        fixture.vault.link(fixture.phone(), number, main=main)
    fixture.vault.link(fixture.phone(1), VISA)

    for person in (0, 1):
        assert cards.refresh(fixture.person(person))

    assert known(fixture) == ["7761", "4444", "1111"]
    assert known(fixture, 1) == ["1111"]


@pytest.mark.parametrize(("said", "year"), [(40, 2040), (2040, 2040), (0, 2000), (2000, 2000)])
def test_the_year_of_an_expiry_may_be_said_with_two_digits(
    fixture: ShopFixture, cards: Cards, said: int, year: int
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA, expiryYear=said)
    cards.refresh(fixture.person())

    assert cards.get(fixture.person().id, token).expiry == Expiry(year, 9)


@pytest.mark.parametrize(("status", "being_checked"), [("PENDING", True), ("SUCCESS", False)])
def test_a_card_is_kept_as_the_vault_lists_it(
    fixture: ShopFixture, cards: Cards, status: str, being_checked: bool
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA, status=status)
    cards.refresh(fixture.person())

    card = cards.get(fixture.person().id, token)

    assert (card.token, card.brand, card.last_four) == (token, "Visa", "1111")
    assert (card.holder, card.expiry) == ("ANNA PETROVA", Expiry(2040, 9))
    assert (card.main, card.being_checked) == (True, being_checked)


def test_anothers_card_is_not_linked(fixture: ShopFixture, cards: Cards) -> None:
    token = fixture.vault.link(fixture.phone(1), VISA)
    cards.refresh(fixture.person(1))

    with pytest.raises(Refusal) as refused:
        cards.get(fixture.person().id, token)

    assert (refused.value.code, refused.value.field) == ("card.unknown", "card")


def test_an_answer_replaces_the_list_and_is_good_for_five_minutes(
    fixture: ShopFixture, cards: Cards
) -> None:
    fixture.vault.link(fixture.phone(), VISA)
    cards.refresh(fixture.person())
    fixture.clock.advance(timedelta(minutes=1))
    fixture.vault.cards.clear()
    fixture.vault.link(fixture.phone(), MIR)

    assert cards.refresh(fixture.person())

    assert known(fixture) == ["7761"]
    assert cards.process_due() == FIVE_MINUTES


def test_without_an_answer_the_last_list_stays_and_is_asked_for_in_half_a_minute(
    fixture: ShopFixture, cards: Cards
) -> None:
    fixture.vault.link(fixture.phone(), VISA)
    cards.refresh(fixture.person())
    fail_at(fixture, LIST, httpx.ReadTimeout("slow"))

    assert not cards.refresh(fixture.person())

    assert known(fixture) == ["1111"]
    assert cards.process_due() == HALF_A_MINUTE


def test_a_slow_answer_does_not_replace_a_newer_one(fixture: ShopFixture, cards: Cards) -> None:
    def overtaken(_path: str) -> None:
        # The list was already read when another question came, and was answered first.
        fixture.vault.after = None
        fixture.vault.link(fixture.phone(), VISA)
        cards.refresh(fixture.person())
        fixture.vault.cards[fixture.phone()].clear()

    fixture.vault.after = overtaken
    cards.refresh(fixture.person())

    assert known(fixture) == ["1111"]


def test_whoever_waits_for_the_next_turn_is_told_whatever_the_vault_said(
    fixture: ShopFixture, cards: Cards
) -> None:
    told: list[int] = []
    cards.on_change(lambda: told.append(len(fixture.vault.asked)))
    cards.refresh(fixture.person())
    fail_at(fixture, LIST, httpx.ReadTimeout("slow"))

    cards.refresh(fixture.person())

    assert told == [1, 1]


def test_a_turn_is_for_the_list_that_is_due_first_and_says_when_the_next_one_is(
    fixture: ShopFixture, cards: Cards
) -> None:
    assert cards.process_due() is None
    cards.refresh(fixture.person(1))
    fixture.clock.advance(timedelta(minutes=4))
    cards.refresh(fixture.person())
    fixture.vault.asked.clear()

    assert cards.process_due() == timedelta(minutes=1)
    assert fixture.vault.asked == []
    fixture.clock.advance(timedelta(minutes=2))
    assert cards.process_due() == timedelta()
    assert fixture.vault.asked == [(LIST, {"buyer": {"phone": fixture.phone(1)}})]
    assert cards.process_due() == timedelta(minutes=3)


def test_a_list_is_asked_for_the_moment_it_is_due(fixture: ShopFixture, cards: Cards) -> None:
    cards.refresh(fixture.person())
    fixture.vault.asked.clear()
    fixture.clock.advance(FIVE_MINUTES)

    assert cards.process_due() == timedelta()
    assert len(fixture.vault.asked) == 1


def process_in(fixture: ShopFixture, wait: timedelta) -> None:
    """Let the worker take its turn after that time."""
    fixture.clock.advance(wait)
    assert fixture.shop.cards.process_due() == timedelta()


def test_a_list_that_the_clock_finds_unchanged_is_asked_for_again_in_a_month(
    fixture: ShopFixture, cards: Cards
) -> None:
    fixture.vault.link(fixture.phone(), VISA)
    cards.refresh(fixture.person())

    process_in(fixture, FIVE_MINUTES)

    assert cards.process_due() == A_MONTH
    fixture.vault.link(fixture.phone(), MIR)
    process_in(fixture, A_MONTH)
    assert known(fixture) == ["1111", "7761"]
    assert cards.process_due() == FIVE_MINUTES


def test_a_list_that_a_page_finds_unchanged_is_good_for_five_minutes(
    fixture: ShopFixture, cards: Cards
) -> None:
    for _ in range(2):
        cards.refresh(fixture.person())

    assert cards.process_due() == FIVE_MINUTES


def test_a_card_that_is_being_checked_is_asked_for_every_five_minutes(
    fixture: ShopFixture, cards: Cards
) -> None:
    fixture.vault.link(fixture.phone(), VISA, status="PENDING")
    cards.refresh(fixture.person())

    process_in(fixture, FIVE_MINUTES)

    assert cards.process_due() == FIVE_MINUTES


def test_a_notification_during_the_question_has_the_list_asked_for_again(
    fixture: ShopFixture, cards: Cards
) -> None:
    cards.refresh(fixture.person())

    def notify(_path: str) -> None:
        fixture.vault.after = None
        handle_notification(fixture, {"buyer": {"phone": fixture.phone()}})

    fixture.clock.advance(timedelta(minutes=6))
    fixture.vault.after = notify
    assert cards.process_due() == timedelta()

    assert cards.process_due() == FIVE_MINUTES


def test_linking_tells_the_token_and_has_the_card_in_the_list(
    fixture: ShopFixture, cards: Cards
) -> None:
    token = cards.link(fixture.person(), "request-1", TYPED_CARD)

    assert token == fixture.vault.cards[fixture.phone()][0]["cardToken"]
    assert known(fixture) == ["1111"]
    assert [path for path, _ in fixture.vault.asked] == [LINK, LIST]


def test_a_token_that_the_answer_does_not_have_is_asked_for(
    fixture: ShopFixture, cards: Cards
) -> None:
    fixture.vault.answers_with_token = False

    token = cards.link(fixture.person(), "request-1", TYPED_CARD)

    assert token == fixture.vault.cards[fixture.phone()][0]["cardToken"]
    assert [path for path, _ in fixture.vault.asked] == [LINK, LIST, OUTCOME]


def test_the_same_request_links_no_second_card(fixture: ShopFixture, cards: Cards) -> None:
    tokens = [cards.link(fixture.person(), "request-1", TYPED_CARD) for _ in range(2)]

    assert tokens[0] == tokens[1]
    assert known(fixture) == ["1111"]


def test_nobody_makes_anothers_request_again(fixture: ShopFixture, cards: Cards) -> None:
    cards.link(fixture.person(), "request-1", TYPED_CARD)
    fixture.vault.asked.clear()

    with pytest.raises(NotFound):
        cards.link(fixture.person(1), "request-1", TYPED_CARD)

    assert fixture.vault.asked == []


def test_a_card_whose_token_is_not_told_is_linked_all_the_same(
    fixture: ShopFixture, cards: Cards
) -> None:
    fixture.vault.answers_with_token = False
    fail_at(fixture, OUTCOME, httpx.ReadTimeout("slow"))

    assert cards.link(fixture.person(), "request-1", TYPED_CARD) is None
    assert known(fixture) == ["1111"]


def test_a_vault_out_of_reach_has_linked_nothing(fixture: ShopFixture, cards: Cards) -> None:
    fail_at(fixture, LINK, httpx.ConnectError("nobody there"))

    with pytest.raises(Refusal) as refused:
        cards.link(fixture.person(), "request-1", TYPED_CARD)

    assert (refused.value.code, refused.value.field) == ("vault.unreachable", None)
    assert cards.process_due() is None


def test_after_a_lost_answer_the_list_is_asked_for_at_once(
    fixture: ShopFixture, cards: Cards
) -> None:
    cards.refresh(fixture.person())
    fail_at(fixture, LINK, httpx.ReadTimeout("slow"))
    told: list[bool] = []
    cards.on_change(lambda: told.append(True))

    with pytest.raises(Refusal) as refused:
        cards.link(fixture.person(), "request-1", TYPED_CARD)

    assert (refused.value.code, refused.value.field) == ("vault.silent", None)
    assert told == [True]
    assert cards.process_due() == timedelta()


def test_news_of_a_phone_have_its_list_asked_for_at_once(
    fixture: ShopFixture, cards: Cards
) -> None:
    for number in (0, 1):
        cards.refresh(fixture.person(number))
    fixture.vault.link(fixture.phone(1), VISA)

    handle_notification(fixture, {"buyer": {"phone": fixture.phone(1)}})

    assert cards.process_due() == timedelta()
    assert (known(fixture), known(fixture, 1)) == ([], ["1111"])


def test_news_of_a_request_have_its_customers_list_asked_for_at_once(
    fixture: ShopFixture, cards: Cards
) -> None:
    cards.refresh(fixture.person())
    cards.link(fixture.person(1), "request-1", TYPED_CARD)
    fixture.vault.cards.clear()

    handle_notification(fixture, {"vaultingRequestId": "request-1"})

    assert cards.process_due() == timedelta()
    assert known(fixture, 1) == []


@pytest.mark.parametrize(
    "notification", [{"vaultingRequestId": "unknown"}, {"buyer": {"phone": "+70000000000"}}, {}]
)
def test_news_of_nobody_have_no_list_asked_for(
    fixture: ShopFixture, cards: Cards, notification: dict[str, Any]
) -> None:
    handle_notification(fixture, notification)

    assert cards.process_due() is None
