"""The project's folders: content is beside the engine in a checkout, below it if installed.

A team's own project is the folder with its ``checkout.toml``: the current folder, or the nearest
one above it. Its packages are imported as ``checkout_project.steps``, ``checkout_project.pages``.
"""

from __future__ import annotations

import os
import sys
import tomllib
from importlib import import_module, metadata
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
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

OWN_FILE = "checkout.toml"
# Names the folder of the team's project; empty: there is none.
OWN_VARIABLE = "CHECKOUT_PROJECT"
OWN_PACKAGE = "checkout_project"


def find_own(here: Path) -> Path | None:
    """Return the folder of the team's project that ``here`` is in, or None."""
    named = os.environ.get(OWN_VARIABLE)
    if named is not None:
        return Path(named).resolve() if named else None
    return next((one for one in (here, *here.parents) if (one / OWN_FILE).is_file()), None)


OWN = find_own(Path.cwd())
# A run writes into the team's project, or the checkout, or the current folder if installed.
WORK = OWN or (Path.cwd() if IS_INSTALLED else ROOT)
LATEST = WORK / "reports" / "latest"
NO_DEVIANTS = (
    "our deviants are not part of the package: use a checkout of the project, or write deviants"
    " of your own in a project (checkout-conformance init)"
)
NO_TWINS = NO_DEVIANTS.replace("deviants", "twins")


def content_package(name: str) -> str:
    """Return the importable name of a content package such as ``steps``."""
    return PACKAGE + name


def has_content(name: str) -> bool:
    """Whether there is a folder of content, ours or the team's: deviants and twins may lack."""
    return has_ours(name) or bool(own_files(name))


def has_ours(name: str) -> bool:
    """Whether our content has that folder; ours deviants and twins are in a checkout only."""
    return (ROOT / OURS.get(name, name)).is_dir()


# Where our deviants and twins are; beside them is what every project changes sites with.
OURS = {"deviants": "deviants/wrong", "twins": "twins/right"}


def own_modules(name: str) -> list[str]:
    """Return the importable names of the modules in a folder of the team's project."""
    return [f"{OWN_PACKAGE}.{name}.{file.stem}" for file in own_files(name)]


def own_files(name: str) -> list[Path]:
    """Return the Python files of a folder of the team's project; none without a project."""
    return sorted((OWN / name).glob("[!_]*.py")) if OWN else []


def own_sites() -> list[Path]:
    """Return the folders of the mock sites of the team's project: the packages in ``mocks/``.

    A site has the name of its folder.
    """
    found = (OWN / "mocks").glob("[!_.]*/__init__.py") if OWN else ()
    return sorted(file.parent for file in found)


def _mount(folder: Path) -> None:
    """Make the folder importable, whatever else is called ``steps`` or ``pages``."""
    spec = ModuleSpec(OWN_PACKAGE, None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    sys.modules[OWN_PACKAGE] = module_from_spec(spec)


if OWN:
    _mount(OWN)
    if not IS_INSTALLED:
        # At once: the project's folder has packages of the same names, and xdist restores the path.
        sys.path.insert(0, str(ROOT))
        for _name in ("deviants", "twins"):
            import_module(_name)


def command_hint(make: str, command: str) -> str:
    """What to type: a target of make in a checkout, installed a command of ours."""
    return f"`checkout-conformance {command}`" if IS_INSTALLED else f"`make {make}`"


def version() -> str:
    """The version of this project: a checkout need not be installed."""
    settings = ROOT / "pyproject.toml"
    if IS_INSTALLED or not settings.is_file():
        return metadata.version("checkout-conformance")
    return str(tomllib.loads(settings.read_text(encoding="utf-8"))["project"]["version"])
