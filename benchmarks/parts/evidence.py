"""The cost of evidence: the same scenarios with and without it, in turns.

It compares processor seconds, including browser and sites, because other work on the machine
affects them less than the wall-clock time.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial

from benchmarks.measurement.command import measure
from benchmarks.measurement.session import BenchmarkSession
from benchmarks.report.comparison import Comparison, comparison_of

SCENARIOS = "start_to_finish or starting_from or confirm_sends or folded_if or until_the_cent"
NOTHING = "nothing"
OPTIONS = {
    NOTHING: [],
    "pictures": ["--traces=off"],
    "pictures and traces (the default)": ["--traces=actions"],
    "pictures and full traces": ["--traces=full"],
}


def measure_evidence(session: BenchmarkSession) -> list[Comparison]:
    """Processor seconds of some scenarios of each procedure, by what is kept of them."""
    runs = {way: partial(_processor_seconds, arguments) for way, arguments in OPTIONS.items()}
    measured = session.interleave("evidence", runs)
    return [comparison_of("A run, by the evidence it keeps", "CPU s", NOTHING, measured)]


def _processor_seconds(arguments: list[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        evidence = [f"--alluredir={folder}/results", *arguments] if arguments else []
        command = [sys.executable, "-m", "pytest", "features", "-q", "-n", "0", "-k", SCENARIOS]
        command += [*evidence, "-p", "no:cacheprovider", "-p", "no:randomly", "-o", "timeout=0"]
        return measure(command).cpu
