"""Cucumber Messages: the features, and what each scenario and step did, a JSON object per line."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version as version_of
from itertools import count
from typing import Any

import cucumber_messages
from gherkin.stream.id_generator import IdGenerator

from checkout_conformance.exports.cases import Case, cases_of
from checkout_conformance.exports.pickles import FeatureFile, is_about
from checkout_conformance.project import version
from checkout_conformance.reporting.conformance import Conformance, Step, Verdict

Message = dict[str, Any]
NO_TIME = {"seconds": 0, "nanos": 0}
STATUS_OF = {"passed": "PASSED", "failed": "FAILED", "broken": "FAILED", "skipped": "SKIPPED"}
CONVERTER = cucumber_messages.message_converter
FAILED = (Verdict.FAILED, Verdict.COULD_NOT_BE_TRIED)


@dataclass
class Scenario:
    """A scenario in one run, put together from the checks of its clauses."""

    feature: str
    title: str
    uri: str
    verdicts: set[Verdict] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)
    message: str = ""

    @property
    def was_run(self) -> bool:
        """Whether a run has a result of it."""
        return self.verdicts != {Verdict.NOT_RUN}

    @property
    def has_failed(self) -> bool:
        """Whether it failed, or could not be tried."""
        return bool(self.verdicts & set(FAILED))


def messages_of(document: Conformance) -> str:
    """Return the document as Cucumber Messages. Raises ExportError if its features are not here.

    A scenario that was not run has a pickle and no test case. The document knows no times of day of
    single scenarios: each begins with the run.
    """
    lines = []
    for message in _messages(document):
        envelope = CONVERTER.from_dict(message, cucumber_messages.Envelope)
        lines.append(json.dumps(CONVERTER.to_dict(envelope), ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines)


def _messages(document: Conformance) -> Iterator[Message]:
    ids = IdGenerator()
    scenarios = list(_scenarios(document))
    features = sorted({(one.uri, one.feature) for one in scenarios})
    files = {feature: FeatureFile(feature, uri, ids) for uri, feature in features}
    yield {"meta": _meta()}
    for file in files.values():
        yield from _of_file(file)
    yield {"testRunStarted": {"id": "run", "timestamp": _moment(document.began)}}
    numbers = count(1)
    for scenario in scenarios:
        if scenario.was_run:
            pickle = files[scenario.feature].pickle(scenario.title)
            yield from _of_scenario(scenario, pickle, f"case-{next(numbers)}", document.began)
    finished = {"success": document.is_good, "timestamp": _moment(document.ended)}
    yield {"testRunFinished": {**finished, "testRunStartedId": "run"}}


def _scenarios(document: Conformance) -> Iterator[Scenario]:
    """Yield each scenario in each run, with the steps of all its clauses in their order."""
    found: dict[object, Scenario] = {}
    for case in cases_of(document):
        check = case.check
        key = (check.feature, check.scenario, check.run)
        one = found.setdefault(key, Scenario(check.feature, check.scenario, case.file))
        _add(one, case)
    yield from found.values()


def _add(scenario: Scenario, case: Case) -> None:
    scenario.verdicts.add(case.check.verdict)
    scenario.steps += case.check.steps
    if case.check.verdict in FAILED or not scenario.message:
        scenario.message = case.message


def _meta() -> Message:
    return {
        "protocolVersion": version_of("cucumber-messages"),
        "implementation": {"name": "checkout-conformance", "version": version()},
        "runtime": {"name": "Python", "version": platform.python_version()},
        "os": {"name": platform.system()},
        "cpu": {"name": platform.machine()},
    }


def _of_file(file: FeatureFile) -> Iterator[Message]:
    kind, uri = "text/x.cucumber.gherkin+plain", file.document["uri"]
    yield {"source": {"uri": uri, "data": file.text, "mediaType": kind}}
    yield {"gherkinDocument": file.document}
    for pickle in file.pickles:
        yield {"pickle": pickle}


def _of_scenario(
    scenario: Scenario, pickle: Message, case: str, began: datetime | None
) -> Iterator[Message]:
    started = f"{case}-started"
    steps = [(f"{case}-step-{number}", step) for number, step in enumerate(pickle["steps"], 1)]
    yield {
        "testCase": {
            "id": case,
            "pickleId": pickle["id"],
            "testRunStartedId": "run",
            "testSteps": [
                {"id": one, "pickleStepId": step["id"], "stepDefinitionIds": []}
                for one, step in steps
            ],
        }
    }
    moment = _moment(began)
    beginning = {"id": started, "testCaseId": case, "attempt": 0, "timestamp": moment}
    yield {"testCaseStarted": beginning}
    results = results_of(scenario, pickle["steps"])
    for (one, _), result in zip(steps, results, strict=True):
        about = {"testCaseStartedId": started, "testStepId": one, "timestamp": moment}
        yield {"testStepStarted": about}
        yield {"testStepFinished": {**about, "testStepResult": result}}
    ending = {"testCaseStartedId": started, "timestamp": moment, "willBeRetried": False}
    yield {"testCaseFinished": ending}


def results_of(scenario: Scenario, steps: Sequence[Message]) -> list[Message]:
    """Return the result of each step of a pickle.

    The document has the steps of clauses, not those of a preparation that succeeded: such a step
    passed if a later one was reached, or the whole scenario passed.
    """
    told = list(_told(scenario.steps, steps))
    reached = max((number for number, one in enumerate(told) if one), default=-1)
    is_passed = scenario.verdicts == {Verdict.PASSED}
    results = []
    for number, step in enumerate(told):
        if step:
            results.append(_result(STATUS_OF.get(step.status, "UNKNOWN"), scenario, step.seconds))
        else:
            passed = is_passed or number < reached
            results.append(_result("PASSED" if passed else "SKIPPED", scenario))
    if scenario.has_failed and not any(one["status"] == "FAILED" for one in results):
        results[reached + 1 if reached + 1 < len(results) else -1] = _result("FAILED", scenario)
    return results


def _told(told: Sequence[Step], steps: Sequence[Message]) -> Iterator[Step | None]:
    """Yield, for each step of a pickle, what the document has of it; both are in order."""
    rest = list(told)
    for step in steps:
        fitting = next((n for n, one in enumerate(rest) if is_about(one.text, step)), None)
        if fitting is None:
            yield None
            continue
        yield rest[fitting]
        rest = rest[fitting + 1 :]


def _result(status: str, scenario: Scenario, seconds: float = 0.0) -> Message:
    result: Message = {"status": status, "duration": _seconds(seconds)}
    if status == "FAILED":
        result["message"] = scenario.message
        result["exception"] = {"type": "Failure", "message": scenario.message}
    return result


def _moment(moment: datetime | None) -> Message:
    return _seconds(moment.timestamp()) if moment else NO_TIME


def _seconds(value: float) -> Message:
    nanos = round(value * 1_000_000_000)
    return {"seconds": nanos // 1_000_000_000, "nanos": nanos % 1_000_000_000}
