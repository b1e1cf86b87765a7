"""Allure's quality gate, as CI asks for it: it needs Node 22, which not every machine has."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from checkout_conformance.reporting.allure_html import ALLURE, CONFIG
from tests.engine.reporting.test_allure_html import write_result

NODE = shutil.which("node")


def _major(node: str) -> int:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    return int(told.stdout.strip().removeprefix("v").partition(".")[0])


@pytest.mark.skipif(NODE is None or _major(NODE) < 22, reason="Allure's quality gate needs Node 22")
@pytest.mark.parametrize(("status", "exit_status"), [("passed", 0), ("skipped", 0), ("failed", 1)])
def test_the_gate_lets_no_failure_through(tmp_path: Path, status: str, exit_status: int) -> None:
    write_result(tmp_path, "first", "passed")
    write_result(tmp_path, "second", status)

    command = [str(NODE), str(ALLURE), "quality-gate", str(tmp_path), "--config", str(CONFIG)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path)

    assert done.returncode == exit_status, done.stdout + done.stderr
