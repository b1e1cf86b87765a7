"""Web addresses that others give the sites: where a buyer is sent, and who is notified."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

LONGEST_ADDRESS = 2000
# RFC 3986 and, for letters of other scripts, RFC 3987; every % begins a pair of hex digits.
SIGNS = r"(?:[^\W_]|[-_.~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})"
ADDRESS = re.compile(rf"https?://{SIGNS}+")
PATH = re.compile(rf"/(?!/){SIGNS}*")


def is_web_address(text: str) -> bool:
    """Whether ``text`` is an http(s) address that can be opened and put into a header."""
    return len(text) <= LONGEST_ADDRESS and _fits(ADDRESS, text)


def is_own_path(text: str) -> bool:
    """Whether ``text`` is a path of a site (with its query): it names no other host."""
    return len(text) <= LONGEST_ADDRESS and _fits(PATH, text)


def lies_on(text: str, origins: Iterable[str]) -> bool:
    """Whether ``text`` is a web address on one of these origins (``http://shop.localhost:1``)."""
    return is_web_address(text) and any(
        text == origin or text.startswith((f"{origin}/", f"{origin}?")) for origin in origins
    )


def _fits(grammar: re.Pattern[str], text: str) -> bool:
    if grammar.fullmatch(text) is None:
        return False
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True
