"""All the deviants there are. Importing this imports the mock sites, so only who needs it does."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from deviants import wrong
from deviants.deviant import COLLECTION, Deviant

for module in iter_modules(wrong.__path__):
    import_module(f"{wrong.__name__}.{module.name}")


def deviants_named(names: Sequence[str] = ()) -> list[Deviant]:
    """The deviants of these names; without any, all of them. Raises KeyError for others."""
    return COLLECTION.named(names)
