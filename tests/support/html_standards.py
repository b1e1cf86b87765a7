"""Looks in pages for what breaks the HTML standard, with html-validate and the Nu checker (vnu)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from checkout_conformance.reporting.node import find_node
from tools import ROOT

PACKAGES = ROOT / "requirements" / "checks"
SETTINGS = Path(__file__).with_name("html_validate.cjs")
VNU = PACKAGES / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
HTML_VALIDATE = PACKAGES / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def found_by_html_validate(pages: Path) -> list[str]:
    """What html-validate finds in the pages of a folder; skipped where it is not installed."""
    node = find_node()
    if node is None or not HTML_VALIDATE.exists():
        pytest.skip("html-validate is not installed: make setup")
    # Not from its output, whose end is lost when it is long.
    told = pages / "html-validate.json"
    command = [str(node.node), str(HTML_VALIDATE), "--config", str(SETTINGS)]
    command += ["--formatter", f"json={told}", str(pages)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert answer.returncode in (0, 1), answer.stderr
    return [
        f"{Path(page['filePath']).name}:{one['line']}: {one['ruleId']}: {one['message']}"
        for page in json.loads(told.read_text())
        for one in page["messages"]
    ]


def found_by_vnu(pages: Path) -> list[str]:
    """What the Nu checker finds in the pages of a folder; skipped where there is no Java."""
    java = shutil.which("java")
    if java is None or not VNU.exists():
        pytest.skip("the Nu HTML checker needs Java, and its package: make setup")
    command = [java, "-Xss1m", "-jar", str(VNU), "--errors-only", "--format", "json"]
    command += ["--skip-non-html", str(pages)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    return [
        f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']}"
        for one in json.loads(answer.stderr)["messages"]
    ]
