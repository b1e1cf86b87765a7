"""Addresses that stand on a page, as a browser reads them."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

# What a browser opens instead of an address that it cannot read: an empty page.
BLOCKED = "about:blank#blocked"
# A browser hands these to another program, and the page stays.
OTHER_PROGRAMS = ("mailto", "tel", "sms")


def address_of(base: str, told: str) -> str | None:
    """Return the address that a browser opens if a page at ``base`` tells it so.

    It is BLOCKED for what is no address, None for what another program opens.
    """
    try:
        address = BLOCKED if base == BLOCKED else urljoin(base, told)
        return None if urlsplit(address).scheme in OTHER_PROGRAMS else address
    except ValueError:
        return BLOCKED
