"""``checkout-conformance run``: run the features on a target, and make the reports.

Options that are not its own go to pytest: ``checkout-conformance run -m W1 --target my.toml``.
Exit status: that of pytest, or that of the report where the tests passed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from checkout_conformance.project import FEATURES, IS_INSTALLED, LATEST, ROOT, WORK
from checkout_conformance.reporting import command as report

# Installed, there is no project file of ours that pytest could find.
SETTINGS = Path(__file__).with_name("pytest.ini")
RESULTS, JUNIT = "allure-results", "junit.xml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run pytest, then report; the exit status for the shell."""
    parser = argparse.ArgumentParser(prog="checkout-conformance run", description=__doc__)
    parser.add_argument("--into", type=Path, default=LATEST, help="the folder for the reports")
    parser.add_argument(
        "--workers", default="auto", metavar="N", help="browsers at a time (auto: one per core)"
    )
    parser.add_argument(
        "--report",
        nargs=1,
        action="extend",
        default=[],
        metavar="OPTION",
        help="an option for the report, such as --report=--at-least=20 (several: again)",
    )
    options, rest = parser.parse_known_args(arguments)
    into: Path = options.into.resolve()
    results = into / RESULTS
    _remove_earlier(into)
    tests = subprocess.run(pytest_command(rest, into, options.workers), cwd=WORK, check=False)
    reported = report.main([str(results), "--into", str(into), *options.report])
    return tests.returncode or reported


def pytest_command(rest: Sequence[str], into: Path, workers: str) -> list[str]:
    """The command that runs the features and leaves the evidence in ``into``."""
    own = ["-c", str(SETTINGS), "--rootdir", str(ROOT)] if IS_INSTALLED else []
    features = [] if any(_is_path(word) for word in rest) else [str(FEATURES)]
    evidence = [f"--alluredir={into / RESULTS}", f"--junitxml={into / JUNIT}"]
    return [sys.executable, "-m", "pytest", *own, *features, "-n", workers, *evidence, *rest]


def _is_path(word: str) -> bool:
    return not word.startswith("-") and Path(word.partition("::")[0]).exists()


def _remove_earlier(into: Path) -> None:
    """A report that cannot be made must not leave an earlier one that looks like it."""
    shutil.rmtree(into / RESULTS, ignore_errors=True)
    for page in [*into.glob("conformance*.html"), *into.glob("conformance.json")]:
        page.unlink()
    for name in ("allure.html", JUNIT):
        (into / name).unlink(missing_ok=True)
