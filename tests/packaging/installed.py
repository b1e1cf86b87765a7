"""Run the installed command, as a user has it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from checkout_conformance.drivers.chromium import OVERRIDE, find_chromium


def environment(folder: Path) -> dict[str, str]:
    """One without make, git, Node or the checkout; with the browser of this machine, if any."""
    kept = ("HOME", "LANG", "LC_ALL", "TMPDIR", "PLAYWRIGHT_BROWSERS_PATH")
    browser = find_chromium()
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        **({OVERRIDE: str(browser)} if browser else {}),
        "PATH": str(folder / "nothing"),
    }


def said(command: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What the installed command says in a folder."""
    return subprocess.run(
        [str(command), *words],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
