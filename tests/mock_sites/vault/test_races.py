"""Two that come at once: while a slow issuer thinks, the same thing is asked for again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mock_sites.shared.values.cards import Card, Expiry
from mock_sites.shared.values.refusal import Refusal
from tests.support.vault_fixture import VaultFixture, number_of, typed_card, vault_fixture

SLOW = number_of("slow")


def link(fixture: VaultFixture) -> None:
    card = Card(SLOW, "Anna Petrova", Expiry(2040, 12), "432")
    fixture.vault_itself.cards.link(fixture.phone(), card)


def test_a_card_that_was_linked_meanwhile_is_not_linked_again(
    fixture: VaultFixture, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    meanwhile(lambda: link(fixture))
    with pytest.raises(Refusal, match=r"card\.already-linked"):
        link(fixture)
    assert len(fixture.cards()) == len(fixture.holds()) == 1


def test_the_issuer_is_not_asked_about_a_card_that_is_linked(tmp_path: Path) -> None:
    waited: list[float] = []
    with vault_fixture(tmp_path, waited) as fixture:
        link(fixture)
        with pytest.raises(Refusal, match=r"card\.already-linked"):
            link(fixture)
    assert len(waited) == 1


def test_the_same_request_to_link_that_came_meanwhile_is_answered_alike(
    fixture: VaultFixture, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    answers = []
    meanwhile(lambda: answers.append(fixture.vault(SLOW)))
    answers.append(fixture.vault(SLOW))
    assert answers[0] == answers[1]
    assert answers[0]["result"]["resultCode"] == "SUCCESS"
    assert len(fixture.holds()) == 1


def test_the_same_payment_that_came_meanwhile_is_made_once(
    fixture: VaultFixture, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    answers = []
    meanwhile(lambda: answers.append(fixture.pay(card=typed_card(SLOW))))
    answers.append(fixture.pay(card=typed_card(SLOW)))
    assert answers[0] == answers[1]
    assert answers[0]["result"]["resultCode"] == "SUCCESS"
    assert fixture.rows("SELECT count(*) FROM movements") == [(1,)]


def test_a_slow_issuer_keeps_nobody_else_waiting(
    fixture: VaultFixture, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    seen = []
    meanwhile(lambda: seen.append(fixture.holder(1).add_card().request.path))
    link(fixture)
    assert seen == ["/cards"]
