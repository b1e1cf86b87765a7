"""Every measured harness.

Every worker gets a new stack of sites, and every scenario a new buyer. In a browser all start the
same one, with a new context or an emptied profile for each scenario.
"""

from __future__ import annotations

import shutil

from benchmarks.harnesses import in_python, on_node
from benchmarks.harnesses import ours as own
from benchmarks.harnesses.harness import Harness

RAW = Harness("raw Playwright script", 2, own.raw)
OURS = Harness("checkout-conformance", 2, own.ours)
PEERS = (
    Harness("behave with Playwright", 2, in_python.behave),
    Harness("cucumber-js with Playwright", 2, on_node.cucumber),
    Harness("Playwright Test", 2, on_node.playwright_test),
    Harness("playwright-bdd", 2, on_node.playwright_bdd),
    Harness("pytest with Selenium", 2, in_python.selenium),
    Harness("Robot Framework Browser", 2, in_python.robot),
)

RAW_OVER_HTTP = Harness("raw httpx script", 2, own.raw_over_http)
OURS_OVER_HTTP = Harness("checkout-conformance over HTTP", 2, own.ours_over_http)
PEERS_OVER_HTTP = (
    Harness("behave with httpx", 2, in_python.behave_over_http),
    Harness("pytest-bdd with httpx", 2, in_python.pytest_bdd_over_http),
    Harness("Robot Framework RequestsLibrary", 2, in_python.robot_over_http),
)

CAPYBARA = "Capybara with rack_test"
PEER_NAMES = (*(peer.name for peer in (*PEERS, *PEERS_OVER_HTTP)), CAPYBARA)


def why_no_capybara() -> str:
    """The reason why Capybara's rack_test is not measured."""
    here = "" if shutil.which("ruby") else "; and this machine has no Ruby"
    return f"it calls a Rack application in its own process, not sites over HTTP{here}"
