"""Looks in pages for what breaks the HTML standard, with html-validate and the Nu checker (vnu)."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from checkout_conformance.reporting.node import find_node
from tools import ROOT

PACKAGES = ROOT / "requirements" / "checks"
SETTINGS = Path(__file__).with_name("html_validate.cjs")
# Those of the documentation, whose theme is not ours.
SETTINGS_OF_DOCUMENTATION = Path(__file__).with_name("html_validate_documentation.cjs")
VNU = PACKAGES / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
HTML_VALIDATE = PACKAGES / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def found_by_html_validate(pages: Path, settings: Path = SETTINGS) -> list[str]:
    """What html-validate finds in the pages of a folder; skipped where it is not installed."""
    node = find_node()
    if node is None or not HTML_VALIDATE.exists():
        pytest.skip("html-validate is not installed: make setup")
    with TemporaryDirectory() as folder:
        # Not from its output, whose end is lost when it is long.
        told = Path(folder) / "html-validate.json"
        command = [str(node.node), str(HTML_VALIDATE), "--config", str(settings)]
        command += ["--formatter", f"json={told}", str(pages)]
        answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
        assert answer.returncode in (0, 1), answer.stderr
        found = json.loads(told.read_text(encoding="utf-8"))
    return [
        f"{_within(pages, page['filePath'])}:{one['line']}: {one['ruleId']}: {one['message']}"
        for page in found
        for one in page["messages"]
    ]


def found_by_vnu(pages: Path, but: Sequence[str] = ()) -> list[str]:
    """What the Nu checker finds in the pages of a folder; skipped where there is no Java.

    ``but`` are patterns of messages that are left out.
    """
    java = shutil.which("java")
    if java is None or not VNU.exists():
        pytest.skip("the Nu HTML checker needs Java, and its package: make setup")
    command = [java, "-Xss1m", "-jar", str(VNU), "--errors-only", "--format", "json"]
    command += ["--skip-non-html", *(["--filterpattern", "|".join(but)] if but else [])]
    command.append(str(pages))
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    return [
        f"{_within(pages, one['url'])}:{one.get('lastLine')}: {one['message']}"
        for one in json.loads(answer.stderr)["messages"]
    ]


def _within(pages: Path, file: str) -> str:
    return file.rpartition(f"{pages}/")[2]
