"""The devices of scenarios, and what the HTTP driver says it is on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checkout_conformance.targets.file import TargetError

DESKTOP = "desktop"
# The Playwright device of scenarios with the tag @mobile.
PHONE = "Pixel 7"
_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
# By this alone a server can tell a phone from a desktop over HTTP.
AGENTS = {
    DESKTOP: f"Mozilla/5.0 (X11; Linux x86_64) {_CHROME} Safari/537.36",
    PHONE: f"Mozilla/5.0 (Linux; Android 14; {PHONE}) {_CHROME} Mobile Safari/537.36",
}


def window_of(device: str, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the options of a browser context: its window, and what a phone says it is.

    ``known`` are Playwright's devices.
    """
    if device == DESKTOP:
        # All of it: a scenario on a phone may open a window of a computer too.
        as_usual = {"user_agent": None, "is_mobile": False, "has_touch": False}
        return {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1, **as_usual}
    window = dict(known[device])
    del window["default_browser_type"]
    return window


def agent_of(device: str) -> str:
    """Return the user agent of a device. Raises TargetError for one that is not known here."""
    if device not in AGENTS:
        raise TargetError(
            f"the HTTP driver knows no device {device!r}, only: {', '.join(AGENTS)}. Use a browser."
        )
    return AGENTS[device]
