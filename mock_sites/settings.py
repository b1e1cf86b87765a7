"""What a stack of mock sites needs to know of itself: addresses, keys, where its data lies."""

from __future__ import annotations

import json
import secrets
import socket
from base64 import b64encode
from pathlib import Path

from pydantic import BaseModel, Field

SITES = ("wallet", "shop", "phone")


def _key() -> str:
    return secrets.token_hex(32)


def _merchant_secret() -> str:
    """A secret key in the shape of the real wallet's, which its merchants' clients check."""
    data = {"payin_merchant_site_uid": secrets.token_hex(4), "user_id": "0", "secret": _key()}
    return b64encode(json.dumps({"version": "P2P", "data": data}).encode()).decode()


class MerchantKeys(BaseModel):
    """A merchant of the wallet: its number, and the keys of the bill protocol."""

    site_id: str = Field(default_factory=lambda: secrets.token_hex(4))
    secret_key: str = Field(default_factory=_merchant_secret)
    public_key: str = Field(default_factory=_key)


class Demo(BaseModel):
    """A person with an account everywhere, for people who try the sites by hand."""

    phone: str
    name: str
    password: str = Field(default_factory=lambda: secrets.token_urlsafe(9))


def _demo_people() -> list[Demo]:
    return [
        Demo(phone="+79160000001", name="Anna Petrova"),
        Demo(phone="+79160000002", name="Yusuf Haddad"),
    ]


class Keys(BaseModel):
    """Everything secret that a stack makes up once and keeps beside its data."""

    control_token: str = Field(default_factory=_key)
    phone_token: str = Field(default_factory=_key)
    site_secrets: dict[str, str] = Field(default_factory=lambda: {name: _key() for name in SITES})
    merchant: MerchantKeys = Field(default_factory=MerchantKeys)
    people: list[Demo] = Field(default_factory=_demo_people)


class Stack(BaseModel):
    """One set of sites that know each other."""

    data: Path
    ports: dict[str, int]
    keys: Keys
    controls: bool = False

    def public_url(self, site: str) -> str:
        """Where a browser finds the site: each on an origin of its own."""
        return f"http://{site}.localhost:{self.ports[site]}"

    def internal_url(self, site: str) -> str:
        """Where another site finds it: loopback, without asking a resolver."""
        return f"http://127.0.0.1:{self.ports[site]}"

    def database_url(self, site: str) -> str:
        """The SQLAlchemy URL of the site's own database."""
        return f"sqlite:///{self.data / site}.sqlite3"


def kept_keys(data: Path) -> Keys:
    """The keys in ``data``; made up, and kept there for the owner alone, the first time."""
    file = data / "keys.json"
    if file.exists():
        return Keys.model_validate_json(file.read_text())
    keys = Keys()
    file.touch(mode=0o600)
    file.write_text(keys.model_dump_json(indent=2))
    return keys


def choose_ports(base: int) -> dict[str, int]:
    """A port for each site: from ``base`` upwards, or free ones where it is 0."""
    if base:
        return {site: base + number for number, site in enumerate(SITES)}
    held = [socket.create_server(("127.0.0.1", 0)) for _ in SITES]
    ports = {site: server.getsockname()[1] for site, server in zip(SITES, held, strict=True)}
    for server in held:
        server.close()
    return ports
