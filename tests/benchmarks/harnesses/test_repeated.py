"""One scenario is run N times, and a run that cannot be measured fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measurement.command import ROOT

IMPORT = "from checkout_conformance.drivers.capabilities import NotTried, PartlyTried"
PLUGIN = ["-p", "benchmarks.harnesses.repeated", "-p", "no:randomly", "-p", "no:cacheprovider"]


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("pass", "3 passed"),
        ("pytest.skip('not tried')", "1 failed"),
        ("raise NotTried('not tried')", "1 failed"),
        ("raise PartlyTried('not tried')", "3 skipped"),
        ("assert 0", "1 failed"),
    ],
)
def test_a_scenario_that_is_skipped_or_fails_ends_the_run(
    tmp_path: Path, body: str, outcome: str
) -> None:
    file = tmp_path / "test_walk.py"
    text = (
        f"import pytest\n{IMPORT}\ndef test_walk():\n    {body}\ndef test_other():\n    assert 0\n"
    )
    file.write_text(text, encoding="utf-8")
    options = ["-q", "-c", os.devnull, "--rootdir", str(tmp_path), *PLUGIN]
    options += ["--only", "walk", "--times", "3"]
    command = [sys.executable, "-m", "pytest", *options, str(file)]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert outcome in done.stdout
    assert (done.returncode == 0) == outcome.startswith("3 ")
