"""Whether a deviant goes wrong: a journey through all sites sees something else than usual."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import Deviant
from mock_sites.__main__ import EXTENSIONS
from tests.support.journeys import card_journeys, phone_journeys, wallet_journeys
from tests.support.journeys.journey import Differs, Journey
from tests.support.stack_fixture import stack_fixture

Way = Callable[[Journey], None]
# So that no journey differs from another one by its day, or by AM and PM.
MORNING = datetime.combine(datetime.now(UTC), time(5), UTC)
# The ways that pass by a clause.
WAYS: dict[str, Sequence[Way]] = {
    "W1.1": [wallet_journeys.choose],
    "W1.2": [wallet_journeys.choose, wallet_journeys.enter],
    "W1.3": [wallet_journeys.choose, wallet_journeys.enter],
    "W1.4": [wallet_journeys.enter],
    "W1.5": [wallet_journeys.enter],
    "W1.6": [wallet_journeys.codes, wallet_journeys.choose],
    "W2.1": [wallet_journeys.checkout_with_wallet],
    "W2.2": [wallet_journeys.checkout_with_wallet],
    "W2.3": [wallet_journeys.invoices],
    "W2.4": [wallet_journeys.invoices],
    "W2.5": [wallet_journeys.invoices],
    "W2.6": [wallet_journeys.paid],
    "C1.1": [card_journeys.cart],
    "C1.2": [card_journeys.cart],
    "C1.3": [card_journeys.block],
    "C1.4": [card_journeys.block],
    "C1.5": [card_journeys.link],
    "C1.6": [card_journeys.block, card_journeys.link],
    "C1.7": [card_journeys.cart, card_journeys.link],
    "C2.1": [card_journeys.vault],
    "C2.2": [card_journeys.vault],
    "C2.3": [card_journeys.manage],
    "C2.4": [card_journeys.vault],
    "C2.5": [card_journeys.manage, card_journeys.vault],
    "C2.6": [card_journeys.manage],
    "C3.1": [phone_journeys.phone_cart],
    "C3.2": [phone_journeys.phone_cart],
    "C3.3": [phone_journeys.phone_cart],
    "C3.4": [phone_journeys.phone_cards],
    "C3.5": [phone_journeys.phone_cards],
    "C3.6": [phone_journeys.phone_cards],
}


def travel(way: Way, expected: Sequence[str] | None = None) -> list[str]:
    with TemporaryDirectory() as data, stack_fixture(Path(data), start=MORNING) as stack:
        journey = Journey(stack, expected)
        way(journey)
        return journey.record


@cache
def on_the_reference(way: Way) -> list[str]:
    return travel(way)


def difference(deviant: Deviant, way: Way) -> str | None:
    """The first thing that a journey on the deviant sees otherwise than on the reference."""
    expected, change = on_the_reference(way), Change()
    deviant.make(change)
    with change.of_rules(), patch.dict(EXTENSIONS.changes, {deviant.site: change.of_site}):
        try:
            travel(way, expected)
        except Differs as found:
            return str(found)
    return None
