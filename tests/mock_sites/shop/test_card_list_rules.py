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
from tests.support.shop_bench import TYPED_CARD, Bench

VISA, MASTERCARD, MIR = "4111111111111111", "5555555555554444", "2200770239097761"
PATH = "/notifications/vault"
HALF_A_MINUTE, FIVE_MINUTES = timedelta(seconds=30), timedelta(minutes=5)
LINK, OUTCOME, LIST = (
    "/vaults/vaultPaymentMethod",
    "/vaults/inquireVaulting",
    "/vaults/inquireBuyerCards",
)


@pytest.fixture
def cards(bench: Bench) -> Cards:
    return bench.shop.cards


def known(bench: Bench, number: int = 0) -> list[str]:
    return [card.last_four for card in bench.shop.cards.known(bench.person(number).id)]


def fail_at(bench: Bench, path: str, error: Exception) -> None:
    """From now on that call fails, before the vault has taken it in."""

    def fail(asked: str) -> None:
        if asked == path:
            raise error

    bench.vault.before = fail


def handle_notification(bench: Bench, notification: dict[str, Any]) -> None:
    body = json.dumps(notification).encode()
    bench.shop.cards.handle_notification(PATH, bench.vault.signing.headers(PATH, body), body)


def test_the_main_card_comes_first_and_the_others_as_the_vault_lists_them(
    bench: Bench, cards: Cards
) -> None:
    for number, main in [(MASTERCARD, False), (VISA, False), (MIR, True)]:
        bench.vault.link(bench.phone(), number, main=main)
    bench.vault.link(bench.phone(1), VISA)

    for person in (0, 1):
        assert cards.refresh(bench.person(person))

    assert known(bench) == ["7761", "4444", "1111"]
    assert known(bench, 1) == ["1111"]


@pytest.mark.parametrize(("said", "year"), [(40, 2040), (2040, 2040), (0, 2000), (2000, 2000)])
def test_the_year_of_an_expiry_may_be_said_with_two_digits(
    bench: Bench, cards: Cards, said: int, year: int
) -> None:
    token = bench.vault.link(bench.phone(), VISA, expiryYear=said)
    cards.refresh(bench.person())

    assert cards.get(bench.person().id, token).expiry == Expiry(year, 9)


@pytest.mark.parametrize(("status", "being_checked"), [("PENDING", True), ("SUCCESS", False)])
def test_a_card_is_kept_as_the_vault_lists_it(
    bench: Bench, cards: Cards, status: str, being_checked: bool
) -> None:
    token = bench.vault.link(bench.phone(), VISA, status=status)
    cards.refresh(bench.person())

    card = cards.get(bench.person().id, token)

    assert (card.token, card.brand, card.last_four) == (token, "Visa", "1111")
    assert (card.holder, card.expiry) == ("ANNA PETROVA", Expiry(2040, 9))
    assert (card.main, card.being_checked) == (True, being_checked)


def test_anothers_card_is_not_linked(bench: Bench, cards: Cards) -> None:
    token = bench.vault.link(bench.phone(1), VISA)
    cards.refresh(bench.person(1))

    with pytest.raises(Refusal) as refused:
        cards.get(bench.person().id, token)

    assert (refused.value.code, refused.value.field) == ("card.unknown", "card")


def test_an_answer_replaces_the_list_and_is_good_for_five_minutes(
    bench: Bench, cards: Cards
) -> None:
    bench.vault.link(bench.phone(), VISA)
    cards.refresh(bench.person())
    bench.clock.advance(timedelta(minutes=1))
    bench.vault.cards.clear()
    bench.vault.link(bench.phone(), MIR)

    assert cards.refresh(bench.person())

    assert known(bench) == ["7761"]
    assert cards.process_due() == FIVE_MINUTES


def test_without_an_answer_the_last_list_stays_and_is_asked_for_in_half_a_minute(
    bench: Bench, cards: Cards
) -> None:
    bench.vault.link(bench.phone(), VISA)
    cards.refresh(bench.person())
    fail_at(bench, LIST, httpx.ReadTimeout("slow"))

    assert not cards.refresh(bench.person())

    assert known(bench) == ["1111"]
    assert cards.process_due() == HALF_A_MINUTE


def test_a_slow_answer_does_not_replace_a_newer_one(bench: Bench, cards: Cards) -> None:
    def overtaken(_path: str) -> None:
        # The list was already read when another question came, and was answered first.
        bench.vault.after = None
        bench.vault.link(bench.phone(), VISA)
        cards.refresh(bench.person())
        bench.vault.cards[bench.phone()].clear()

    bench.vault.after = overtaken
    cards.refresh(bench.person())

    assert known(bench) == ["1111"]


