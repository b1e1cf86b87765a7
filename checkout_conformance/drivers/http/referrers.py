"""What a request tells about the page that it comes from."""

from __future__ import annotations

from urllib.parse import urlsplit

HIDDEN = "null"
_WHOLE = ("unsafe-url", "no-referrer-when-downgrade")


def origin_of(url: str) -> str:
    """Return the scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def referrer(page: str, url: str, policy: str) -> str:
    """Return the ``Referer`` header of a request from ``page`` to ``url``; "" for none.

    ``policy`` is the page's; "" is the default: another origin learns only the origin of the page.
    """
    own = origin_of(page) == origin_of(url)
    if policy == "no-referrer" or (policy == "same-origin" and not own):
        return ""
    if policy in _WHOLE or (own and policy not in ("origin", "strict-origin")):
        return page.partition("#")[0]
    return f"{origin_of(page)}/"


def origin_header(page: str, url: str, policy: str) -> str:
    """Return the ``Origin`` header of a form that is posted from ``page`` to ``url``."""
    return origin_of(page) if referrer(page, url, policy) else HIDDEN
