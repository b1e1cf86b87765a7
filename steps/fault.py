"""Faults set for this scenario's buyer alone: of messages, notifications and sites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks

from .support.controls import Controls
from .support.faults import FROM_NOW_ON, Fault, Faults
from .support.sentences import given


@pytest.fixture
def faults(controls: Controls, buyer: Buyer) -> Iterator[Faults]:
    """The faults of this scenario, removed when it ends."""
    faults = Faults(controls, buyer)
    yield faults
    faults.clear()


@given("the next message to the phone {mishap:Mishap}")
@asks("faults", site="phone")
def message_goes_wrong(faults: Faults, mishap: Fault) -> None:
    faults.set("phone", "message", mishap)


@given("the next message to the phone comes {span:Span} late")
@asks("faults", site="phone")
def message_is_late(faults: Faults, span: timedelta) -> None:
    faults.set("phone", "message", Fault("late", seconds=span.total_seconds()))


@given("the next message to the phone cannot be sent")
@asks("faults", site="phone")
def message_cannot_be_sent(faults: Faults) -> None:
    faults.set("phone", "request", Fault("broken"))


@given("the {site:Site}'s next notification to the shop {mishap:Mishap}")
@asks("faults", site_in="site")
def notice_goes_wrong(faults: Faults, site: str, mishap: Fault) -> None:
    faults.set(site, "notification", mishap)


@given("the {site:Site}'s next notification to the shop comes {span:Span} late")
@asks("faults", site_in="site")
def notice_is_late(faults: Faults, site: str, span: timedelta) -> None:
    faults.set(site, "notification", Fault("late", seconds=span.total_seconds()))


@given("the shop {failure:Failure} when it gets the notification")
@asks("faults", site="shop")
def shop_fails(faults: Faults, failure: Fault) -> None:
    faults.set("shop", "request", failure)


@given("the {site:Site} {failure:Failure} on the shop's next request")
@asks("faults", site_in="site")
def site_fails_once(faults: Faults, site: str, failure: Fault) -> None:
    faults.set(site, "request", failure)


@given("the {site:Site} {failure:Failure} on every request from the shop")
@asks("faults", site_in="site")
def site_fails(faults: Faults, site: str, failure: Fault) -> None:
    faults.set(site, "request", replace(failure, times=FROM_NOW_ON))


@given("the card's issuer does not answer")
@asks("faults", site="vault")
def issuer_is_silent(faults: Faults) -> None:
    faults.set("vault", "issuer", Fault("silent"))


@given("the card's issuer {release:Release} when the vault asks for the cent back")
@asks("faults", site="vault")
def return_fails(faults: Faults, release: Fault) -> None:
    faults.set("vault", "return", release)


@given("the buyer's session with the {site:Site} has ended")
@asks("faults", site_in="site")
def session_has_ended(faults: Faults, site: str) -> None:
    faults.set(site, "session", Fault("gone"))
