"""Several machines share the suite: together they run every scenario, and each of them once."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DURATIONS = ROOT / "features" / "durations.json"
WORKFLOW = ROOT / ".github" / "workflows" / "acceptance.yml"
PYTEST = [sys.executable, "-m", "pytest", "features", "--collect-only", "-q"]


def collected(*options: str) -> list[str]:
    """The scenarios that a run with these options would go through."""
    command = [*PYTEST, "-p", "no:cacheprovider", *options]
    environment = {name: text for name, text in os.environ.items() if "PYTEST" not in name}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return [line for line in done.stdout.splitlines() if "::" in line]


def test_three_groups_have_every_scenario_once_in_whatever_order_they_are_collected() -> None:
    """pytest-randomly shuffles on each machine by another seed."""
    whole = collected()
    groups = [
        collected("--splits", "3", "--group", str(group), f"--randomly-seed={group}")
        for group in (1, 2, 3)
    ]
    assert len(whole) > 200
    assert sorted(name for group in groups for name in group) == sorted(whole)
    timed = json.loads(DURATIONS.read_text(encoding="utf-8"))
    seconds = [sum(timed.get(name, 0.0) for name in group) for group in groups]
    assert max(seconds) < 1.2 * min(seconds), "type: make durations"
    assert sum(name in timed for name in whole) > 200, "type: make durations"


def test_the_workflow_has_a_machine_for_each_group() -> None:
    text = WORKFLOW.read_text(encoding="utf-8")
    [matrix] = re.findall(r"group: \[([\d, ]+)\]", text)
    groups = [int(number) for number in matrix.split(",")]
    assert groups == list(range(1, len(groups) + 1))
    assert f"--splits {len(groups)} --group ${{{{ matrix.group }}}}" in text
