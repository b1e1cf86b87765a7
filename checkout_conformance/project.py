"""The project's folders: content is beside the engine in a checkout, below it if installed."""

from __future__ import annotations

import tomllib
from importlib import metadata
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
NO_DEVIANTS = "the deviants are not part of the package: use a checkout of the project"
NO_TWINS = "the twins are not part of the package: use a checkout of the project"


def content_package(name: str) -> str:
    """Return the importable name of a content package such as ``steps``."""
    return PACKAGE + name


def has_content(name: str) -> bool:
    """Whether this project has a package of content: deviants and twins are in a checkout only."""
    return (ROOT / name).is_dir()


def command_hint(make: str, command: str) -> str:
    """What to type: a target of make in a checkout, installed a command of ours."""
    return f"`checkout-conformance {command}`" if IS_INSTALLED else f"`make {make}`"


def version() -> str:
    """The version of this project: a checkout need not be installed."""
    settings = ROOT / "pyproject.toml"
    if IS_INSTALLED or not settings.is_file():
        return metadata.version("checkout-conformance")
    return str(tomllib.loads(settings.read_text(encoding="utf-8"))["project"]["version"])
