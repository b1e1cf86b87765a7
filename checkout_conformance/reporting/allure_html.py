"""Allure's page from the results of one or more runs, in one file.

Allure 3 makes the page. The page would call an analytics service, without a working opt-out. So the
call is removed, and a content security policy forbids any other.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from checkout_conformance.project import IS_INSTALLED, REPORT_FILES, WORK, command_hint
from checkout_conformance.reporting.node import OLDEST, Node, find_node

CONFIG = REPORT_FILES / "allure" / "allurerc.mjs"
ALLURE = REPORT_FILES / "allure" / "node_modules" / "allure" / "cli.js"
# allurerc.mjs reads these.
HISTORY, LANGUAGE = "CONFORMANCE_HISTORY", "CONFORMANCE_LANGUAGE"
NAME, RESOLUTIONS = "CONFORMANCE_NAME", "CONFORMANCE_RESOLUTIONS"
RUN_FIRST = command_hint("accept", "run")

POLICY = (
    "default-src 'none'; "
    "script-src 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "style-src 'unsafe-inline' data: blob:; "
    "img-src data: blob:; font-src data: blob:; media-src data: blob:; "
    "connect-src data: blob:; frame-src data: blob:; worker-src data: blob:; "
    "form-action 'none'"
)
ANALYTICS = re.compile(
    r"<script\b[^>]*\bsrc=\"https?://[^\"]*/gtag/[^\"]*\"[^>]*>\s*</script>\s*"
    r"<script>(?:(?!</script>).)*\bgtag\((?:(?!</script>).)*</script>\s*",
    re.DOTALL,
)
REMOTE = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//")
# A file of the page, one for each result.
SHOWN_RESULT = re.compile(r"\"data/test-results/([\w-]+)\.json\"")
CHARSET = re.compile(r"<meta charset=\"utf-8\"[^>]*>", re.IGNORECASE)


class ReportError(Exception):
    """The report cannot be made. The message says what to do."""


class AllureMissing(ReportError):
    """Allure, or the Node that runs it, is not installed."""


def find_allure(node: Node | None) -> Path | None:
    """Allure's program: the checkout's own or, installed, the one that npm has for all projects."""
    if not IS_INSTALLED or node is None:
        return ALLURE if ALLURE.exists() else None
    told = subprocess.run([str(node.npm), "root", "--global"], capture_output=True, text=True)
    found = Path(told.stdout.strip()) / "allure" / "cli.js"
    return found if found.exists() else None


def _how_to_get_allure(node: Node | None) -> str:
    if not IS_INSTALLED:
        missing = "Allure is not installed" if node else f"no Node {OLDEST} or newer with npm"
        return f"{missing}. Run `make setup`, it brings one."
    package = json.loads((CONFIG.parent / "package.json").read_text(encoding="utf-8"))
    install = f"npm install --global allure@{package['dependencies']['allure']}"
    brings_node = "" if node else "pip install 'checkout-conformance[allure]', then "
    return f"Allure is not installed. To have its page too: {brings_node}{install}"


def make_page(
    results: Sequence[Path],
    page: Path,
    language: str = "en",
    name: str = "Checkout conformance",
    resolutions: str = "[]",
) -> None:
    """Write one self-contained HTML file that shows the results and loads nothing.

    ``name`` stands on top. ``resolutions`` are Allure's rules for known deviations, in JSON. What
    earlier runs found is shown too, as far as the history file beside the page tells it.
    """
    if not any(file for folder in results for file in folder.glob("*-result.json")):
        folders = ", ".join(str(short(folder)) for folder in results)
        raise ReportError(f"no results in {folders}. Run {RUN_FIRST} first.")
    page.parent.mkdir(parents=True, exist_ok=True)
    history = str((page.parent / "history.jsonl").resolve())
    settings = {HISTORY: history, LANGUAGE: language, NAME: name, RESOLUTIONS: resolutions}
    with tempfile.TemporaryDirectory() as folder:
        html = _generate(results, Path(folder), settings).read_text(encoding="utf-8")
    _require_all(results, html)
    page.write_text(self_contained(html), encoding="utf-8")


def _require_all(results: Sequence[Path], html: str) -> None:
    """Raise ReportError if the page does not have every result.

    Allure leaves out what it cannot read, and still ends with exit status 0.
    """
    expected = {file.name for folder in results for file in folder.glob("*-result.json")}
    shown = set(SHOWN_RESULT.findall(html))
    if len(shown) < len(expected):
        raise ReportError(
            f"Allure's page has {len(shown)} of {len(expected)} results, so it was not written."
            " Look for result files that were cut off, and run it again."
        )


def self_contained(html: str) -> str:
    """Return the page without the analytics call and with a policy against others."""
    html, found = ANALYTICS.subn("", html)
    if not found or REMOTE.search(html):
        raise ReportError(
            "Allure's page has changed and might load something remote. Compare ANALYTICS in "
            "checkout_conformance/reporting/allure_html.py with what the page now loads."
        )
    return _with_policy(html)


def _with_policy(html: str) -> str:
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    html, found = CHARSET.subn(lambda meta: f"{meta[0]}\n    {policy}", html, count=1)
    if not found:
        raise ReportError("Allure's page has no head to put the content policy into.")
    return html


def _generate(results: Sequence[Path], folder: Path, settings: Mapping[str, str]) -> Path:
    node = find_node()
    allure = find_allure(node)
    if node is None or allure is None:
        raise AllureMissing(_how_to_get_allure(node))
    command = [str(node.node), str(allure), "generate", *(str(one.resolve()) for one in results)]
    command += ["--config", str(CONFIG), "--output", str(folder)]
    environment = {**os.environ, **settings}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    page = folder / "index.html"
    if done.returncode != 0 or not page.exists():
        raise ReportError(f"Allure failed:\n{done.stdout}{done.stderr}".rstrip())
    return page


def short(path: Path) -> Path:
    """``path`` relative to the folder of this run, if it lies in it."""
    return path.resolve().relative_to(WORK) if path.resolve().is_relative_to(WORK) else path
