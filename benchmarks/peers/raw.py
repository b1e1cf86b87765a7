"""The floor: walk W1 as a plain Playwright script, in as many processes as asked for.

``python -m benchmarks.peers.raw 60 --workers 2``
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from playwright.sync_api import sync_playwright

from benchmarks.peers.sites import Sites, browser_options
from benchmarks.peers.walk import Walk
from benchmarks.shares import shares


def main() -> int:
    """Walk so often; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    if options.workers > 1:
        return _side_by_side(options.count, options.workers)
    _walk_often(options.count)
    return 0


def _side_by_side(count: int, workers: int) -> int:
    command = [sys.executable, "-m", "benchmarks.peers.raw"]
    started = [subprocess.Popen([*command, str(part)]) for part in shares(count, workers)]
    return max([process.wait() for process in started])


def _walk_often(count: int) -> None:
    program, switches = browser_options()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=switches)
        sites = Sites()
        for _ in range(count):
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
