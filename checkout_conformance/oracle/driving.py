"""Run trials: each scenario on the site and with the mutant of its trial."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.parser import ScenarioTemplate

from checkout_conformance import plan
from checkout_conformance.deviants.driving import (
    OneWorkerPerDeviant,
    evidence_of,
    key_of,
    name_of,
    scenario_of,
)
from checkout_conformance.deviants.judge import DeviantJudge
from checkout_conformance.evidence.allure_labels import feature_file
from checkout_conformance.oracle.switch import SWITCH
from checkout_conformance.oracle.trials import Trial, TrialResult, read_trials
from checkout_conformance.plan import Key, read_plan

RESULT = "oracle_result"


class OracleRun:
    """Chooses the scenarios of the trials, and writes down what came of each.

    The results stand in a file beside the trials, a line for each.
    """

    def __init__(self, config: pytest.Config, file: Path) -> None:
        self._trials = {(one.site, one.key, one.mutant): one for one in read_trials(file)}
        self._results = None if hasattr(config, "workerinput") else results_beside(file)
        self._judge = DeviantJudge(read_plan())

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Parametrize a scenario with the sites and the mutants of its trials."""
        template = scenario_of(metafunc.function)
        keys = keys_of(template) if template else set()
        pairs = [(one.site, one.mutant) for one in self._trials.values() if one.key in keys]
        pairs = list(dict.fromkeys(pairs))
        ids = [f"<{site}>{mutant}" for site, mutant in pairs]
        names = ("deviant", "oracle_mutant")
        metafunc.parametrize(names, pairs, indirect=True, scope="session", ids=ids)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> OneWorkerPerDeviant:
        """Run all trials on a deviant in one worker."""
        return OneWorkerPerDeviant(config, log)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keep the trials, those of one site together."""
        chosen = sorted((item for item in items if self._trial_of(item)), key=_site_of)
        kept = set(chosen)
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = chosen

    def _trial_of(self, item: pytest.Item) -> Trial | None:
        site = name_of(item)
        if site is None:
            return None
        mutant = str(item.callspec.params["oracle_mutant"])  # type: ignore[attr-defined]
        return self._trials.get((site, key_of(item), mutant))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Switch the mutant on."""
        trial = self._trial_of(item)
        if trial is not None:
            SWITCH.begin(trial.place, trial.operator)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        """Judge the scenario."""
        trial, evidence = self._trial_of(item), evidence_of(item)
        if trial is None or evidence is None:
            return
        outcome = self._judge.judge(evidence, trial.clause).outcome
        reached, failed = tuple(SWITCH.reached), SWITCH.failing
        result = TrialResult(trial=trial, outcome=outcome, reached=reached, failed=failed)
        item.user_properties.append((RESULT, result.model_dump_json()))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write a result down, in the controlling process."""
        line = dict(report.user_properties).get(RESULT)
        if self._results and line and report.when == "teardown":
            with self._results.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")


def results_beside(file: Path) -> Path:
    """Return the file for the results of the trials in a file."""
    return file.with_suffix(".results")


def keys_of(template: ScenarioTemplate) -> set[Key]:
    """Return the keys of a scenario, or of each row of its Examples."""
    rows = [dict(row) for examples in template.examples for row in examples.as_contexts()]
    scenarios = [(template.render(row), row) for row in rows or [{}]]
    return {plan.key_of(feature_file(one), one.name, sorted(row.items())) for one, row in scenarios}


def _site_of(item: pytest.Item) -> str:
    return str(name_of(item))
