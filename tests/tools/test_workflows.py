"""The workflow and the action: every action is pinned, and zizmor finds nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import ROOT

WORKFLOW, ACTION = ROOT / ".github" / "workflows" / "acceptance.yml", ROOT / "action.yml"
PINNED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


@pytest.mark.parametrize("file", [WORKFLOW, ACTION], ids=lambda file: file.name)
def test_every_action_is_pinned_by_commit(file: Path) -> None:
    used = [line for line in file.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert used
    assert [line for line in used if not PINNED.search(line)] == []


def test_the_action_gives_its_inputs_to_no_shell() -> None:
    text = ACTION.read_text(encoding="utf-8")
    scripts = re.findall(r"^ {6}run: \|\n((?: {8}.*\n)+)", text, re.MULTILINE)
    assert len(scripts) == 2
    assert not any("${{" in script for script in scripts)


def test_zizmor_finds_nothing() -> None:
    program = Path(sys.executable).with_name("zizmor")
    command = [str(program), "--offline", "--no-progress", str(ACTION), str(WORKFLOW.parent)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout
