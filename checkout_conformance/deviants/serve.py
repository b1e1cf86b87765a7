"""Serve the mock sites with a deviant among them: ``checkout-conformance deviants serve NAME``."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any
from unittest.mock import patch

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.collection import deviants_named
from checkout_conformance.deviants.deviant import REFERENCE
from checkout_conformance.project import content_package

# The mock sites: their module, and what each is made by.
sites: Any = import_module(content_package("mock_sites.__main__"))


def prepare() -> None:
    """Do what every stack needs once, before this process is forked."""
    sites.prepare()


def main(arguments: Sequence[str]) -> int:
    """Serve the deviant that the first argument names; the others are options of the sites."""
    name, *options = arguments
    return serve(name, options)


def serve(name: str, arguments: Sequence[str]) -> int:
    """Serve as ``python -m mock_sites`` does, with what the deviant does wrong.

    Raises NoSuchDeviant for a name that nobody knows, ChangeError where the deviant does not fit
    the reference any more.
    """
    if name == REFERENCE:
        return int(sites.main(arguments))
    [deviant] = deviants_named([name])
    change = Change()
    deviant.make(change)
    return serve_changed(deviant.site, change, arguments)


def serve_changed(site: str, change: Change, arguments: Sequence[str]) -> int:
    """Serve the mock sites with that change of one of them."""
    changes = {site: change.of_site}
    with change.of_rules(), patch.dict(sites.EXTENSIONS.changes, changes):
        return int(sites.main(arguments))
