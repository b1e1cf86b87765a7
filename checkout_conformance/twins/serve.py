"""Serve the mock sites with a twin among them: ``checkout-conformance twins serve NAME``."""

from __future__ import annotations

from collections.abc import Sequence

from checkout_conformance.deviants.serve import prepare as prepare_sites
from checkout_conformance.deviants.serve import serve_changed
from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.collection import twins_named


def prepare() -> None:
    """Do what every stack needs once, before this process is forked."""
    prepare_sites()


def main(arguments: Sequence[str]) -> int:
    """Serve the twin that the first argument names; the others are options of the sites."""
    name, *options = arguments
    return serve(name, options)


def serve(name: str, arguments: Sequence[str]) -> int:
    """Serve as ``python -m mock_sites`` does, with the twin's site built differently.

    Raises NoSuchTwin for an unknown name, ChangeError where the twin does not fit the reference
    any more.
    """
    [twin] = twins_named([name])
    change = TwinChange(twin.pages)
    twin.make(change)
    return serve_changed(twin.site, change, arguments)
