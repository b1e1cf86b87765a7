"""One site is killed in the middle of each kind of its movements, and the others live on."""

from __future__ import annotations

import random
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from mock_sites import SITES
from mock_sites.shared.runtime.settings import choose_ports
from tests.mock_sites.together.test_killed_sites import (
    A_DAY,
    ENDS,
    Move,
    ask,
    assert_what_was_taken_has_its_order,
    give_back,
    has_moved,
    link_and_delete,
    movements,
    nothing_is_open,
    open_accounts,
    pay_by_card,
    pay_payee,
    until_killed,
)
from tests.mock_sites.together.test_stack_under_pressure import pay_and_order, wait_until
from tests.support.served_stack import ServedStack, served_stack

# Below what systems give away by themselves, so that nobody takes a port of a site that is down.
PORTS = range(21_000, 31_000, len(SITES))

PAID_ORDERS = "SELECT uid FROM orders WHERE state = 'PAID' AND means = 'QIWI_WALLET'"
PAID_BILLS = "SELECT bill_id FROM bills WHERE status = 'PAID' AND bill_id <> 'big'"


# Who is killed, whose books tell that something moves, and what does.
MOVEMENTS = [
    ("wallet", "wallet", pay_payee),
    ("wallet", "wallet", give_back),
    ("wallet", "wallet", pay_and_order),
    ("shop", "wallet", pay_and_order),
    ("shop", "vault", pay_by_card),
    ("vault", "vault", pay_by_card),
    ("vault", "vault", link_and_delete),
    ("phone", "wallet", pay_payee),
]


@pytest.mark.timeout(180)
@pytest.mark.parametrize(("victim", "books", "move"), MOVEMENTS)
def test_one_site_that_is_killed_and_comes_back_settles_with_the_others(
    tmp_path: Path, victim: str, books: str, move: Move
) -> None:
    data, ports = tmp_path / "data", free_ports()
    others = [site for site in SITES if site != victim]
    with served_stack(data, ports, others) as living:
        with beside(living, data, ports, victim) as killed:
            open_accounts(killed)
            told_to_stop = Event()
            moving = threading.Thread(target=until_killed, args=(move, killed, told_to_stop))
            moving.start()
            wait_until(partial(has_moved, data, books, movements(data, books)))
            # Somewhere in the middle of whatever comes next.
            Event().wait(random.uniform(0.0, 0.3))
            killed.kill()
            told_to_stop.set()
            moving.join()
        assert living.process.is_running()
        with beside(living, data, ports, victim) as back:
            assert_settled(back, data, victim, others[0])
            begin_again(back, data, books, move)


def free_ports() -> int:
    """The first of as many free ports as there are sites."""
    return next(base for base in random.sample(PORTS, len(PORTS)) if all(map(is_free, of(base))))


def of(base: int) -> list[int]:
    """The ports of the sites."""
    return list(choose_ports(base).values())


def is_free(port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket() as asker:
        return asker.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def beside(living: ServedStack, data: Path, ports: int, site: str) -> Iterator[ServedStack]:
    """One site more, in a process of its own: the whole stack again, of which it can be killed."""
    with served_stack(data, ports, [site]) as own:
        everywhere = {**living.facts["sites"], **own.facts["sites"]}
        yield ServedStack(own.process, {**own.facts, "sites": everywhere}, own.errors)


def begin_again(stack: ServedStack, data: Path, books: str, move: Move) -> None:
    """The same goes on as if nothing had happened, until somebody says stop."""
    told_to_stop = Event()
    moving = threading.Thread(target=until_killed, args=(move, stack, told_to_stop))
    moving.start()
    try:
        wait_until(partial(has_moved, data, books, movements(data, books)))
    finally:
        told_to_stop.set()
        moving.join()


def assert_settled(stack: ServedStack, data: Path, *one_of_each_process: str) -> None:
    """Money is conserved; after a day every hold has ended once, every order as its payment."""
    wait_until(lambda: answers(data, "shop", PAID_ORDERS) == answers(data, "wallet", PAID_BILLS))
    for site in one_of_each_process:
        stack.control(site, "POST", "/clock", {"advance_seconds": A_DAY})
    wait_until(partial(nothing_is_open, data))
    assert ask(data, "vault", ENDS) == 0
    assert_what_was_taken_has_its_order(data)
    for site in ("wallet", "vault"):
        assert stack.control(site, "GET", "/books")["discrepancies"] == []


def answers(data: Path, site: str, question: str) -> set[str]:
    """What a site's own database answers."""
    with closing(sqlite3.connect(data / f"{site}.sqlite3", timeout=30)) as connection:
        return {row[0] for row in connection.execute(question)}
