"""The lower bound in a browser: ``python -m benchmarks.peers.raw 60`` runs walk W1 60 times."""

from __future__ import annotations

import sys

from playwright.sync_api import sync_playwright

from benchmarks.peers.sites import Sites, browser_options
from benchmarks.peers.turn import turn
from benchmarks.peers.walk import Walk
from benchmarks.peers.whole_walk import whole_way


def main(arguments: list[str]) -> int:
    """Run the walk N times; the exit status."""
    program, switches = browser_options()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=switches)
        sites = Sites()
        for _ in range(int(arguments[0])):
            with turn():
                walk = Walk(browser, sites)
                whole_way(walk)
                walk.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
