"""One run: threads of buyers, kills in between, then rest, and what must hold after it."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx

from tests.mock_sites.stress.buyer import Buyer
from tests.mock_sites.stress.flows import FLOWS
from tests.mock_sites.stress.sites import Sites
from tests.mock_sites.stress.tally import BrokenOff, Done, Tally

BUYERS_OF_A_THREAD = 3
# By the stack's clock: longer than any pause of the sites, and than a cent is held.
PAUSE, A_DAY = 301, 86_401
SECONDS_TO_SETTLE = 180.0
LOOK_EVERY_SECONDS = 0.5
TELL_EVERY_SECONDS = 5.0


@dataclass(frozen=True)
class Wanted:
    """How much a run does: ``seed`` makes the same choices again, not the same interleaving."""

    operations: int
    threads: int
    kills: int
    seed: int
    # The URL of databases, with {site} in it, and how many processes use them.
    database: str = ""
    workers: int = 1

    @property
    def options(self) -> list[str]:
        """The options of the sites for it."""
        if not self.database:
            return []
        return ["--database", self.database, "--workers", str(self.workers)]


def run(wanted: Wanted, data: Path, tell: Callable[[str], None]) -> Tally:
    """Make a run on new sites in ``data``; ``tell`` is given a line of progress now and then."""
    tally, sites = Tally(wanted.operations), Sites(data, wanted.options)
    try:
        buyers = _buyers(wanted, sites, tally)
        threads = [
            _thread(sites, tally, own, random.Random(f"{wanted.seed} {number}"))
            for number, own in enumerate(buyers)
        ]
        for thread in threads:
            thread.start()
        _kill_in_between(wanted, sites, tally, threads, tell)
        for thread in threads:
            thread.join()
        tell("every operation is made; waiting until everything has settled")
        _settle_and_check(sites, tally, [buyer for own in buyers for buyer in own])
        for buyer in itertools.chain.from_iterable(buyers):
            buyer.close()
    finally:
        sites.stop()
        tally.log = sites.log
    return tally


def _buyers(wanted: Wanted, sites: Sites, tally: Tally) -> list[list[Buyer]]:
    """Three buyers for each thread, so that what one thread does is a buyer's own."""
    numbers = itertools.count(1)
    buyers = []
    for thread in range(wanted.threads):
        chance = random.Random(f"{wanted.seed} buyers {thread}")
        phones = [f"+7925{next(numbers):07}" for _ in range(BUYERS_OF_A_THREAD)]
        buyers.append([Buyer(phone, sites, tally, chance) for phone in phones])
    for buyer in itertools.chain.from_iterable(buyers):
        buyer.open_accounts()
    return buyers


def _thread(sites: Sites, tally: Tally, own: list[Buyer], chance: random.Random) -> Thread:
    return Thread(target=_act, args=(sites, tally, own, chance), daemon=True)


def _act(sites: Sites, tally: Tally, buyers: list[Buyer], chance: random.Random) -> None:
    flows, weights = list(FLOWS), list(FLOWS.values())
    while True:
        sites.up.wait()
        [flow] = chance.choices(flows, weights)
        try:
            flow(chance.choice(buyers))
        except Done:
            return
        except (BrokenOff, httpx.HTTPError):
            tally.note("(broken off)")
        except Exception as error:
            tally.violation(f"{flow.__name__} failed: {error!r}")


def _kill_in_between(
    wanted: Wanted,
    sites: Sites,
    tally: Tally,
    threads: list[Thread],
    tell: Callable[[str], None],
) -> None:
    """Kill at random moments, spread over the run, and tell how far it is."""
    chance = random.Random(f"{wanted.seed} kills")
    due = sorted(chance.randrange(wanted.operations) for _ in range(wanted.kills))
    told = time.monotonic()
    while any(thread.is_alive() for thread in threads):
        if due and tally.begun >= due[0]:
            due.pop(0)
            sites.kill_and_restart()
            tally.note("(kill)")
        if time.monotonic() > told + TELL_EVERY_SECONDS:
            told = time.monotonic()
            kills = wanted.kills - len(due)
            tell(f"{tally.begun} of {wanted.operations} operations, {kills} kills")
        Event().wait(0.05)


def _settle_and_check(sites: Sites, tally: Tally, buyers: list[Buyer]) -> None:
    for site in ("wallet", "shop", "vault", "phone"):
        for fault in sites.control(site, "GET", "/faults"):
            sites.control(site, "DELETE", f"/faults/{fault['id']}")
    books = _settle(sites)
    for kind in ("pending", "not_compared", "discrepancies"):
        for line in books[kind]:
            tally.violation(f"{kind}: {line}")
    for bill in sites.control("wallet", "GET", "/bills"):
        if bill["times_paid"] != (bill["status"] == "PAID"):
            tally.violation(f"bill {bill['bill_id']} was paid {bill['times_paid']} times")
        _check_notifications(sites, tally, bill)
    for buyer in buyers:
        for order in sites.control("shop", "GET", f"/orders?phone=%2B{buyer.phone[1:]}"):
            tally.note(f"(order {order['means']} {order['state']})")


def _check_notifications(sites: Sites, tally: Tally, bill: dict[str, Any]) -> None:
    """Nobody is told once more what has been acknowledged."""
    query = httpx.QueryParams(site_id=bill["site_id"], bill_id=bill["bill_id"])
    for told in sites.control("wallet", "GET", f"/notifications?{query}"):
        times = sum(each["acknowledged"] for each in told["tries"])
        tally.note(f"(notification acknowledged {times} times)")
        if times > 1:
            tally.violation(f"bill {bill['bill_id']}: {times} notifications were acknowledged")


def _settle(sites: Sites) -> dict[str, list[str]]:
    """The books once nothing is pending any more, or as they are when the time is over."""
    deadline = time.monotonic() + SECONDS_TO_SETTLE
    while True:
        for step in (PAUSE, PAUSE, A_DAY):
            sites.control("wallet", "POST", "/clock", {"advance_seconds": step})
            Event().wait(LOOK_EVERY_SECONDS)
        books: dict[str, list[str]] = sites.control("shop", "GET", "/books")
        if not books["pending"] or time.monotonic() > deadline:
            return books
