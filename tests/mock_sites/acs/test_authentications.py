"""The rules of 3-D Secure: a request begins once and ends once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mock_sites.acs.domain import (
    CODES_ALLOWED,
    NEW_ONE_AFTER,
    VALID_FOR,
    WRONG_ALLOWED,
    Authentications,
    NewAuthentication,
)
from mock_sites.acs.store import AuthenticationState, Base
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.published_cards import Authentication, published_cards
from mock_sites.shared.values.refusal import Refusal

UID = "00000000-0000-0000-0000-000000000000"
CHALLENGE, FRICTIONLESS, UNAVAILABLE = "4000000000003220", "4000000000003055", "4000008400001280"
PLAIN = "4111111111111111"
WANTED = NewAuthentication(UID, "+79161234567", CHALLENGE, Money(1, "USD"), "http://vault/back")


class Issuer:
    """The rules on a database of their own, with the codes that were sent."""

    def __init__(self, database: Database) -> None:
        self.clock = Clock()
        self.codes: list[str] = []
        self.reaches_phone = True
        self.rules = Authentications(database, self.clock, "key", self._send)

    def _send(self, _phone: str, code: str) -> bool:
        self.codes.append(code)
        return self.reaches_phone

    @property
    def wrong_code(self) -> str:
        return f"{(int(self.codes[-1]) + 1) % 10**6:06}"

    def state(self) -> AuthenticationState:
        return self.rules.read(UID).state


@pytest.fixture
def issuer(tmp_path: Path) -> Iterator[Issuer]:
    with closing(Database(f"sqlite:///{tmp_path / 'acs.sqlite3'}", Base)) as database:
        yield Issuer(database)


def test_the_right_code_passes_in_any_script(issuer: Issuer) -> None:
    issuer.rules.begin(WANTED)
    typed = issuer.codes[0].translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    issuer.rules.answer(UID, f" {typed[:3]} {typed[3:]} ")
    assert issuer.state() == AuthenticationState.PASSED


def test_only_so_many_wrong_codes_are_allowed(issuer: Issuer) -> None:
    issuer.rules.begin(WANTED)
    for _ in range(WRONG_ALLOWED - 1):
        with pytest.raises(Refusal, match=r"code\.wrong"):
            issuer.rules.answer(UID, issuer.wrong_code)
    issuer.rules.answer(UID, issuer.wrong_code)
    issuer.rules.answer(UID, issuer.codes[0])
    assert issuer.state() == AuthenticationState.FAILED


def test_what_is_no_code_is_not_counted(issuer: Issuer) -> None:
    issuer.rules.begin(WANTED)
    for _ in range(WRONG_ALLOWED + 1):
        with pytest.raises(Refusal):
            issuer.rules.answer(UID, "12345")
    issuer.rules.answer(UID, issuer.codes[0])
    assert issuer.state() == AuthenticationState.PASSED


def test_a_new_code_makes_the_one_before_worthless(issuer: Issuer) -> None:
    issuer.rules.begin(WANTED)
    issuer.clock.advance(NEW_ONE_AFTER)
    issuer.rules.send_new_code(UID)
    with pytest.raises(Refusal, match=r"code\.wrong"):
        issuer.rules.answer(UID, issuer.codes[0])
    issuer.rules.answer(UID, issuer.codes[1])
    assert issuer.state() == AuthenticationState.PASSED


def test_a_new_code_can_be_asked_for_after_a_while_only(issuer: Issuer) -> None:
    issuer.rules.begin(WANTED)
    issuer.clock.advance(NEW_ONE_AFTER - timedelta(seconds=5))
    with pytest.raises(Refusal, match=r"code\.too-soon"):
        issuer.rules.send_new_code(UID)
    issuer.rules.answer(UID, issuer.codes[0])
    assert (issuer.state(), len(issuer.codes)) == (AuthenticationState.PASSED, 1)


def test_only_so_many_codes_are_sent(issuer: Issuer) -> None:
    issuer.rules.begin(WANTED)
    for _ in range(CODES_ALLOWED - 1):
        issuer.clock.advance(NEW_ONE_AFTER)
        issuer.rules.send_new_code(UID)
    issuer.clock.advance(NEW_ONE_AFTER)
    with pytest.raises(Refusal, match=r"code\.too-many-messages"):
        issuer.rules.send_new_code(UID)
    issuer.rules.answer(UID, issuer.codes[-1])
    assert (issuer.state(), len(issuer.codes)) == (AuthenticationState.PASSED, CODES_ALLOWED)


def test_a_new_code_gives_neither_more_tries_nor_more_time(issuer: Issuer) -> None:
    issuer.rules.begin(WANTED)
    for _ in range(WRONG_ALLOWED - 1):
        with pytest.raises(Refusal):
            issuer.rules.answer(UID, issuer.wrong_code)
    issuer.clock.advance(NEW_ONE_AFTER)
    ends_at = issuer.rules.read(UID).ends_at
    assert issuer.rules.send_new_code(UID).ends_at == ends_at
    issuer.rules.answer(UID, issuer.wrong_code)
    assert issuer.state() == AuthenticationState.FAILED


def test_a_new_code_that_cannot_be_sent_leaves_the_challenge_open(issuer: Issuer) -> None:
    issuer.rules.begin(WANTED)
    issuer.clock.advance(NEW_ONE_AFTER)
    issuer.reaches_phone = False
    with pytest.raises(Refusal, match=r"code\.not-sent"):
        issuer.rules.send_new_code(UID)
    assert issuer.state() == AuthenticationState.PENDING


@pytest.mark.parametrize("end", ["abandon", "expire"])
def test_what_has_ended_sends_no_code(issuer: Issuer, end: str) -> None:
    issuer.rules.begin(WANTED)
    if end == "abandon":
        issuer.rules.abandon(UID)
    issuer.clock.advance(VALID_FOR)
    issuer.rules.send_new_code(UID)
    assert issuer.state() != AuthenticationState.PENDING
    assert len(issuer.codes) == 1


def test_a_challenge_expires(issuer: Issuer) -> None:
    issuer.rules.begin(WANTED)
    issuer.clock.advance(VALID_FOR - timedelta(seconds=1))
    assert issuer.state() == AuthenticationState.PENDING
    issuer.clock.advance(timedelta(seconds=1))
    issuer.rules.answer(UID, issuer.codes[0])
    assert issuer.state() == AuthenticationState.EXPIRED


def test_a_challenge_that_was_given_up_takes_no_code(issuer: Issuer) -> None:
    issuer.rules.begin(WANTED)
    issuer.rules.abandon(UID)
    issuer.rules.answer(UID, issuer.codes[0])
    assert issuer.state() == AuthenticationState.ABANDONED


@pytest.mark.parametrize(
    ("number", "state"),
    [
        (FRICTIONLESS, AuthenticationState.PASSED),
        (UNAVAILABLE, AuthenticationState.UNAVAILABLE),
    ],
)
def test_without_a_challenge_the_end_comes_at_once(
    issuer: Issuer, number: str, state: AuthenticationState
) -> None:
    issuer.rules.begin(replace(WANTED, number=number))
    assert (issuer.state(), issuer.codes) == (state, [])


def test_a_code_that_cannot_be_sent_ends_the_challenge(issuer: Issuer) -> None:
    issuer.reaches_phone = False
    issuer.rules.begin(WANTED)
    assert issuer.state() == AuthenticationState.UNAVAILABLE


def test_the_same_request_again_sends_no_second_code(issuer: Issuer) -> None:
    issuer.rules.begin(WANTED)
    issuer.rules.begin(WANTED)
    assert len(issuer.codes) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"phone": "+79160000001"},
        {"number": FRICTIONLESS},
        {"money": Money(2, "USD")},
        {"money": Money(1, "EUR")},
        {"return_url": "http://elsewhere/"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_the_same_id_with_other_facts_is_a_conflict(issuer: Issuer, other: dict[str, Any]) -> None:
    issuer.rules.begin(WANTED)
    with pytest.raises(Refusal, match=r"authentication\.conflict"):
        issuer.rules.begin(replace(WANTED, **other))
    assert issuer.state() == AuthenticationState.PENDING


def test_a_card_without_3_d_secure_is_refused(issuer: Issuer) -> None:
    with pytest.raises(Refusal, match=r"card\.not-enrolled"):
        issuer.rules.begin(replace(WANTED, number=PLAIN))


def test_the_last_four_digits_tell_the_cards_with_3d_secure_apart() -> None:
    """A request keeps no more of a number, and the same id with another card is a conflict."""
    enrolled = [
        card.number for card in published_cards() if card.authentication is not Authentication.NONE
    ]
    assert len(enrolled) > 1
    assert len({number[-4:] for number in enrolled}) == len(enrolled)
