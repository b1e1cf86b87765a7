"""One page from the results of a run: `python -m reports.allure_html`.

Allure 3 makes the page. It would call an analytics service each time it is opened, and offers no
working way to opt out, so that call is cut out, and a policy in the page forbids any other.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools import ROOT
from tools.node import OLDEST, find_node

LATEST = ROOT / "reports" / "latest"
RESULTS = LATEST / "allure-results"
PAGE = LATEST / "allure.html"
CONFIG = ROOT / "reports" / "allure" / "allurerc.mjs"
ALLURE = ROOT / "reports" / "allure" / "node_modules" / "allure" / "cli.js"

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
CHARSET = re.compile(r"<meta charset=\"utf-8\"[^>]*>", re.IGNORECASE)


class ReportError(Exception):
    """There is no page to make, or no way to make it. The message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the page, say where it is, and return the exit status for the shell."""
    parser = argparse.ArgumentParser(prog="python -m reports.allure_html", description=__doc__)
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder of Allure results")
    parser.add_argument("--page", type=Path, default=PAGE, help="the file to write")
    options = parser.parse_args(arguments)
    try:
        make_page(options.results, options.page)
    except ReportError as error:
        print(f"No report: {error}", file=sys.stderr)
        return 1
    print(f"Report: {_short(options.page)} (one file, opens in any browser)")
    return 0


def make_page(results: Path, page: Path) -> None:
    """Write one self-contained HTML file that shows the results and loads nothing."""
    if not any(results.glob("*-result.json")):
        raise ReportError(f"no results in {_short(results)}. Run `make accept` first.")
    with tempfile.TemporaryDirectory() as folder:
        html = _generate(results, Path(folder)).read_text(encoding="utf-8")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(self_contained(html), encoding="utf-8")


def self_contained(html: str) -> str:
    """The page without the analytics call, and with a policy that forbids every other one."""
    html, found = ANALYTICS.subn("", html)
    if not found or REMOTE.search(html):
        raise ReportError(
            "Allure's page has changed and might load something remote. Compare ANALYTICS in "
            "reports/allure_html.py with what the page now loads."
        )
    return _with_policy(html)


def _with_policy(html: str) -> str:
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    html, found = CHARSET.subn(lambda meta: f"{meta[0]}\n    {policy}", html, count=1)
    if not found:
        raise ReportError("Allure's page has no head to put the content policy into.")
    return html


def _generate(results: Path, folder: Path) -> Path:
    node = find_node()
    if node is None:
        raise ReportError(f"no Node {OLDEST} or newer with npm. Run `make setup`, it brings one.")
    if not ALLURE.exists():
        raise ReportError("Allure is not installed. Run `make setup`.")
    command = [str(node.node), str(ALLURE), "generate", str(results.resolve())]
    command += ["--config", str(CONFIG), "--output", str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    page = folder / "index.html"
    if done.returncode != 0 or not page.exists():
        raise ReportError(f"Allure failed:\n{done.stdout}{done.stderr}".rstrip())
    return page


def _short(path: Path) -> Path:
    return path.resolve().relative_to(ROOT) if path.resolve().is_relative_to(ROOT) else path


if __name__ == "__main__":
    sys.exit(main())
