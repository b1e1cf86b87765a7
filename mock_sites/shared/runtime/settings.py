"""The settings of a stack of mock sites: addresses, keys, and the folder of its data."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel

from ... import SITES
from .keys import Keys

# Browsers find these names on loopback by themselves; programs may not.
LOCAL_NAME = re.compile(r"^(?P<scheme>https?://)(?:[\w-]+\.)*localhost(?=[:/]|$)")


class StackSettings(BaseModel):
    """One set of sites that know each other."""

    data: Path
    ports: dict[str, int]
    keys: Keys
    controls: bool = False
    # Where each site's own database is, by SQLAlchemy's URL; SQLite in ``data`` if there is none.
    database: str = ""
    # Sites of somebody else's, with their addresses: they are not served here.
    elsewhere: dict[str, str] = {}
    # The team that has these sites to itself (``teams.py``); empty for the stack's own.
    team: str = ""

    def public_url(self, site: str) -> str:
        """The site's address for browsers; each site has its own origin."""
        if site in self.elsewhere:
            return self.elsewhere[site]
        of_team = f"{self.team}." if self.team else ""
        return f"http://{of_team}{site}.localhost:{self.ports[site]}"

    def internal_url(self, site: str) -> str:
        """The site's address for the other sites: loopback, without a resolver."""
        if site in self.elsewhere:
            return LOCAL_NAME.sub(r"\g<scheme>127.0.0.1", self.elsewhere[site])
        of_team = f"/~{self.team}" if self.team else ""
        return f"http://127.0.0.1:{self.ports[site]}{of_team}"

    @property
    def database_schema(self) -> str:
        """The schema of the tables in PostgreSQL; empty for the database's own."""
        return f"team_{self.team}" if self.team else ""

    def database_url(self, site: str) -> str:
        """The SQLAlchemy URL of the site's own database."""
        if self.database:
            return self.database.replace("{site}", site)
        return f"sqlite:///{self.data / site}.sqlite3"


def choose_ports(base: int, sites: Sequence[str] = SITES) -> dict[str, int]:
    """A port for each site: from ``base`` upwards, or whichever is free (0) where that is 0."""
    return {site: base + number if base else 0 for number, site in enumerate(sites)}


def listen(host: str, ports: Mapping[str, int]) -> dict[str, socket.socket]:
    """Take the ports, so that nobody else can until they are served; a free one for 0.

    Raises OSError where one is taken.
    """
    return {site: socket.create_server((host, port)) for site, port in ports.items()}
