"""The one cent that checks a card: held once, ended once, and written down (C2.5)."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from mock_sites.shared.values.cards import Card, Expiry
from mock_sites.shared.values.published_cards import published_cards
from mock_sites.shared.values.refusal import Refusal
from mock_sites.vault.domain.holds import due, of_person
from mock_sites.vault.store import HoldRow
from tests.support.vault_fixture import MIR, VISA, VaultFixture, code_for

OPERATIONS = 1_000


def states(fixture: VaultFixture) -> list[list[str]]:
    return [[event["state"] for event in hold["events"]] for hold in fixture.holds()]


def test_the_cent_may_be_held_for_a_day_and_is_then_back(fixture: VaultFixture) -> None:
    holder = fixture.holder()
    holder.add_card()
    fixture.advance(hours=23, minutes=59)
    assert "Being checked" in holder.rows()[0]
    assert fixture.money_of("held") == 1

    fixture.advance(minutes=1)

    assert "Linked" in holder.rows()[0]
    assert "One kopek" not in holder.open("/cards").text
    assert states(fixture) == [["HELD", "RETURNED"]]
    assert fixture.money_of("held") == 0
    assert fixture.discrepancies() == []


def test_the_worker_gives_the_cent_back_without_a_visitor(fixture: VaultFixture) -> None:
    fixture.holder().add_card()
    returner = fixture.site.workers[1]
    due_in = returner.run_once()
    assert due_in is not None
    assert timedelta(hours=23, minutes=58) < due_in <= timedelta(hours=24)

    fixture.advance(hours=24)

    assert returner.run_once() is None
    assert fixture.rows("SELECT state FROM holds") == [("RETURNED",)]


def test_a_step_of_the_clock_wakes_every_worker(fixture: VaultFixture) -> None:
    for worker in fixture.site.workers:
        worker._woken.clear()
    fixture.advance(seconds=1)
    assert [worker._woken.is_set() for worker in fixture.site.workers] == [True] * 3


def test_a_card_deleted_while_the_cent_is_held_gives_it_back_once(fixture: VaultFixture) -> None:
    holder = fixture.holder()
    holder.add_card()
    holder.send("/cards/delete", "/cards", card=holder.tokens())
    assert states(fixture) == [["HELD", "RETURNED"]]
    fixture.advance(hours=48)
    fixture.site.workers[1].run_once()
    assert states(fixture) == [["HELD", "RETURNED"]]
    assert fixture.money_of("held") == 0
    assert fixture.rows("SELECT state FROM cards") == [("DELETED",)]


def test_of_a_deleted_card_only_what_its_trail_needs_is_kept(fixture: VaultFixture) -> None:
    holder = fixture.holder()
    holder.add_card()
    holder.send("/cards/delete", "/cards", card=holder.tokens())
    columns = "fingerprint, holder, country, postal_code, address, main"
    assert fixture.rows(f"SELECT {columns} FROM cards") == [(None, "", None, None, None, 0)]


def test_a_check_that_the_issuer_withdraws_links_nothing(fixture: VaultFixture) -> None:
    holder = fixture.holder()
    holder.add_card(VISA)
    holder.add_card(MIR)
    visa = holder.tokens()[1]

    fixture.control("POST", f"/cards/{visa}/withdraw")
    fixture.advance(hours=25)

    assert states(fixture) == [["HELD", "FAILED"], ["HELD", "RETURNED"]]
    mir, failed = holder.rows()
    assert "Main card" in mir
    assert "Not linked" in failed
    assert [card["brand"] for card in fixture.cards()] == ["MIR"]
    assert fixture.discrepancies() == []


def test_a_card_whose_check_failed_can_neither_be_main_nor_edited_nor_pay(
    fixture: VaultFixture,
) -> None:
    holder = fixture.holder()
    holder.add_card()
    [token] = holder.tokens()
    fixture.control("POST", f"/cards/{token}/withdraw")
    holder.add_card(MIR)
    assert holder.send(f"/cards/{token}/main", "/cards").status_code == 404
    assert fixture.pay(paymentMethodId=token)["result"]["resultCode"] == "CARD_NOT_FOUND"
    holder.add_card(VISA)
    assert [row[:4] for row in holder.rows()] == ["Visa", "Mir ", "Visa"]


def test_a_link_that_is_final_is_not_withdrawn(fixture: VaultFixture) -> None:
    holder = fixture.holder()
    holder.add_card()
    [token] = holder.tokens()
    fixture.advance(hours=24)
    assert fixture.control("POST", f"/cards/{token}/withdraw") == {"withdrawn": token}
    assert states(fixture) == [["HELD", "RETURNED"]]
    assert "Linked" in holder.rows()[0]


def test_a_card_deleted_after_its_check_has_had_its_cent_back_once(fixture: VaultFixture) -> None:
    holder = fixture.holder()
    holder.add_card()
    fixture.advance(hours=24)
    holder.send("/cards/delete", "/cards", card=holder.tokens())
    assert holder.rows() == []
    assert states(fixture) == [["HELD", "RETURNED"]]
    assert fixture.discrepancies() == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE holds SET state = 'FAILED' WHERE id = 1", "a hold ends once"),
        ("UPDATE holds SET state = 'HELD', ended_by = NULL, ended_at = NULL", "a hold ends once"),
        ("DELETE FROM holds", "a hold ends once"),
        ("UPDATE hold_events SET state = 'FAILED'", "the trail is final"),
        ("DELETE FROM hold_events", "the trail is final"),
        ("INSERT INTO hold_events (hold_id, state, at) VALUES (1, 'FAILED', '2026')", "UNIQUE"),
        ("INSERT INTO hold_events (hold_id, state, at) VALUES (1, 'HELD', '2026')", "UNIQUE"),
        ("UPDATE cards SET main = 1", "UNIQUE"),
        ("UPDATE cards SET fingerprint = 'x'", "UNIQUE"),
        ("UPDATE cards SET state = 'DELETED' WHERE id = 1", "remembered_while_it_counts"),
    ],
)
def test_the_database_itself_refuses(fixture: VaultFixture, change: str, why: str) -> None:
    holder = fixture.holder()
    holder.add_card(VISA)
    holder.add_card(MIR)
    fixture.advance(hours=24)
    holder.rows()
    database = fixture.site.database
    with pytest.raises(IntegrityError, match=why), database.transaction() as session:
        session.execute(text(change))


def test_a_hold_cannot_end_without_a_movement(fixture: VaultFixture) -> None:
    fixture.holder().add_card()
    with (
        pytest.raises(IntegrityError, match="ended_by_a_movement"),
        fixture.site.database.transaction() as session,
    ):
        session.execute(text("UPDATE holds SET state = 'RETURNED', ended_at = '2026'"))


def test_money_that_no_hold_explains_is_noticed(fixture: VaultFixture) -> None:
    fixture.holder().add_card()
    with fixture.site.database.transaction() as session:
        session.execute(text("UPDATE accounts SET balance = balance + 1 WHERE owner = 'held'"))
    found = fixture.discrepancies()
    assert "2 RUB are held, the open holds make 1" in found


class Walk:
    """Somebody who links, deletes, chooses and waits at random, without the pages."""

    def __init__(self, fixture: VaultFixture, random: Random) -> None:
        self.fixture = fixture
        self.cards = fixture.vault_itself.cards
        self.phone = fixture.phone()
        self.random = random

    def step(self) -> None:
        acts = [self.link, self.link, self.delete, self.make_main, self.advance, self.withdraw]
        self.random.choice(acts)()

    def link(self) -> None:
        number = self.random.choice([card.number for card in published_cards()])
        card = Card(number, "Anna Petrova", Expiry(2040, 12), code_for(number))
        with suppress(Refusal):
            self.cards.link(self.phone, card)

    def delete(self) -> None:
        tokens = [card.token for card in self.cards.of(self.phone)]
        self.cards.delete(self.phone, self.random.sample(tokens, min(len(tokens), 2)))

    def make_main(self) -> None:
        for token in self._one():
            self.cards.make_main(self.phone, token)

    def withdraw(self) -> None:
        for token in self._one():
            self.cards.withdraw(token)

    def advance(self) -> None:
        self.fixture.advance(hours=self.random.choice([1, 6, 23, 24]))

    def _one(self) -> list[str]:
        tokens = [card.token for card in self.cards.of(self.phone)]
        return self.random.sample(tokens, min(len(tokens), 1))


@pytest.mark.timeout(180)
def test_after_a_thousand_random_acts_every_hold_has_ended_exactly_once(
    fixture: VaultFixture,
) -> None:
    walk = Walk(fixture, Random(20261121))
    for _ in range(OPERATIONS):
        walk.step()
        mains = [card.main for card in walk.cards.of(walk.phone)]
        assert mains.count(True) == min(1, len(mains))

    fixture.advance(hours=24)

    assert {card["status"] for card in fixture.cards()} <= {"SUCCESS"}
    ended = states(fixture)
    assert len(ended) > OPERATIONS / 10
    assert {tuple(trail) for trail in ended} == {("HELD", "RETURNED"), ("HELD", "FAILED")}
    movements = fixture.rows("SELECT count(*) FROM movements WHERE key LIKE '%end'")
    assert movements == [(len(ended),)]
    assert fixture.money_of("held") == 0
    assert fixture.discrepancies() == []


def test_a_hold_is_over_at_its_very_moment(fixture: VaultFixture) -> None:
    fixture.holder().add_card()
    with fixture.site.database.transaction() as session:
        [hold] = session.scalars(select(HoldRow))
        moment = hold.due_at
        assert due(session, moment - timedelta(microseconds=1)) == []
        assert due(session, moment) == [hold]


def test_holds_come_in_the_order_in_which_they_are_over(fixture: VaultFixture) -> None:
    holder = fixture.holder()
    for number in (VISA, MIR):
        holder.add_card(number)
    with fixture.site.database.transaction() as session:
        first, second = session.scalars(select(HoldRow).order_by(HoldRow.id))
        moment = first.due_at + timedelta(hours=1)
        second.due_at = first.due_at - timedelta(seconds=1)
        session.flush()
        assert due(session, moment) == [second, first]
        second.due_at = first.due_at
        session.flush()
        assert due(session, moment) == [first, second]
        assert of_person(session, fixture.phone()) == [first, second]
