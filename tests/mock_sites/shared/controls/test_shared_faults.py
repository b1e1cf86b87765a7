"""Faults of a site that two processes serve."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest

from mock_sites.phone.store import Base
from mock_sites.shared.controls.faults import About, Faults, Kind, NewFault, Place
from mock_sites.shared.controls.shared_faults import SharedFaults, faults_of
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.values.refusal import NotFound

PHONE = "+79160000001"
LOST = NewFault(place=Place.MESSAGE, kind=Kind.LOST, phone=PHONE, times=3)


@pytest.fixture
def databases(new_databases: Callable[[], str]) -> Iterator[list[Database]]:
    """The database of a site, as two processes open it."""
    url = new_databases().replace("{site}", "phone")
    with ExitStack() as opened:
        yield [opened.enter_context(closing(Database(url, Base))) for _ in range(2)]


@pytest.fixture
def both(databases: list[Database]) -> list[Faults]:
    """The faults of a site as two of its processes know them."""
    return [faults_of(database, controls=True) for database in databases]


def test_a_fault_that_one_process_was_told_strikes_in_the_other(both: list[Faults]) -> None:
    ours, theirs = both
    fault = ours.set(LOST)

    struck = theirs.strike(Place.MESSAGE, About(said=PHONE))

    assert struck is not None
    assert (struck.id, struck.kind, struck.left) == (fault.id, Kind.LOST, 2)
    assert [each.facts() for each in ours.all()] == [struck.facts()]
    assert theirs.strike(Place.MESSAGE, About(said="+79160000002")) is None


def test_it_strikes_as_often_as_it_was_set_however_many_are_struck_at_once(
    both: list[Faults],
) -> None:
    both[0].set(LOST)

    def strike(number: int) -> bool:
        return both[number % 2].strike(Place.MESSAGE, About(said=PHONE)) is not None

    with ThreadPoolExecutor(8) as threads:
        struck = list(threads.map(strike, range(20)))

    assert sum(struck) == 3
    assert not both[0].threaten(Place.MESSAGE)


def test_a_removed_fault_is_gone_in_both(both: list[Faults]) -> None:
    fault = both[0].set(LOST)

    both[1].remove(fault.id)

    assert both[0].all() == []
    for unknown in (fault.id, "no number", "0", "9" * 10, "9" * 30, "١"):
        with pytest.raises(NotFound):
            both[0].remove(unknown)


def test_without_controls_there_are_none(databases: list[Database]) -> None:
    SharedFaults(databases[0]).set(LOST)

    faults = faults_of(databases[0], controls=False)

    assert faults.strike(Place.MESSAGE, About(said=PHONE)) is None
