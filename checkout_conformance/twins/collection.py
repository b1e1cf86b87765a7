"""All twins of the content. Importing this module imports the mock sites."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from checkout_conformance.clauses import read_procedures
from checkout_conformance.commands import did_you_mean
from checkout_conformance.content import content
from checkout_conformance.deviants.deviant import NoSuchSite
from checkout_conformance.project import command_hint, content_package, has_ours, own_modules
from checkout_conformance.twins.twin import COLLECTION, Twin

for _package in [import_module(content_package("twins.right"))] if has_ours("twins") else []:
    for _module in iter_modules(_package.__path__, f"{_package.__name__}."):
        import_module(_module.name)
for _name in own_modules("twins"):
    import_module(_name)


class NoSuchTwin(NoSuchSite):
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
    procedure = clause.partition(".")[0]
    known = read_procedures().get(procedure)
    return procedure in content().procedures.get(twin.site, ()) or bool(
        known and twin.site in known.sites
    )
