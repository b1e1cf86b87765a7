"""The project's folders: content is beside the engine in a checkout, below it if installed."""

from __future__ import annotations

from pathlib import Path

_ENGINE = Path(__file__).resolve().parent
_INSTALLED = _ENGINE / "bundled"

IS_INSTALLED = _INSTALLED.is_dir()
ROOT = _INSTALLED if IS_INSTALLED else _ENGINE.parent
# The prefix of the content's package names: only the engine may be a top-level package in a user's
# site-packages.
PACKAGE = "checkout_conformance.bundled." if IS_INSTALLED else ""

FEATURES = ROOT / "features"
TARGETS = ROOT / "targets"
REPORT_FILES = ROOT / "reports"
# A run writes into the checkout or, if installed, into the current folder.
WORK = Path.cwd() if IS_INSTALLED else ROOT
LATEST = WORK / "reports" / "latest"


def content_package(name: str) -> str:
    """Return the importable name of a content package such as ``steps``."""
    return PACKAGE + name