def test_whoever_waits_for_the_next_turn_is_told_whatever_the_vault_said(
    bench: Bench, cards: Cards
) -> None:
    told: list[int] = []
    cards.on_change(lambda: told.append(len(bench.vault.asked)))
    cards.refresh(bench.person())
    fail_at(bench, LIST, httpx.ReadTimeout("slow"))

    cards.refresh(bench.person())

    assert told == [1, 1]


def test_a_turn_is_for_the_list_that_is_due_first_and_says_when_the_next_one_is(
    bench: Bench, cards: Cards
) -> None:
    assert cards.process_due() is None
    cards.refresh(bench.person(1))
    bench.clock.advance(timedelta(minutes=4))
    cards.refresh(bench.person())
    bench.vault.asked.clear()

    assert cards.process_due() == timedelta(minutes=1)
    assert bench.vault.asked == []
    bench.clock.advance(timedelta(minutes=2))
    assert cards.process_due() == timedelta()
    assert bench.vault.asked == [(LIST, {"buyer": {"phone": bench.phone(1)}})]
    assert cards.process_due() == timedelta(minutes=3)


def test_a_list_is_asked_for_the_moment_it_is_due(bench: Bench, cards: Cards) -> None:
    cards.refresh(bench.person())
    bench.vault.asked.clear()
    bench.clock.advance(FIVE_MINUTES)

    assert cards.process_due() == timedelta()
    assert len(bench.vault.asked) == 1


def test_linking_tells_the_token_and_has_the_card_in_the_list(bench: Bench, cards: Cards) -> None:
    token = cards.link(bench.person(), "request-1", TYPED_CARD)

    assert token == bench.vault.cards[bench.phone()][0]["cardToken"]
    assert known(bench) == ["1111"]
    assert [path for path, _ in bench.vault.asked] == [LINK, LIST, OUTCOME]


def test_the_same_request_links_no_second_card(bench: Bench, cards: Cards) -> None:
    tokens = [cards.link(bench.person(), "request-1", TYPED_CARD) for _ in range(2)]

    assert tokens[0] == tokens[1]
    assert known(bench) == ["1111"]


def test_nobody_makes_anothers_request_again(bench: Bench, cards: Cards) -> None:
    cards.link(bench.person(), "request-1", TYPED_CARD)
    bench.vault.asked.clear()

    with pytest.raises(NotFound):
        cards.link(bench.person(1), "request-1", TYPED_CARD)

    assert bench.vault.asked == []


def test_a_card_whose_token_is_not_told_is_linked_all_the_same(bench: Bench, cards: Cards) -> None:
    fail_at(bench, OUTCOME, httpx.ReadTimeout("slow"))

    assert cards.link(bench.person(), "request-1", TYPED_CARD) is None
    assert known(bench) == ["1111"]


def test_a_vault_out_of_reach_has_linked_nothing(bench: Bench, cards: Cards) -> None:
    fail_at(bench, LINK, httpx.ConnectError("nobody there"))

    with pytest.raises(Refusal) as refused:
        cards.link(bench.person(), "request-1", TYPED_CARD)

    assert (refused.value.code, refused.value.field) == ("vault.unreachable", None)
    assert cards.process_due() is None


def test_after_a_lost_answer_the_list_is_asked_for_at_once(bench: Bench, cards: Cards) -> None:
    cards.refresh(bench.person())
    fail_at(bench, LINK, httpx.ReadTimeout("slow"))
    told: list[bool] = []
    cards.on_change(lambda: told.append(True))

    with pytest.raises(Refusal) as refused:
        cards.link(bench.person(), "request-1", TYPED_CARD)

    assert (refused.value.code, refused.value.field) == ("vault.silent", None)
    assert told == [True]
    assert cards.process_due() == timedelta()


def test_news_of_a_phone_have_its_list_asked_for_at_once(bench: Bench, cards: Cards) -> None:
    for number in (0, 1):
        cards.refresh(bench.person(number))
    bench.vault.link(bench.phone(1), VISA)

    handle_notification(bench, {"buyer": {"phone": bench.phone(1)}})

    assert cards.process_due() == timedelta()
    assert (known(bench), known(bench, 1)) == ([], ["1111"])


def test_news_of_a_request_have_its_customers_list_asked_for_at_once(
    bench: Bench, cards: Cards
) -> None:
    cards.refresh(bench.person())
    cards.link(bench.person(1), "request-1", TYPED_CARD)
    bench.vault.cards.clear()

    handle_notification(bench, {"vaultingRequestId": "request-1"})

    assert cards.process_due() == timedelta()
    assert known(bench, 1) == []


@pytest.mark.parametrize(
    "notification", [{"vaultingRequestId": "unknown"}, {"buyer": {"phone": "+70000000000"}}, {}]
)
def test_news_of_nobody_have_no_list_asked_for(
    bench: Bench, cards: Cards, notification: dict[str, Any]
) -> None:
    handle_notification(bench, notification)

    assert cards.process_due() is None
