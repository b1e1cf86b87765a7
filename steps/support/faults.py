"""Faults of the sites that a scenario sets for its own buyer."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import asdict, dataclass, replace

from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer

from ..data import data
from .controls import Controls

PATIENCE_SECONDS = 10.0
FROM_NOW_ON = 1000


@dataclass(frozen=True)
class Fault:
    """What goes wrong, as the test controls call it: once, unless ``times`` says how often.

    ``method`` is that of the page requests that it strikes.
    """

    kind: str
    times: int | None = None
    seconds: float | None = None
    method: str | None = None


# By the words that sentences have for them: what happens to a message, and how a site fails.
MISHAPS = {
    "is lost": Fault("lost"),
    "is lost every time": Fault("lost", times=FROM_NOW_ON),
    "comes twice": Fault("twice"),
    "is overtaken by another": Fault("out-of-order"),
    "carries a wrong signature": Fault("wrong-signature"),
}
FAILURES = {
    "is down": Fault("down"),
    "answers with an error": Fault("broken"),
    "sends half an answer": Fault("half-a-body"),
    "does its work but sends no answer": Fault("cut-off"),
    # Slower than the sites wait for each other: see the data.
    "is too slow": Fault("slow"),
}
# How an issuer fails when the vault asks for a cent back.
RELEASES = {
    "refuses": Fault("refused"),
    "does not answer": Fault("silent"),
    "gives it back but sends no answer": Fault("cut-off"),
}


class Faults:
    """The faults of one scenario, for its own buyer only, removed when it ends."""

    def __init__(self, controls: Controls, buyer: Buyer) -> None:
        self._controls = controls
        self._buyer = buyer
        self._set: list[tuple[str, str]] = []

    def set(self, site: str, place: str, fault: Fault) -> None:
        """Set a fault for the buyer, at a place of the site that the controls know."""
        if fault.kind == "slow":
            fault = replace(fault, seconds=data().limits.too_slow_seconds)
        about = {name: value for name, value in asdict(fault).items() if value is not None}
        fault_id = self._controls.set_fault(site, place=place, phone=self._buyer.phone, **about)
        self._set.append((site, fault_id))

    def set_for_form(self, site: str, fault: Fault) -> None:
        """Set a fault for the next form that the buyer sends to the site."""
        self.set(site, "page", replace(fault, method="POST"))

    def clear(self) -> None:
        """Remove the faults. Fail if one never took effect: its scenario would prove nothing."""
        for site, fault_id in self._set:
            struck = self._wait_for(site, fault_id)
            self._controls.remove_fault(site, fault_id)
            check_that("the fault that was set has struck", struck, f"none on the {site}")
        self._set.clear()

    def _wait_for(self, site: str, fault_id: str) -> bool:
        # A fault in the background of a site may take effect shortly after the page has loaded.
        deadline = time.monotonic() + PATIENCE_SECONDS
        for _ in itertools.count():
            if self._controls.times_struck(site, fault_id):
                return True
            if time.monotonic() > deadline:
                return False
            threading.Event().wait(0.05)
        raise AssertionError("the count has no end")
