"""The results that the reference site has already: of a run of the features just before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from checkout_conformance.deviants.deviant import REFERENCE
from checkout_conformance.deviants.judge import driver_of
from checkout_conformance.deviants.matrix import DriverName
from checkout_conformance.evidence.allure_files import ENVIRONMENT, commit
from checkout_conformance.plan import Key
from checkout_conformance.reporting.evidence import ScenarioEvidence, read_evidence

DIRTY, UNKNOWN = "-dirty", "unknown"


def known_results(
    folder: Path, driver: DriverName, wanted: Collection[Key]
) -> list[ScenarioEvidence]:
    """Return the evidence of the ``wanted`` scenarios in ``folder`` as that of the reference.

    Empty if one of them was not run with the driver, or if the run was of another commit or of
    files that were not committed: then they have to be run. Raises ReportError if the folder has
    no results.
    """
    if not is_of_this_commit(folder):
        return []
    found = [
        replace(one, setting=replace(one.setting, target=REFERENCE))
        for one in read_evidence([folder])
        if one.key in wanted and driver_of(one) == driver
    ]
    return found if {one.key for one in found} == set(wanted) else []


def is_of_this_commit(folder: Path) -> bool:
    """Whether a folder has results of the very files that are here now."""
    now = commit()
    if now == UNKNOWN or now.endswith(DIRTY):
        return False
    file = folder / ENVIRONMENT
    return file.exists() and f"commit={now}" in file.read_text(encoding="utf-8").splitlines()
