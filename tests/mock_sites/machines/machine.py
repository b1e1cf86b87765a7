"""What the machines share: a place of their own, the count of operations, refusals as answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import text

from mock_sites.shared.runtime.database import Database
from mock_sites.shared.values.cards import Card, Expiry
from mock_sites.shared.values.published_cards import published_cards
from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shop.domain.orders import CheckoutChanged

STEPS = 60
PICK = st.integers(0, 99)
PEOPLE = st.integers(0, 1)
# Just over the deadlines of the sites: a second, a repetition, a new code, a code's end, a day.
WAITS = st.sampled_from((1, 6, 31, 61, 301, 3601, 86_401))
CARDS = st.sampled_from([card.number for card in published_cards()])

UNBALANCED = """SELECT owner FROM accounts a WHERE balance <> (
    SELECT coalesce(sum(CASE WHEN payee_id = a.id THEN amount ELSE -amount END), 0)
    FROM movements WHERE a.id IN (payee_id, payer_id))"""
OVERDRAWN = "SELECT owner FROM accounts WHERE balance < 0 AND owner <> 'outside'"
PAID_OTHERWISE_THAN_ONCE = """SELECT uid FROM bills b WHERE (status = 'PAID') <> (
    SELECT count(*) FROM payments p WHERE p.bill_uid = b.uid AND p.status = 'PAID')
    OR (status = 'PAID') <> (SELECT count(*) FROM movements m WHERE m.key = 'bill:' || b.uid)"""
ENDED_OTHERWISE_THAN_ONCE = """SELECT id FROM holds h WHERE
    (h.state NOT IN ('HELD', 'CAPTURED')) <> (SELECT count(*) FROM hold_events e
        WHERE e.hold_id = h.id AND e.state NOT IN ('HELD', 'CAPTURED'))
    OR (h.state NOT IN ('HELD', 'CAPTURED')) <> (ended_by IS NOT NULL)"""
# What the vault's books say of a cent, beside what the issuer's own list may say of it then.
OTHERWISE_AT_THE_ISSUER = """SELECT c.token FROM holds h JOIN cards c ON c.id = h.card_id
    LEFT JOIN issuer_authorisations a ON a.key = c.token
    WHERE a.key IS NULL OR a.amount <> h.amount OR a.currency <> h.currency OR NOT CASE h.state
        WHEN 'RETURNED' THEN a.state = 'VOIDED'
        WHEN 'REFUNDED' THEN a.state = 'REFUNDED'
        WHEN 'FAILED' THEN a.state = 'WITHDRAWN'
        WHEN 'CAPTURED' THEN a.state IN ('SETTLED', 'REFUNDED')
        ELSE h.tries > 0 OR a.state IN ('HELD', 'SETTLED', 'WITHDRAWN') END"""
KEPT_FOR_NOTHING = """SELECT key FROM issuer_authorisations WHERE state IN ('HELD', 'SETTLED')
    AND key NOT IN (SELECT token FROM cards) AND key NOT IN (SELECT token FROM cent_requests)"""
HELD_WITHOUT_A_HOLD = """SELECT coalesce(
    (SELECT sum(balance) FROM accounts WHERE owner = 'held'), 0)
    - (SELECT count(*) FROM holds WHERE state = 'HELD')"""


class Machine(RuleBasedStateMachine):
    """A machine on sites of its own, gone with it; each call of :meth:`do` is one operation."""

    operations: ClassVar[int] = 0
    refusals: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.folder = Path(self.opened.enter_context(TemporaryDirectory()))

    def do(self, act: Callable[[], Any]) -> None:
        """One operation: a refusal is an answer like any other, and any other error is a bug."""
        Machine.operations += 1
        try:
            act()
        except (Refusal, NotFound, CheckoutChanged):
            Machine.refusals += 1

    def teardown(self) -> None:
        """Let everything settle, look at it once more, and be gone."""
        with self.opened:
            self.settle()

    def settle(self) -> None:
        """Each machine says what must hold once nothing goes wrong any more."""
        raise NotImplementedError


def found(database: Database, statement: str) -> list[Any]:
    """The first column of what a database itself answers."""
    with database.transaction() as session:
        return [row[0] for row in session.execute(text(statement))]


def assert_books_balance(database: Database) -> None:
    """No money was made or lost, and nobody has less than nothing."""
    assert found(database, UNBALANCED) == []
    assert found(database, OVERDRAWN) == []
    assert found(database, "SELECT coalesce(sum(balance), 0) FROM accounts") == [0]


def assert_holds_end_once(database: Database) -> None:
    """Each hold has ended once or not yet, and what is held is the holds'."""
    assert found(database, ENDED_OTHERWISE_THAN_ONCE) == []
    assert found(database, HELD_WITHOUT_A_HOLD) == [0]
    assert found(database, OTHERWISE_AT_THE_ISSUER) == []
    assert found(database, KEPT_FOR_NOTHING) == []


def typed(number: str) -> Card:
    """A card as somebody types it."""
    code = "4321" if number.startswith("3") else "432"
    return Card(number, "Anna Petrova", Expiry(2040, 12), code)


def run(machine: type[Machine], examples: int, number: int | None = None) -> None:
    """Run a machine N times, up to sixty steps each; the same ``number`` makes the same runs."""
    chosen = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    if number is not None:
        seed(number)(machine)
    with quiet():
        run_state_machine_as_test(machine, settings=chosen)


@contextmanager
def quiet() -> Iterator[None]:
    """Without the sites' warnings: what goes wrong here was meant to."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
