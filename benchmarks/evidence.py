"""What evidence costs: the same scenarios with and without it, by turns.

`python -m benchmarks.evidence` runs a few scenarios of each procedure without evidence, with
pictures, and with pictures and traces of either kind, in interleaved rounds. It compares processor
seconds, those of browser and sites included: other work on the machine disturbs them less than it
does the clock.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCENARIOS = "whole_way or confirm_sends_a_code or the_order_awaits or folded or until_then"
WAYS = {
    "nothing": [],
    "pictures": ["--traces=off"],
    "pictures and traces (the default)": ["--traces=actions"],
    "pictures and full traces": ["--traces=full"],
}


def main() -> int:
    """Run the rounds and print a table; the ratios come first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scenarios", default=SCENARIOS, help="an expression for pytest -k")
    options = parser.parse_args()
    measured: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    for number in range(options.rounds):
        for way, arguments in WAYS.items():
            measured[way].append(_run(options.scenarios, arguments))
            cpu, wall = measured[way][-1]
            print(f"round {number + 1}, {way}: {cpu:.1f} s of processor, {wall:.1f} s", flush=True)
    _show(measured)
    return 0


def _run(scenarios: str, arguments: list[str]) -> tuple[float, float]:
    """Processor and wall seconds of one run."""
    with tempfile.TemporaryDirectory() as folder:
        evidence = [f"--alluredir={folder}/results", *arguments] if arguments else []
        command = [sys.executable, "-m", "pytest", "features", "-q", "-n", "0", "-k", scenarios]
        command += [*evidence, "-p", "no:cacheprovider", "-p", "no:randomly", "-o", "timeout=0"]
        before, began = _children_seconds(), time.monotonic()
        subprocess.run(command, cwd=ROOT, env=_environment(), check=True, capture_output=True)
        return _children_seconds() - before, time.monotonic() - began


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _show(measured: dict[str, list[tuple[float, float]]]) -> None:
    base = statistics.median(cpu for cpu, _ in measured["nothing"])
    print("\n| evidence | of the time without | processor s: min, median, max |\n|---|---|---|")
    for way, runs in measured.items():
        cpus = sorted(cpu for cpu, _ in runs)
        middle = statistics.median(cpus)
        print(f"| {way} | {middle / base:.2f} | {cpus[0]:.1f}, {middle:.1f}, {cpus[-1]:.1f} |")


if __name__ == "__main__":
    sys.exit(main())
