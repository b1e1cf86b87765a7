"""What a scenario presupposes is made with few requests: at most ten, not by walking forms.

A scenario of each feature is run, over HTTP. ``--count-requests`` measures all of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from pytest_bdd.feature import get_features
from pytest_bdd.scenario import make_python_name

from checkout_conformance.evidence.request_counts import MOST

ROOT = Path(__file__).parents[2]
FOLDERS = [str(ROOT / "features" / name) for name in ("wallet", "cards")]


def one_of_each_feature() -> list[str]:
    """The names, as pytest knows them, of the first scenario of each feature that has no table."""
    each = (
        [one for one in feature.scenarios.values() if not one.examples]
        for feature in get_features(FOLDERS)
    )
    return [f"test_{make_python_name(found[0].name)}" for found in each if found]


def counted(folder: Path, names: list[str]) -> dict[str, dict[str, int]]:
    """The requests of each scenario, by its name and its steps."""
    file, module = folder / "counts.json", "features/test_features.py"
    command = [sys.executable, "-m", "pytest", "--driver", "http", "-n", "0", "-q"]
    options = ["-p", "no:cacheprovider", "--count-requests", str(file)]
    environment = {name: text for name, text in os.environ.items() if "PYTEST" not in name}
    done = subprocess.run(
        [*command, *options, *(f"{module}::{name}" for name in names)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    found = json.loads(file.read_text(encoding="utf-8"))
    return {node.rpartition("::")[2]: counts for node, counts in found.items()}


def test_a_scenario_sends_at_most_ten_requests_for_what_it_presupposes(tmp_path: Path) -> None:
    names = one_of_each_feature()
    counts = counted(tmp_path, names)
    assert len(counts) > len(names) / 2
    assert sum(map(len, counts.values())) > len(counts)
    too_many = {name: each for name, each in counts.items() if sum(each.values()) > MOST}
    assert not too_many, json.dumps(too_many, indent=1)
