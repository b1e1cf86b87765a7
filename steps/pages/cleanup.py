"""Cleanup after a scenario in a real shop: cancel an unpaid order, empty the cart."""

from __future__ import annotations

from playwright.sync_api import Error as PlaywrightError

from checkout_conformance.safety.press_guard import PressGuard

from .shop import Shop

# A control that does not appear within this time is taken as missing.
PATIENCE_MS = 3_000


def clean_up(shop: Shop, press_guard: PressGuard) -> None:
    """Cancel the newest order, if the shop still allows it, and empty the cart.

    A side effect that cannot be undone stays in the list of side effects.
    """
    shop.page.set_default_timeout(PATIENCE_MS)
    shop_address = shop.url().rstrip("/")
    undoings = {
        "Confirm order": ("an order", _cancel_order),
        "Add to cart": ("a line in the cart", _empty_cart),
    }
    for pressed, (what, undo) in undoings.items():
        times = press_guard.pressed[pressed]
        if not times:
            continue
        try:
            undone = undo(shop)
        except PlaywrightError:
            undone = False
        if undone:
            press_guard.side_effects.undo(what, shop_address, times)
    press_guard.pressed.clear()


def _cancel_order(shop: Shop) -> bool:
    shop.open_newest_order()
    if not shop.control("Cancel order").is_visible():
        return False
    shop.press("Cancel order")
    return True


def _empty_cart(shop: Shop) -> bool:
    shop.open()
    shop.open_in_menu("Cart")
    for _ in range(shop.cart_lines.count()):
        shop.take_out_first()
    return shop.cart_lines.count() == 0
