"""Walk W1 as a plain script, whatever the walk is made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # A walk over HTTP does not load Playwright.
    from benchmarks.peers.http_walk import HttpWalk
    from benchmarks.peers.walk import Walk


def whole_way(walk: Walk | HttpWalk) -> None:
    """Go from signing in to the balance after the payment."""
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
