"""What goes wrong on purpose, for this scenario's buyer alone: messages, notices, sites."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pytest_bdd import given

from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer

from .controls import Controls
from .words import sentence

PATIENCE_SECONDS = 10.0
FROM_NOW_ON = 1000
# Longer than the sites wait for each other's notices, and than the shop waits for the wallet.
TOO_SLOW_SECONDS = 4
MISHAPS: dict[str, dict[str, Any]] = {
    "is lost": {"kind": "lost"},
    "is lost again and again": {"kind": "lost", "times": FROM_NOW_ON},
    "comes twice": {"kind": "twice"},
    "is overtaken by another": {"kind": "out-of-order"},
    "carries a wrong signature": {"kind": "wrong-signature"},
}
FAILURES: dict[str, dict[str, Any]] = {
    "is down": {"kind": "down"},
    "answers with an error": {"kind": "broken"},
    "answers half": {"kind": "half-a-body"},
    "breaks off after its work": {"kind": "cut-off"},
    "is too slow": {"kind": "slow", "seconds": TOO_SLOW_SECONDS},
}


class Faults:
    """The faults of one scenario: all for its own buyer, and gone with it."""

    def __init__(self, controls: Controls, buyer: Buyer) -> None:
        self._controls = controls
        self._buyer = buyer
        self._set: list[tuple[str, str]] = []

    def set(self, site: str, place: str, **about: Any) -> None:
        """Have this go wrong for the buyer."""
        fault_id = self._controls.set_fault(site, place=place, phone=self._buyer.phone, **about)
        self._set.append((site, fault_id))

    def clear(self) -> None:
        """Remove them, and complain of one that never struck: its scenario proves nothing."""
        for site, fault_id in self._set:
            struck = self._wait_for(site, fault_id)
            self._controls.remove_fault(site, fault_id)
            check_that("the fault that was set has struck", struck, f"none on the {site}")
        self._set.clear()

    def _wait_for(self, site: str, fault_id: str) -> bool:
        # What strikes in a site's background may do so a moment after the page has come.
        deadline = time.monotonic() + PATIENCE_SECONDS
        for _ in itertools.count():
            if self._controls.times_struck(site, fault_id):
                return True
            if time.monotonic() > deadline:
                return False
            threading.Event().wait(0.05)
        raise AssertionError("the count has no end")


@pytest.fixture
def faults(controls: Controls, buyer: Buyer) -> Iterator[Faults]:
    """What goes wrong in this scenario."""
    faults = Faults(controls, buyer)
    yield faults
    faults.clear()


@given(sentence("the next message to the phone {mishap:Mishap}"))
@given(sentence("أن الرسالة التالية إلى الهاتف {mishap:Mishap}"))
def message_goes_wrong(faults: Faults, mishap: str) -> None:
    faults.set("phone", "message", **MISHAPS[mishap])


@given(sentence("the next message to the phone comes {span:Span} late"))
@given(sentence("أن الرسالة التالية إلى الهاتف تتأخر {span:Span}"))
def message_is_late(faults: Faults, span: timedelta) -> None:
    faults.set("phone", "message", kind="late", seconds=span.total_seconds())


@given("the next message to the phone cannot be sent")
@given("أن الرسالة التالية إلى الهاتف لا يمكن إرسالها")
def message_cannot_be_sent(faults: Faults) -> None:
    faults.set("phone", "request", kind="broken")


@given(sentence("the {site:Site}'s next notice to the shop {mishap:Mishap}"))
@given(sentence("أن إشعار {site:Site} التالي إلى المتجر {mishap:Mishap}"))
def notice_goes_wrong(faults: Faults, site: str, mishap: str) -> None:
    faults.set(site, "notification", **MISHAPS[mishap])


@given(sentence("the {site:Site}'s next notice to the shop comes {span:Span} late"))
@given(sentence("أن إشعار {site:Site} التالي إلى المتجر يتأخر {span:Span}"))
def notice_is_late(faults: Faults, site: str, span: timedelta) -> None:
    faults.set(site, "notification", kind="late", seconds=span.total_seconds())


@given(sentence("the shop {failure:Failure} when it gets the notice"))
@given(sentence("أن المتجر {failure:Failure} عند وصول الإشعار إليه"))
def shop_fails(faults: Faults, failure: str) -> None:
    faults.set("shop", "request", **FAILURES[failure])


@given(sentence("the {site:Site} {failure:Failure} when the shop asks it next"))
@given(sentence("أن {site:Site} {failure:Failure} حين يسألها المتجر في المرة التالية"))
def site_fails_once(faults: Faults, site: str, failure: str) -> None:
    faults.set(site, "request", **FAILURES[failure])


@given(sentence("the {site:Site} {failure:Failure} whenever the shop asks it"))
@given(sentence("أن {site:Site} {failure:Failure} كلما سألها المتجر"))
def site_fails(faults: Faults, site: str, failure: str) -> None:
    faults.set(site, "request", times=FROM_NOW_ON, **FAILURES[failure])


@given("the card's issuer does not answer")
@given("أن مُصدِر البطاقة لا يجيب")
def issuer_is_silent(faults: Faults) -> None:
    faults.set("vault", "issuer", kind="silent")


@given(sentence("the buyer's session with the {site:Site} has ended"))
@given(sentence("أن جلسة المشتري في {site:Site} انتهت"))
def session_has_ended(faults: Faults, site: str) -> None:
    faults.set(site, "session", kind="gone")
