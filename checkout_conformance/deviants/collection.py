"""All deviants of the content. Importing this module imports the mock sites."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from checkout_conformance.commands import did_you_mean
from checkout_conformance.deviants.deviant import COLLECTION, Deviant
from checkout_conformance.project import command_hint, content_package

# The environment variable with more modules, separated by spaces.
MORE = "MORE_DEVIANTS"

# Those written beside a scenario, and those written without knowing any.
PACKAGES = ("deviants.wrong", "deviants.blind")

for _package in [import_module(content_package(name)) for name in PACKAGES]:
    for _module in iter_modules(_package.__path__, f"{_package.__name__}."):
        import_module(_module.name)


class NoSuchDeviant(LookupError):
    """The deviant or module does not exist. The message says what to do."""


def deviants_named(names: Sequence[str] = ()) -> list[Deviant]:
    """Return the named deviants; without names, all. Raises NoSuchDeviant."""
    _import_more()
    known = [deviant.name for deviant in COLLECTION.named([])]
    for name in names:
        if name not in known:
            near = did_you_mean(name, known)
            raise NoSuchDeviant(
                f"There is no deviant {name}.{near} "
                f"{command_hint('deviants ARGS=list', 'deviants list')} has them all."
            )
    return COLLECTION.named(names)


@cache
def _import_more() -> None:
    for name in os.environ.get(MORE, "").split():
        try:
            import_module(name)
        except ImportError as error:
            raise NoSuchDeviant(f"{MORE} names {name}: {error}. Is it on PYTHONPATH?") from None
