"""Normalise host names, so that they can be compared."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

import idna

LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# Browsers read a name whose last part is a number as an IPv4 address: 127.1, 0x7f.1, 2130706433.
NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
MOST_CHARACTERS = 253
PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}


def normal_host(host: str) -> str:
    """Return the normal form of a host name or IP address, as browsers resolve it (UTS 46).

    Raises ValueError for other texts, because it is not known what a browser would do with them.
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).compressed
    except ValueError:
        pass
    try:
        name = idna.uts46_remap(host, std3_rules=False, transitional=False).removesuffix(".")
        labels = [_ascii(label) for label in name.split(".")]
    except UnicodeError:
        raise ValueError(f"{host!r} is no host name") from None
    if NUMBER.fullmatch(labels[-1]) or len(name) > MOST_CHARACTERS:
        raise ValueError(f"{host!r} is no host name")
    return ".".join(labels)


def endpoint_of(url: str) -> str:
    """Return the normalised host and port of an address, to which a browser connects.

    Raises ValueError for an address without a valid host.
    """
    parts = urlsplit(url)
    return f"{normal_host(parts.hostname or '')}|{parts.port or PORTS.get(parts.scheme, 0)}"


def _ascii(label: str) -> str:
    if not label.isascii():
        return idna.alabel(label).decode()
    if not LABEL.fullmatch(label):
        raise idna.IDNAError(f"{label!r} is no part of a host name")
    if label.startswith("xn--"):
        idna.ulabel(label)
    return label
