"""Where the content of this project is: in a checkout beside the engine, installed below it."""

from __future__ import annotations

from pathlib import Path

_ENGINE = Path(__file__).resolve().parent
_INSTALLED = _ENGINE / "bundled"

IS_INSTALLED = _INSTALLED.is_dir()
ROOT = _INSTALLED if IS_INSTALLED else _ENGINE.parent
# What the names of the content's packages begin with: nothing of ours but the engine may stand at
# the top level of somebody's site-packages.
PACKAGE = "checkout_conformance.bundled." if IS_INSTALLED else ""

FEATURES = ROOT / "features"
TARGETS = ROOT / "targets"
REPORT_FILES = ROOT / "reports"
# Where a run writes: into the checkout, or into the folder that it was started in.
WORK = Path.cwd() if IS_INSTALLED else ROOT
LATEST = WORK / "reports" / "latest"


def content_package(name: str) -> str:
    """The importable name of a package of the content, such as ``steps``."""
    return PACKAGE + name
