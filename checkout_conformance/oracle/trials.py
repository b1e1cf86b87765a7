"""Trials: one scenario on one site with one mutant of an assertion, or with none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from checkout_conformance.deviants.matrix import Outcome
from checkout_conformance.plan import Key


class Trial(BaseModel):
    """A scenario to run. ``site`` is a deviant's name or ``reference``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    site: str
    feature: str
    name: str
    example: tuple[tuple[str, str], ...] = ()
    clause: str = ""
    place: str = ""
    operator: str = ""

    @property
    def key(self) -> Key:
        """The key of the scenario in the plan."""
        return self.feature, self.name, self.example

    @property
    def mutant(self) -> str:
        """The mutant as a parameter of a test: the place and the operator, or nothing."""
        return f"{self.place}:{self.operator}" if self.place else ""


class TrialResult(BaseModel):
    """The outcome of a trial, the assertions that its scenario came to, and the one that failed.

    ``failed`` is empty if all assertions held: the scenario passed, or an action failed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    trial: Trial
    outcome: Outcome
    reached: tuple[str, ...] = ()
    failed: str = ""


TRIALS = TypeAdapter(list[Trial])


def write_trials(file: Path, trials: Iterable[Trial]) -> None:
    """Write trials for a run of pytest."""
    file.write_bytes(TRIALS.dump_json(list(trials)))


def read_trials(file: Path) -> list[Trial]:
    """Read the trials of a run."""
    return TRIALS.validate_json(file.read_bytes())


def read_results(file: Path) -> list[TrialResult]:
    """Read the results that a run of pytest has left, in the order in which trials ended."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [TrialResult.model_validate_json(line) for line in lines]
