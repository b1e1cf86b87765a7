"""The report on oracle mutants: the models of ``oracle.json``, and how results become it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import Field

from checkout_conformance.deviants.deviant import REFERENCE
from checkout_conformance.deviants.matrix import MatrixModel, Outcome
from checkout_conformance.oracle.assertions import Assertion
from checkout_conformance.oracle.switch import NEGATE
from checkout_conformance.oracle.trials import Trial, TrialResult

NEVER_REACHED = "no scenario that passes comes to it"
KILLS_NOTHING = "no deviant was killed by it"
STILL_KILLED = "every deviant is killed without it"


class MutantRecord(MatrixModel):
    """A mutant of an assertion, and who noticed it."""

    operator: str = Field(description="drop, negate, or a weaker form")
    noticed: bool
    site: str | None = Field(None, description="the deviant that survived, or the reference")
    scenario: str | None = Field(None, description="in which it was noticed")
    reason: str = Field("", description="why nothing noticed it")


class AssertionRecord(MatrixModel):
    """An assertion of the steps, and its mutants."""

    place: str = Field(description="module, function, and the number of the assertion there")
    line: int
    source: str
    kills: int = Field(description="how many deviants are killed by it in the recorded matrix")
    mutants: list[MutantRecord]


class OracleReport(MatrixModel):
    """All assertions and their mutants."""

    schema_version: Literal[1] = 1
    assertions: list[AssertionRecord]

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


class Known:
    """What the unchanged steps did: who reaches each assertion, and which deviants it kills."""

    def __init__(self, results: Iterable[TrialResult]) -> None:
        self._reached: dict[str, list[TrialResult]] = {}
        self._kills: dict[str, list[Trial]] = {}
        for one in results:
            if one.trial.site == REFERENCE and one.outcome is Outcome.PASSED:
                for place in set(one.reached):
                    self._reached.setdefault(place, []).append(one)
            if one.outcome is Outcome.KILLED and one.reached:
                self._kills.setdefault(one.reached[-1], []).append(one.trial)

    def kills(self, place: str) -> list[Trial]:
        """Return the trials in which that assertion killed a deviant."""
        return self._kills.get(place, [])

    def trials(self, assertions: Iterable[Assertion], most: int) -> list[Trial]:
        """Return the trials of all mutants, at most that many for each.

        A negated assertion has to fail on the reference. Without an assertion, or with less of
        it, a deviant that it killed has to survive.
        """
        return [
            trial.model_copy(update={"place": one.place, "operator": operator})
            for one in assertions
            for operator in one.operators
            for trial in self._for(one.place, operator, most)
        ]

    def _for(self, place: str, operator: str, most: int) -> Sequence[Trial]:
        if operator != NEGATE:
            return self.kills(place)[:most]
        # The shortest scenario is the cheapest.
        reached = sorted(self._reached.get(place, []), key=lambda one: len(one.reached))
        return [one.trial for one in reached[:1]]


def report_on(
    assertions: Iterable[Assertion], known: Known, results: Iterable[TrialResult]
) -> OracleReport:
    """Return the report, from the results of the trials of all mutants."""
    by_mutant: dict[str, list[TrialResult]] = {}
    for result in results:
        by_mutant.setdefault(result.trial.mutant, []).append(result)
    return OracleReport(
        assertions=[
            AssertionRecord(
                place=one.place,
                line=one.line,
                source=one.source,
                kills=len(known.kills(one.place)),
                mutants=[
                    _mutant(operator, by_mutant.get(f"{one.place}:{operator}", []))
                    for operator in one.operators
                ],
            )
            for one in assertions
        ]
    )


def _mutant(operator: str, results: Sequence[TrialResult]) -> MutantRecord:
    found = next((one for one in results if _notices(one)), None)
    if found is not None:
        trial = found.trial
        return MutantRecord(operator=operator, noticed=True, site=trial.site, scenario=trial.name)
    nothing = NEVER_REACHED if operator == NEGATE else KILLS_NOTHING
    reason = STILL_KILLED if results else nothing
    return MutantRecord(operator=operator, noticed=False, reason=reason)


def _notices(result: TrialResult) -> bool:
    """Whether a trial came out otherwise than with the assertion as it is written."""
    if result.trial.site == REFERENCE:
        return result.outcome not in (Outcome.PASSED, Outcome.NOT_TRIED)
    return result.outcome is not Outcome.KILLED
