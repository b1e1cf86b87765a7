"""All twins of the content. Importing this module imports the mock sites."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from checkout_conformance.commands import did_you_mean
from checkout_conformance.project import command_hint, content_package
from checkout_conformance.twins.twin import COLLECTION, Twin

_content = import_module(content_package("twins"))
_right = import_module(content_package("twins.right"))
for name in [module.name for module in iter_modules(_right.__path__, f"{_right.__name__}.")]:
    import_module(name)


class NoSuchTwin(LookupError):
    """The twin does not exist. The message says what to do."""


def twins_named(names: Sequence[str] = ()) -> list[Twin]:
    """Return the named twins; without names, all. Raises NoSuchTwin."""
    known = [twin.name for twin in COLLECTION.named()]
    for name in names:
        if name not in known:
            near = did_you_mean(name, known)
            raise NoSuchTwin(
                f"There is no twin {name}.{near} "
                f"{command_hint('twins ARGS=--list', 'twins run --list')} has them all."
            )
    return COLLECTION.named(names)


def touches(twin: Twin, clause: str) -> bool:
    """Whether a clause is about the twin's site."""
    procedures: tuple[str, ...] = _content.PROCEDURES[twin.site]
    return clause.partition(".")[0] in procedures
