"""All the deviants there are. Importing this imports the mock sites, so only who needs it does."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from deviants import wrong
from deviants.deviant import COLLECTION, Deviant
from tools.commands import did_you_mean

# Modules with more of them, by their names and with spaces between.
MORE = "MORE_DEVIANTS"

for name in [module.name for module in iter_modules(wrong.__path__, f"{wrong.__name__}.")]:
    import_module(name)


class NoSuchDeviant(LookupError):
    """There is no such deviant, or no module with more of them. The message says what to do."""


def deviants_named(names: Sequence[str] = ()) -> list[Deviant]:
    """The deviants of these names; without any, all of them. Raises NoSuchDeviant for others."""
    _import_more()
    known = [deviant.name for deviant in COLLECTION.named([])]
    for name in names:
        if name not in known:
            near = did_you_mean(name, known)
            raise NoSuchDeviant(
                f"There is no deviant {name}.{near} `python -m deviants list` has them all."
            )
    return COLLECTION.named(names)


@cache
def _import_more() -> None:
    for name in os.environ.get(MORE, "").split():
        try:
            import_module(name)
        except ImportError as error:
            raise NoSuchDeviant(f"{MORE} names {name}: {error}. Is it on PYTHONPATH?") from None
