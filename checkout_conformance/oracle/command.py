"""``checkout-conformance oracle``: each assertion of the steps dropped, negated and weakened."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from checkout_conformance.commands import (
    SETTINGS,
    Parsed,
    folder_option,
    positive,
    status_of,
)
from checkout_conformance.deviants.deviant import REFERENCE
from checkout_conformance.deviants.matrix import HTTP, DeviantRecord, KillMatrix
from checkout_conformance.deviants.matrix_command import workers_option
from checkout_conformance.deviants.runs import COMPLETED, PYTEST, RunNotCompleted
from checkout_conformance.evidence.allure_labels import title
from checkout_conformance.launch import pytest_environment, pytest_settings
from checkout_conformance.oracle.assertions import Assertion, assertions_of
from checkout_conformance.oracle.choice import covering, killed_over_http, likely_to_fail_at
from checkout_conformance.oracle.driving import results_beside
from checkout_conformance.oracle.page import render_report, verdict_line
from checkout_conformance.oracle.plugin import INSTRUMENTED
from checkout_conformance.oracle.report import Known, OracleReport, report_on
from checkout_conformance.oracle.sample import sample
from checkout_conformance.oracle.switch import NEGATE
from checkout_conformance.oracle.trials import Trial, TrialResult, read_results, write_trials
from checkout_conformance.plan import PlannedScenario, read_plan
from checkout_conformance.project import FEATURES, LATEST, ROOT, content_package
from checkout_conformance.reporting.allure_html import short
from checkout_conformance.statuses import Status

# The number of deviants that are tried in search of one that fails at an assertion, and the number
# of scenarios in which they are tried.
SEARCH, SCENARIOS = 4, 3
# The share of the mutants that has to be noticed, in percent.
AT_LEAST = 95.0
# The number of deviants that fail at an assertion on which its mutants are tried.
MOST = 2
# The number of kills of a sentence that are looked into: a sentence may have several assertions.
KILLS_OF_A_SENTENCE = 2
MATRIX = "deviants.json"


@dataclass(frozen=True)
class Options:
    """How the mutants are tried."""

    into: Path
    workers: int
    matrix: tuple[Path, ...] = ()
    most: int = MOST
    at_least: float = AT_LEAST
    sample: int | None = None
    seed: int = 0
    search: int = SEARCH


def try_mutants(options: Options, matrices: Iterable[KillMatrix]) -> OracleReport:
    """Run the unchanged steps, then all mutants. Raises RunNotCompleted."""
    plan = read_plan()
    assertions = assertions_of(ROOT / "steps", content_package("steps"))
    every = sum(len(one.operators) for one in assertions)
    if options.sample:
        assertions = sample(assertions, options.sample, options.seed)
    kills = killed_over_http(matrices, KILLS_OF_A_SENTENCE)
    unchanged = [*on_reference(covering(plan)), *trials_of(kills, plan)]
    print(f"Running {len(unchanged)} scenarios with unchanged steps", flush=True)
    results = run(options, "unchanged", unchanged)
    if more := searched(assertions, Known(results), plan, options.search):
        print(f"Running {len(more)} scenarios in search of deviants that fail at an assertion")
        results += run(options, "search", more)
    known = Known(results)
    trials = known.trials(assertions, options.most)
    print(f"Running {len(trials)} scenarios with mutants of {len(assertions)} assertions")
    results = run(options, "mutants", trials)
    return report_on(assertions, known, results, every if options.sample else None)


def searched(
    assertions: Iterable[Assertion], known: Known, plan: Iterable[PlannedScenario], most: int
) -> list[Trial]:
    """Return trials of deviants that may fail at assertions at which none has failed yet.

    Of each assertion at most that many, and none if only its opposite is tried.
    """
    from checkout_conformance.deviants.collection import deviants_named

    planned, deviants = {one.key: one for one in plan}, deviants_named() if most else []
    found: dict[Trial, None] = {}
    for one in assertions:
        if known.stops(one.place) or one.operators == (NEGATE,):
            continue
        scenarios = [planned[trial.key] for trial in known.reaching(one.place)[:SCENARIOS]]
        pairs = likely_to_fail_at(one, scenarios, deviants, most)
        found |= dict.fromkeys(_trial(each.name, scenario, each.clause) for each, scenario in pairs)
    return [one for one in found if not known.has(one)]


def on_reference(plan: Iterable[PlannedScenario]) -> list[Trial]:
    """Return a trial of every scenario on the reference."""
    return [_trial(REFERENCE, planned) for planned in plan]


def trials_of(deviants: Iterable[DeviantRecord], plan: Iterable[PlannedScenario]) -> list[Trial]:
    """Return a trial for every deviant, in the scenario that killed it."""
    planned = {(one.feature, title(one.name, dict(one.example))): one for one in plan}
    found = []
    for deviant in deviants:
        kill = next(one for one in deviant.attempts if one.scenario == deviant.scenario)
        scenario = planned.get((kill.feature, kill.scenario))
        if scenario is not None:
            found.append(_trial(deviant.name, scenario, deviant.clause))
    return found


def _trial(site: str, planned: PlannedScenario, clause: str = "") -> Trial:
    return Trial(
        site=site,
        feature=planned.feature,
        name=planned.name,
        example=planned.example,
        clause=clause,
    )


def run(options: Options, name: str, trials: Sequence[Trial]) -> list[TrialResult]:
    """Run trials over HTTP, with instrumented steps. Raises RunNotCompleted."""
    folder = options.into / "oracle-results" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    file = folder / "trials.json"
    write_trials(file, trials)
    command = [sys.executable, "-m", "pytest", *pytest_settings(), str(FEATURES), *PYTEST]
    command += ["--driver", HTTP]
    command += [
        "--oracle",
        str(file),
        "-n",
        str(options.workers),
        f"--alluredir={folder / 'allure'}",
    ]
    environment = {**pytest_environment(), INSTRUMENTED: "1"}
    if subprocess.run(command, env=environment, check=False).returncode not in COMPLETED:
        raise RunNotCompleted
    return read_results(results_beside(file))


def read_matrix(file: Path) -> KillMatrix:
    """Read a kill matrix. Raises OSError and ValidationError."""
    return KillMatrix.model_validate_json(file.read_bytes())


def write_report(report: OracleReport, into: Path) -> None:
    """Write ``oracle.json`` and ``oracle.html``."""
    into.mkdir(parents=True, exist_ok=True)
    (into / "oracle.json").write_text(report.model_dump_json(indent=1), encoding="utf-8")
    (into / "oracle.html").write_text(render_report(report), encoding="utf-8")


@click.command(context_settings=SETTINGS)
@click.option(
    "--matrix",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="a kill matrix over HTTP; repeatable (default: deviants.json in the folder of --into)",
)
@click.option(
    "--most",
    type=Parsed(positive),
    default=MOST,
    metavar="N",
    help=f"deviants for each mutant (default: {MOST})",
)
@click.option(
    "--at-least",
    type=float,
    default=AT_LEAST,
    metavar="PERCENT",
    help=f"fail if fewer mutants are noticed (default: {AT_LEAST})",
)
@click.option(
    "--sample",
    type=Parsed(positive),
    metavar="N",
    help="try only N of the mutants, chosen at random (default: all)",
)
@click.option("--seed", type=int, default=0, metavar="N", help="the sample's seed (default: 0)")
@click.option(
    "--search",
    type=int,
    default=SEARCH,
    metavar="N",
    help="try N more deviants if none of the kill matrix fails at an assertion"
    f" (default: {SEARCH})",
)
@workers_option()
@folder_option(LATEST)
def command(**given: Any) -> int:
    """Drop, negate and weaken each assertion of the steps: is it noticed?

    It takes the kill matrix of `deviants run --driver http`: a mutant runs only on deviants that
    fail at its assertion. Everything runs over HTTP.

    \b
    Exit status
      0  enough mutants were noticed
      1  not so
      2  there is no telling: the run could not be completed
      3  an argument is wrong
    """
    options = Options(**given)
    try:
        matrices = [read_matrix(file) for file in options.matrix or [options.into / MATRIX]]
        report = try_mutants(options, matrices)
    except RunNotCompleted:
        return Status.CANNOT_TELL
    except (OSError, ValidationError) as error:
        print(f"No oracle mutants: {error}. First `deviants run --driver http`.", file=sys.stderr)
        return Status.CANNOT_TELL
    write_report(report, options.into)
    print(verdict_line(report))
    print(f"Oracle mutants: {short(options.into / 'oracle.html')}")
    is_enough = report.percent >= options.at_least
    return Status.CONFORMS if is_enough else Status.DOES_NOT_CONFORM


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all phases and write the report; return the exit status."""
    return status_of(command, arguments, "oracle")
