"""What is wanted of virtual buyers, and what is counted: the JSON between the processes."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import BaseModel, Field

from checkout_conformance.people import Buyer


class PlannedVisit(BaseModel):
    """A buyer who comes ``at`` so many seconds after the start, and walks one procedure."""

    at: float
    procedure: str
    name: str
    phone: str
    password: str = Field(repr=False)

    @property
    def buyer(self) -> Buyer:
        """The buyer."""
        return Buyer(self.name, self.phone, self.password)


class Job(BaseModel):
    """The work of one worker, or of all: the visits, and the target as its file describes it.

    ``urls``, ``control_token`` and ``merchant_key`` are those of mock sites that the command has
    started. ``spend``: the most that these visits may spend, by currency. ``think``: the shortest
    and the longest pause after a clause, in seconds. ``buyers``: how many of all may be busy at a
    time.
    """

    target: str
    locale: str | None = None
    urls: dict[str, str] = {}
    control_token: str = Field(default="", repr=False)
    merchant_key: str = Field(default="", repr=False)
    spend: dict[str, Decimal] = {}
    think: tuple[float, float]
    buyers: int
    visits: list[PlannedVisit]

    def shares(self, workers: int) -> list[Job]:
        """Divide visits and spending limit among workers, so that the sums hold.

        All visits of one buyer go to one worker, who has them come one after the other.
        """
        phones = dict.fromkeys(visit.phone for visit in self.visits)
        worker_of = {phone: number % workers for number, phone in enumerate(phones)}
        return [
            self.model_copy(
                update={
                    "visits": [one for one in self.visits if worker_of[one.phone] == number],
                    "spend": {name: most / workers for name, most in self.spend.items()},
                }
            )
            for number in range(workers)
        ]


class Row(BaseModel):
    """The counts of one clause, address or visit; times are in milliseconds."""

    kind: str
    name: str
    times: int
    failures: int
    mean: float
    median: float
    p95: float
    p99: float
    longest: float


class Failure(BaseModel):
    """How often something failed for one reason."""

    kind: str
    name: str
    reason: str
    times: int


class CanaryJob(BaseModel):
    """The work of a canary: to walk the procedures in turn, each time as a new buyer of ``seed``.

    The other fields are as in :class:`Job`.
    """

    target: str
    locale: str | None = None
    urls: dict[str, str]
    control_token: str = Field(repr=False)
    merchant_key: str = Field(repr=False)
    procedures: list[str]
    seed: str
    think: tuple[float, float]


class CanaryCounted(BaseModel):
    """What canaries have counted."""

    rows: list[Row] = []
    failures: list[Failure] = []


class Counted(BaseModel):
    """The result of a load: rows, failures, and what happened in each second of it.

    ``workers_lost``: how many workers ended before they had done their share.
    """

    rows: list[Row] = []
    failures: list[Failure] = []
    visits_by_second: dict[int, int] = {}
    requests_by_second: dict[int, int] = {}
    workers_lost: int = 0
    # What the real browsers beside the load have counted, in the same kinds of rows.
    canaries: list[Row] = []
    canary_failures: list[Failure] = []

    def row(self, kind: str, name: str) -> Row | None:
        """Return a row, or None if nothing of it was counted."""
        return next((row for row in self.rows if (row.kind, row.name) == (kind, name)), None)

    def of_kind(self, kind: str) -> list[Row]:
        """Return the rows of a kind by their names."""
        return sorted((row for row in self.rows if row.kind == kind), key=lambda row: row.name)


CLAUSE, ADDRESS, VISIT, ARRIVAL = "clause", "address", "visit", "arrival"
# The name of the row that says how late buyers came, because all places were taken.
LATE = "waited for a free place"


@dataclass(frozen=True)
class Arrivals:
    """How buyers arrive: ``rate`` a second on average, for ``seconds``, by procedure and weight."""

    rate: float
    seconds: float
    procedures: Mapping[str, int]
    seed: int

    def draw(self) -> Sequence[tuple[float, str]]:
        """Draw moments and procedures; the same again for the same seed.

        Buyers do not wait for one another (a Poisson process): the load does not become less when
        the sites become slower.
        """
        chance = random.Random(self.seed)
        names, weights = list(self.procedures), list(self.procedures.values())
        drawn, at = [], chance.expovariate(self.rate)
        while at < self.seconds:
            drawn.append((round(at, 3), chance.choices(names, weights)[0]))
            at += chance.expovariate(self.rate)
        return drawn
