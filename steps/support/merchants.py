"""A shop that a scenario has made a merchant of the wallet."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class OtherShop:
    """The shop's number and name, and the key that it was given first."""

    site_id: str
    name: str
    secret_key: str = field(repr=False)
