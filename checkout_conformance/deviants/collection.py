"""All deviants of the content. Importing this module imports the mock sites."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from checkout_conformance.commands import did_you_mean
from checkout_conformance.deviants.deviant import (
    COLLECTION,
    GENERATED,
    ON_REQUEST,
    Deviant,
    NoSuchSite,
)
from checkout_conformance.project import command_hint, content_package, has_ours, own_modules

# The environment variable with more modules, separated by spaces.
MORE = "MORE_DEVIANTS"

# Those written beside a scenario, and those written without knowing any.
PACKAGES = ("deviants.wrong", "deviants.blind", "deviants.unseen")

for _package in [import_module(content_package(n)) for n in PACKAGES if has_ours("deviants")]:
    for _module in iter_modules(_package.__path__, f"{_package.__name__}."):
        import_module(_module.name)
for _name in own_modules("deviants"):
    import_module(_name)


class NoSuchDeviant(NoSuchSite):
    """The deviant or module does not exist. The message says what to do."""


def deviants_named(names: Sequence[str] = ()) -> list[Deviant]:
    """Return the named deviants; without names, all but the generated ones.

    Raises NoSuchDeviant.
    """
    _import_more()
    written = {deviant.name: deviant for deviant in COLLECTION.named([])}
    return [written.get(name) or _generated_one(name, list(written)) for name in names or written]


def _generated_one(name: str, written: list[str]) -> Deviant:
    found: Deviant | None = _generator().named(name) if has_ours("deviants") else None
    if found is None:
        raise NoSuchDeviant(
            f"There is no deviant {name}.{did_you_mean(name, written)} "
            f"{command_hint('deviants ARGS=list', 'deviants list')} has them all."
        )
    return found


def _generator() -> Any:
    """The operators of the content; imported only if a generated deviant is asked for."""
    return import_module(content_package("deviants.generated.collection"))


def deviants_to_list(names: Sequence[str] = (), kind: str | None = None) -> list[Deviant]:
    """Return the named deviants, or all, of a kind; generated ones only if they are asked for.

    Raises NoSuchDeviant.
    """
    if kind == GENERATED and not names and has_ours("deviants"):
        return list(_generator().generated())
    known = deviants_named(names)
    chosen = [one for one in known if kind in (None, one.kind)]
    if not chosen:
        kinds = ", ".join(sorted({one.kind for one in known} | {GENERATED}))
        raise NoSuchDeviant(f"There is no deviant of the kind {kind}. Kinds: {kinds}.")
    return chosen


def deviants_to_run(names: Sequence[str] = (), kind: str | None = None) -> list[Deviant]:
    """Return the named deviants, or all, of a kind.

    Without names and kind: all but those that measure the suite. Raises NoSuchDeviant.
    """
    chosen = deviants_to_list(names, kind)
    return [one for one in chosen if names or kind or one.kind not in ON_REQUEST]


@cache
def _import_more() -> None:
    for name in os.environ.get(MORE, "").split():
        try:
            import_module(name)
        except ImportError as error:
            raise NoSuchDeviant(f"{MORE} names {name}: {error}. Is it on PYTHONPATH?") from None
