"""Two that come at once: while a slow issuer thinks, the same thing is asked for again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mock_sites.shared.values.cards import Card, Expiry
from mock_sites.shared.values.refusal import Refusal
from tests.support.vault_bench import Bench, number_of, typed_card, vault_bench

SLOW = number_of("slow")


def link(bench: Bench) -> None:
    card = Card(SLOW, "Anna Petrova", Expiry(2040, 12), "432")
    bench.vault_itself.cards.link(bench.phone(), card)


def test_a_card_that_was_linked_meanwhile_is_not_linked_again(
    bench: Bench, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    meanwhile(lambda: link(bench))
    with pytest.raises(Refusal, match=r"card\.already-linked"):
        link(bench)
    assert len(bench.cards()) == len(bench.holds()) == 1


def test_the_issuer_is_not_asked_about_a_card_that_is_linked(tmp_path: Path) -> None:
    waited: list[float] = []
    with vault_bench(tmp_path, waited) as bench:
        link(bench)
        with pytest.raises(Refusal, match=r"card\.already-linked"):
            link(bench)
    assert len(waited) == 1


def test_the_same_request_to_link_that_came_meanwhile_is_answered_alike(
    bench: Bench, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    answers = []
    meanwhile(lambda: answers.append(bench.vault(SLOW)))
    answers.append(bench.vault(SLOW))
    assert answers[0] == answers[1]
    assert answers[0]["result"]["resultCode"] == "SUCCESS"
    assert len(bench.holds()) == 1


def test_the_same_payment_that_came_meanwhile_is_made_once(
    bench: Bench, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    answers = []
    meanwhile(lambda: answers.append(bench.pay(card=typed_card(SLOW))))
    answers.append(bench.pay(card=typed_card(SLOW)))
    assert answers[0] == answers[1]
    assert answers[0]["result"]["resultCode"] == "SUCCESS"
    assert bench.rows("SELECT count(*) FROM movements") == [(1,)]


def test_a_slow_issuer_keeps_nobody_else_waiting(
    bench: Bench, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    seen = []
    meanwhile(lambda: seen.append(bench.holder(1).add_card().request.path))
    link(bench)
    assert seen == ["/cards"]
