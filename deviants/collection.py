"""All the deviants there are. Importing this imports the mock sites, so only who needs it does."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from deviants import wrong
from deviants.deviant import COLLECTION, Deviant

# Modules with more of them, by their names and with spaces between.
MORE = "MORE_DEVIANTS"

for name in [module.name for module in iter_modules(wrong.__path__, f"{wrong.__name__}.")]:
    import_module(name)
for name in os.environ.get(MORE, "").split():
    import_module(name)


def deviants_named(names: Sequence[str] = ()) -> list[Deviant]:
    """The deviants of these names; without any, all of them. Raises KeyError for others."""
    return COLLECTION.named(names)
