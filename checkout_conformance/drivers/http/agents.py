"""What the HTTP driver says it is: by this alone a server can tell a phone from a desktop."""

from __future__ import annotations

from checkout_conformance.evidence.setting import DESKTOP
from checkout_conformance.targets.file import TargetError

PHONE = "Pixel 7"
_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
AGENTS = {
    DESKTOP: f"Mozilla/5.0 (X11; Linux x86_64) {_CHROME} Safari/537.36",
    PHONE: f"Mozilla/5.0 (Linux; Android 14; {PHONE}) {_CHROME} Mobile Safari/537.36",
}


def agent_of(device: str) -> str:
    """Return the user agent of a device. Raises TargetError for one that is not known here."""
    if device not in AGENTS:
        raise TargetError(
            f"the HTTP driver knows no device {device!r}, only: {', '.join(AGENTS)}. Use a browser."
        )
    return AGENTS[device]
