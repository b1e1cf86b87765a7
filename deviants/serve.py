"""Serve the mock sites with a deviant among them: ``checkout-conformance deviants serve NAME``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from unittest.mock import patch

import mock_sites.__main__ as sites
from checkout_conformance.deviants.collection import deviants_named
from checkout_conformance.deviants.deviant import REFERENCE
from deviants.change import Change
from mock_sites.shared.runtime.site import Site


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
        return sites.main(arguments)
    [deviant] = deviants_named([name])
    change = Change()
    deviant.make(change)
    return serve_changed(deviant.site, change, arguments)


def serve_changed(site: str, change: Change, arguments: Sequence[str]) -> int:
    """Serve the mock sites with that change of one of them."""
    made = {site: changed(sites.CREATE[site], change)}
    with change.of_rules(), patch.dict(sites.CREATE, made):
        return sites.main(arguments)


def changed(create: Callable[..., Site], change: Change) -> Callable[..., Site]:
    """Make the site that ``create`` makes, with the pages and routes of the change."""

    def create_deviant(*of_stack: Any) -> Site:
        site = create(*of_stack)
        change.of_site(site.app)
        return site

    return create_deviant
