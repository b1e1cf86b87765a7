"""Results as allure-pytest leaves them, for the commands that read them."""

from __future__ import annotations

import json
from pathlib import Path

from checkout_conformance.drivers.devices import DESKTOP
from checkout_conformance.evidence.allure_labels import title
from checkout_conformance.evidence.setting import Setting
from checkout_conformance.plan import PlannedScenario, read_plan

IN_BROWSER = Setting("mock", "en", DESKTOP, "chromium")
OVER_HTTP = Setting("mock", "en", DESKTOP, "http")
DEVIATES = "AssertionError: the document expects: a; the page showed: b"


def write_result(
    folder: Path,
    number: int,
    planned: PlannedScenario,
    status: str = "passed",
    message: str = DEVIATES,
    setting: Setting = IN_BROWSER,
) -> None:
    """Write the result of a scenario, its last clause having ``status``."""
    labels = {"feature_file": planned.feature, "scenario": planned.name, **setting.facts}
    statuses = ["passed"] * (len(planned.clauses) - 1) + [status]
    steps = [
        {"name": f"{clause} · x", "status": one, "start": 1000, "stop": 1500, "steps": []}
        for clause, one in zip(planned.clauses, statuses, strict=True)
    ]
    result = {
        "uuid": str(number),
        "name": title(planned.name, dict(planned.example)),
        "status": status,
        "statusDetails": {"message": message},
        "labels": [{"name": name, "value": value} for name, value in labels.items()],
        "parameters": [{"name": name, "value": value} for name, value in planned.example],
        "start": 1000,
        "stop": 2000,
        "steps": steps,
    }
    folder.mkdir(exist_ok=True)
    (folder / f"{number}-result.json").write_text(json.dumps(result), encoding="utf-8")


def write_whole_run(folder: Path, setting: Setting = IN_BROWSER) -> Path:
    """Write the results of a run in which every scenario of the English features passed."""
    for number, planned in enumerate(one for one in read_plan() if not one.edition):
        write_result(folder, number, planned, setting=setting)
    return folder
