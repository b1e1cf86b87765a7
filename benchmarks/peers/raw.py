"""The floor: walk W1 as a plain Playwright script: ``python -m benchmarks.peers.raw 60``."""

from __future__ import annotations

import argparse
import sys

from playwright.sync_api import sync_playwright

from benchmarks.peers.sites import Sites, browser_options
from benchmarks.peers.turn import turn
from benchmarks.peers.walk import Walk


def main() -> int:
    """Walk so often; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    _walk_often(parser.parse_args().count)
    return 0


def _walk_often(count: int) -> None:
    program, switches = browser_options()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=switches)
        sites = Sites()
        for _ in range(count):
            with turn():
                walk = Walk(browser, sites)
                _whole_way(walk)
                walk.close()
        browser.close()


def _whole_way(walk: Walk) -> None:
    walk.sign_in()
    walk.open_in_menu("Pay")
    walk.sees_categories()
    walk.open_tile("Entertainment")
    walk.is_offered("Games")
    walk.is_offered("Social networks")
    walk.open_tile("Steam")
    walk.is_on_page("Steam")
    walk.fill_in("Account name in the game system", "night_owl_42")
    walk.fill_in("Amount", "150.00")
    walk.press("Pay")
    walk.sees("night_owl_42")
    walk.sees_money("150.00")
    walk.has_in_another_tab("1000.00")
    walk.press("Confirm")
    walk.has_got_code()
    walk.cannot_press("Confirm")
    walk.enter_code()
    walk.press("Confirm")
    walk.has_receipt("150.00", "Steam")
    walk.holds("850.00")


if __name__ == "__main__":
    sys.exit(main())
