"""Walk W1 over HTTP on the mock sites; one that sees something else fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing

import httpx
import pytest

from benchmarks.harnesses.with_sites import facts_of, running_stacks
from benchmarks.peers.http_walk import HttpWalk, new_client
from benchmarks.peers.sites import Sites
from benchmarks.peers.whole_walk import whole_way


@pytest.fixture(scope="module")
def places() -> Iterator[list[dict[str, str]]]:
    """The environment of two workers, each with sites of its own."""
    with running_stacks(2) as stacks:
        facts = facts_of(stacks)
        yield [{**facts, "WALK_WORKER": str(number)} for number in range(2)]


@pytest.fixture
def sites(places: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Sites]]:
    """The sites of each worker."""
    with ExitStack() as exits:
        found = []
        for place in places:
            for name, value in place.items():
                monkeypatch.setenv(name, value)
            found.append(exits.enter_context(closing(Sites())))
        yield found


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with new_client() as client:
        yield client


def test_the_whole_way_is_walked_on_the_sites_of_each_worker(
    sites: list[Sites], client: httpx.Client
) -> None:
    first, second = sites
    assert first.wallet != second.wallet
    for own in (first, second, second):
        whole_way(HttpWalk(client, own))


def test_a_walk_that_sees_something_else_fails(sites: list[Sites], client: httpx.Client) -> None:
    walk = HttpWalk(client, sites[0])
    walk.sign_in()
    walk.has_in_another_tab("1000.00")
    with pytest.raises(AssertionError):
        walk.holds("850.00")
    with pytest.raises(AssertionError):
        walk.is_on_page("Steam")
    with pytest.raises(AssertionError):
        walk.is_offered("Games")
    with pytest.raises(AssertionError):
        walk.sees("night_owl_42")


def test_a_walk_begins_without_the_session_of_the_one_before(
    sites: list[Sites], client: httpx.Client
) -> None:
    HttpWalk(client, sites[0]).sign_in()
    assert client.cookies
    HttpWalk(client, sites[0])
    assert not client.cookies
