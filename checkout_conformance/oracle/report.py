"""The report on oracle mutants: the models of ``oracle.json``, and how results become it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt
from statistics import NormalDist
from typing import Literal

from pydantic import Field

from checkout_conformance.deviants.deviant import REFERENCE
from checkout_conformance.deviants.matrix import MatrixModel, Outcome
from checkout_conformance.oracle.assertions import Assertion
from checkout_conformance.oracle.switch import NEGATE
from checkout_conformance.oracle.trials import Trial, TrialResult
from checkout_conformance.plan import Key

NEVER_REACHED = "no scenario that passes comes to it"
STOPS_NOTHING = "no deviant fails at it"
NO_DIFFERENCE = "every deviant comes out the same without it"
# The deviants that an assertion kills tell most; then those that it keeps from being judged.
TELLING = (Outcome.KILLED, Outcome.BROKE, Outcome.WRONG_PLACE)


class MutantRecord(MatrixModel):
    """A mutant of an assertion, and who noticed it."""

    operator: str = Field(description="drop, negate, or a weaker form")
    noticed: bool
    site: str | None = Field(
        None, description="the deviant that came out otherwise, or the reference"
    )
    scenario: str | None = Field(None, description="in which it was noticed")
    reason: str = Field("", description="why nothing noticed it")


class AssertionRecord(MatrixModel):
    """An assertion of the steps, and its mutants."""

    place: str = Field(description="module, function, and the number of the assertion there")
    line: int
    source: str
    stops: int = Field(description="how many deviants fail at it, of those that were tried")
    mutants: list[MutantRecord]


class OracleReport(MatrixModel):
    """All assertions and their mutants."""

    schema_version: Literal[2] = 2
    assertions: list[AssertionRecord]
    all_mutants: int | None = Field(None, description="how many there are, if these are a sample")

    @property
    def mutants(self) -> list[MutantRecord]:
        """All mutants."""
        return [mutant for one in self.assertions for mutant in one.mutants]

    @property
    def noticed(self) -> int:
        """How many mutants were noticed."""
        return sum(one.noticed for one in self.mutants)

    @property
    def percent(self) -> float:
        """The score: the share of the mutants that were noticed, in percent."""
        return 100 * self.noticed / len(self.mutants) if self.mutants else 100.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % confidence interval of the score, in percent; it is for a sample."""
        return wilson(self.noticed, len(self.mutants))


def wilson(hits: int, number: int) -> tuple[float, float]:
    """Return Wilson's 95 % confidence interval of a share, in percent; (0, 100) of nothing."""
    if not number:
        return 0.0, 100.0
    z, share = NormalDist().inv_cdf(0.975), hits / number
    middle = share + z * z / (2 * number)
    half = z * sqrt(share * (1 - share) / number + z * z / (4 * number * number))
    whole = 1 + z * z / number
    return 100 * max(0.0, middle - half) / whole, 100 * min(whole, middle + half) / whole


class Known:
    """What the unchanged steps did: who reaches each assertion, and which deviants fail at it."""

    def __init__(self, results: Iterable[TrialResult]) -> None:
        self._reached: dict[str, list[TrialResult]] = {}
        self._stops: dict[str, list[TrialResult]] = {}
        self._outcomes: dict[tuple[str, Key], Outcome] = {}
        for one in results:
            self._outcomes[one.trial.site, one.trial.key] = one.outcome
            if one.trial.site == REFERENCE and one.outcome is Outcome.PASSED:
                for place in set(one.reached):
                    self._reached.setdefault(place, []).append(one)
            elif one.trial.site != REFERENCE and one.failed and one.outcome in TELLING:
                self._stops.setdefault(one.failed, []).append(one)

    def stops(self, place: str) -> list[Trial]:
        """Return the trials in which a deviant failed at that assertion; kills come first."""
        found = sorted(self._stops.get(place, []), key=lambda one: TELLING.index(one.outcome))
        return [one.trial for one in found]

    def reaching(self, place: str) -> list[Trial]:
        """Return the trials of the reference that come to that assertion, the shortest first."""
        found = sorted(self._reached.get(place, []), key=lambda one: len(one.reached))
        return [one.trial for one in found]

    def has(self, trial: Trial) -> bool:
        """Return whether the scenario of a trial was run on its site."""
        return (trial.site, trial.key) in self._outcomes

    def is_told_apart(self, result: TrialResult) -> bool:
        """Return whether a trial came out otherwise than with the assertion as it is written."""
        before = self._outcomes.get((result.trial.site, result.trial.key))
        return result.outcome not in (before, Outcome.NOT_TRIED)

    def trials(self, assertions: Iterable[Assertion], most: int) -> list[Trial]:
        """Return the trials of all mutants, at most that many for each.

        A negated assertion has to fail on the reference. Without an assertion, or with less of
        it, a deviant that failed at it has to come out otherwise.
        """
        return [
            trial.model_copy(update={"place": one.place, "operator": operator})
            for one in assertions
            for operator in one.operators
            for trial in self._for(one.place, operator, most)
        ]

    def _for(self, place: str, operator: str, most: int) -> Sequence[Trial]:
        # The shortest scenario is the cheapest.
        return self.reaching(place)[:1] if operator == NEGATE else self.stops(place)[:most]


def report_on(
    assertions: Iterable[Assertion],
    known: Known,
    results: Iterable[TrialResult],
    all_mutants: int | None = None,
) -> OracleReport:
    """Return the report, from the results of the trials of all mutants.

    ``all_mutants`` says how many there are if the assertions have only a sample of them.
    """
    by_mutant: dict[str, list[TrialResult]] = {}
    for result in results:
        by_mutant.setdefault(result.trial.mutant, []).append(result)
    return OracleReport(
        all_mutants=all_mutants,
        assertions=[
            AssertionRecord(
                place=one.place,
                line=one.line,
                source=one.source,
                stops=len(known.stops(one.place)),
                mutants=[
                    _mutant(
                        one.place, operator, known, by_mutant.get(f"{one.place}:{operator}", [])
                    )
                    for operator in one.operators
                ],
            )
            for one in assertions
        ],
    )


def _mutant(
    place: str, operator: str, known: Known, results: Sequence[TrialResult]
) -> MutantRecord:
    found = next((one for one in results if known.is_told_apart(one)), None)
    if found is not None:
        trial = found.trial
        return MutantRecord(operator=operator, noticed=True, site=trial.site, scenario=trial.name)
    nothing = STOPS_NOTHING if known.reaching(place) else NEVER_REACHED
    reason = NO_DIFFERENCE if results else nothing
    return MutantRecord(operator=operator, noticed=False, reason=reason)
