"""Find a Chromium and its command-line switches.

The bootstrap uses this module before anything is installed: standard library only.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

OVERRIDE = "CHECKOUT_BROWSER"

# Debian's /usr/bin/chromium-headless-shell is a script that does not exec: killing it leaves the
# browser behind. The binary itself comes first.
DEBIAN_HEADLESS = (
    Path("/usr/lib/chromium/chromium-headless-shell"),
    Path("/usr/lib/chromium/headless_shell"),
)
HEADLESS_COMMANDS = ("chromium-headless-shell", "chrome-headless-shell")
FULL_COMMANDS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
MAC_APPLICATIONS = (
    Path("Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("Applications/Chromium.app/Contents/MacOS/Chromium"),
)

# Where Playwright unpacks its own browsers, below its cache.
PLAYWRIGHT_HEADLESS = (
    "chromium_headless_shell-*/*/chrome-headless-shell",
    "chromium_headless_shell-*/*/headless_shell",
)
PLAYWRIGHT_FULL = (
    "chromium-*/*/chrome",
    "chromium-*/*/*.app/Contents/MacOS/*",
)

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
)


class BrowserError(Exception):
    """The browser named by the environment cannot be started. The message says what to do."""


def find_chromium(headed: bool = False) -> Path | None:
    """Return the Chromium or Chrome of this machine, or None if there is none.

    Without a window the small headless shell is preferred: it is twice as fast as a full browser.
    """
    chosen = os.environ.get(OVERRIDE)
    if chosen:
        return _chosen(chosen)
    return next(_runnable(_full() if headed else _headless()), None)


def launch_args() -> list[str]:
    """Return the switches of every launch: no background traffic, root allowed."""
    return [*(["--no-sandbox"] if is_root() else []), *QUIET]


def is_root() -> bool:
    """Return whether this process is root: no sandbox, but packages can be installed."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _chosen(name: str) -> Path:
    found = shutil.which(Path(name).expanduser())
    if found is None:
        raise BrowserError(
            f"{OVERRIDE}={name} is not a program that can be started: "
            "give the path of a Chromium or Chrome, or unset it."
        )
    return Path(found)


def _headless() -> Iterator[Path]:
    yield from DEBIAN_HEADLESS
    yield from _on_path(HEADLESS_COMMANDS)
    yield from _playwrights_own(PLAYWRIGHT_HEADLESS)
    yield from _full()


def _full() -> Iterator[Path]:
    yield from _on_path(FULL_COMMANDS)
    for root in (Path("/"), Path.home()):
        yield from (root / application for application in MAC_APPLICATIONS)
    yield from _playwrights_own(PLAYWRIGHT_FULL)


def _on_path(commands: Iterable[str]) -> Iterator[Path]:
    for command in commands:
        found = shutil.which(command)
        if found and not _is_snap(Path(found)):
            yield Path(found)


def _is_snap(program: Path) -> bool:
    """A snap is confined: it cannot read the profile that Playwright makes for it.

    Ubuntu's chromium-browser is a script that only starts, or asks for, the snap.
    """
    if "snap" in program.resolve().parts:
        return True
    return program.name == "chromium-browser" and b"/snap/" in program.read_bytes()[:4096]


def _playwrights_own(patterns: Iterable[str]) -> Iterator[Path]:
    cache = _playwright_cache()
    for pattern in patterns:
        found = (path for path in cache.glob(pattern) if _is_complete(cache, path))
        yield from sorted(found, key=lambda path: _revision(cache, path), reverse=True)


def _playwright_cache() -> Path:
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen and chosen != "0":
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"


def _is_complete(cache: Path, program: Path) -> bool:
    """Playwright writes this marker last; without it a download was cut short."""
    return (_unpacked(cache, program) / "INSTALLATION_COMPLETE").exists()


def _revision(cache: Path, program: Path) -> int:
    digits = _unpacked(cache, program).name.rpartition("-")[2]
    return int(digits) if digits.isdigit() else 0


def _unpacked(cache: Path, program: Path) -> Path:
    return cache / program.relative_to(cache).parts[0]


def _runnable(programs: Iterable[Path]) -> Iterator[Path]:
    return (path for path in programs if path.is_file() and os.access(path, os.X_OK))
